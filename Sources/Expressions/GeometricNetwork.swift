import Foundation

/// A network of one hidden layer that learns on line, from one example at a time: logistic units and softmax,
/// cross-entropy, gradient steps with momentum (Rumelhart, Hinton and Williams 1986).
public struct GeometricNetwork: Sendable, Codable, Hashable {
  /// A layer of units, each with one weight an input and a bias at the end.
  struct Layer: Sendable, Codable, Hashable {
    var weights: [[Double]]
    /// The last step of each weight, for momentum; nothing that a trained network needs.
    private var steps: [[Double]]

    private enum CodingKeys: String, CodingKey { case weights }

    init(from decoder: any Decoder) throws {
      weights = try decoder.container(keyedBy: CodingKeys.self).decode([[Double]].self, forKey: .weights)
      steps = weights.map { $0.map { _ in 0 } }
    }

    init(inputs: Int, units: Int, using generator: inout some RandomNumberGenerator) {
      let spread = (6 / Double(inputs + units)).squareRoot()
      weights = (0..<units).map { _ in
        (0..<inputs).map { _ in .random(in: -spread...spread, using: &generator) } + [0]
      }
      steps = weights.map { $0.map { _ in 0 } }
    }

    func sums(_ inputs: [Double]) -> [Double] {
      weights.map { row in zip(row, inputs).reduce(row[inputs.count]) { $0 + $1.0 * $1.1 } }
    }

    mutating func learn(_ inputs: [Double], _ errors: [Double], rate: Double, momentum: Double) {
      for (unit, error) in errors.enumerated() {
        for (input, value) in (inputs + [1]).enumerated() {
          steps[unit][input] = momentum * steps[unit][input] - rate * error * value
          weights[unit][input] += steps[unit][input]
        }
      }
    }
  }

  var hidden: Layer
  var output: Layer

  public init(inputs: Int, hidden: Int, outputs: Int, using generator: inout some RandomNumberGenerator) {
    self.hidden = Layer(inputs: inputs, units: hidden, using: &generator)
    output = Layer(inputs: hidden, units: outputs, using: &generator)
  }

  /// Numbers that the network takes.
  public var inputCount: Int { (hidden.weights.first?.count ?? 1) - 1 }
  public var hiddenCount: Int { hidden.weights.count }
  public var outputCount: Int { output.weights.count }

  /// Whether every unit has a weight for each input and a bias, all finite.
  var isWhole: Bool {
    [hidden, output].allSatisfy { layer in
      layer.weights.allSatisfy { $0.count == layer.weights[0].count && $0.allSatisfy(\.isFinite) }
    } && inputCount > 0 && output.weights.first?.count == hidden.weights.count + 1
  }

  /// Softmax over the outputs. `inputs` must be `inputCount` numbers.
  public func probabilities(_ inputs: [Double]) -> [Double] {
    softmax(output.sums(hidden.sums(inputs).map(logistic)))
  }

  /// One step of on-line back-propagation; `target` is the right output. Returns the cross-entropy before it.
  @discardableResult
  public mutating func learn(_ inputs: [Double], target: Int, rate: Double, momentum: Double = 0.9) -> Double
  {
    let activity = hidden.sums(inputs).map(logistic)
    let found = softmax(output.sums(activity))
    let errors = found.enumerated().map { $0.element - ($0.offset == target ? 1 : 0) }
    let back = activity.enumerated().map { unit, value in
      value * (1 - value) * zip(errors, output.weights).reduce(0) { $0 + $1.0 * $1.1[unit] }
    }
    output.learn(activity, errors, rate: rate, momentum: momentum)
    hidden.learn(inputs, back, rate: rate, momentum: momentum)
    return found.indices.contains(target) ? -log(max(found[target], .leastNormalMagnitude)) : 0
  }
}

private func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
