/// Which optimizer moves the weights, and how.
public struct OptimizerSection: Hashable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case sgd, adam
  }

  public var kind: Kind
  /// The highest rate that the schedule reaches.
  public var learningRate: Float
  public var momentum: Float
  public var nesterov: Bool
  public var beta1: Float
  public var beta2: Float
  public var epsilon: Float
  /// On weights of convolutions and dense layers; not on biases and batch normalisation.
  public var weightDecay: Float

  init(_ section: RecipeSection) throws {
    var section = section
    kind = try section.choice("kind", default: .sgd)
    learningRate = try section.float("learning_rate", in: 1e-9...100)
    momentum = try section.float("momentum", in: 0...0.9999, default: 0.9)
    nesterov = try section.flag("nesterov", default: true)
    beta1 = try section.float("beta1", in: 0...0.9999, default: 0.9)
    beta2 = try section.float("beta2", in: 0...0.999999, default: 0.999)
    epsilon = try section.float("epsilon", in: 1e-12...1, default: 1e-7)
    weightDecay = try section.float("weight_decay", in: 0...1, default: 0)
    try section.finish()
  }
}
