import Vocabulary
import Yams

/// A network as a recipe writes it: layers from input to logits.
public struct NetworkSection: Hashable, Sendable {
  public enum Initialization: String, Sendable, CaseIterable {
    /// Uniform with variance 2 / (in + out): Keras's default (Glorot and Bengio, 2010).
    case glorotUniform = "glorot_uniform"
    /// Normal with variance 2 / in (He et al., 2015).
    case heNormal = "he_normal"
  }

  public enum Layer: Hashable, Sendable {
    /// Same-padded convolution, batch normalisation, ReLU.
    case convolution(width: Int, kernel: Int, stride: Int, bias: Bool)
    /// Two 3 × 3 convolutions with batch normalisation around a shortcut (He et al., 2016). With
    /// `excitation`, channels are weighed before the sum (Hu et al., 2018), through `width / excitation` units.
    case residual(width: Int, stride: Int, excitation: Int?)
    case maxPool(Int)
    case dropout(Float)
    case globalPool
    case flatten
    /// Dense layer with ReLU; the last one gives the logits.
    case dense(Int)
  }

  public var initialization: Initialization
  public var batchNormEpsilon: Float
  /// Share of the old running statistics that a step keeps.
  public var batchNormMomentum: Float
  public var layers: [Layer]
  /// A second answer beside the logits, from the same features: what FER+'s ten people would vote. FER2013's
  /// label is their majority in two rows of three only, so one answer cannot serve both.
  public var answersVotes: Bool

  init(_ section: RecipeSection) throws {
    var section = section
    initialization = try section.choice("initialization", default: .heNormal)
    batchNormEpsilon = try section.float("batch_norm_epsilon", in: 1e-8...1, default: 1e-5)
    batchNormMomentum = try section.float("batch_norm_momentum", in: 0...0.9999, default: 0.9)
    answersVotes = try section.flag("votes_output", default: false)
    guard let node = section.node("layers"), case .sequence(let sequence) = node, !sequence.isEmpty else {
      throw RecipeError(path: section.path, line: section.line, reason: "the list layers is missing")
    }
    layers = try sequence.map { try Layer($0, path: section.path) }
    guard case .dense(Expression.allCases.count) = layers.last else {
      throw RecipeError(
        path: section.path, line: node.mark?.line ?? section.line,
        reason: "the last layer must be dense: \(Expression.allCases.count)")
    }
    var order = LayerOrder()
    for (layer, node) in zip(layers, sequence) {
      if let fault = order.fault(of: layer) {
        throw RecipeError(path: section.path, line: node.mark?.line ?? section.line, reason: fault)
      }
    }
    try section.finish()
  }
}

extension NetworkSection.Layer {
  /// A name alone (`flatten`), a name with its one number (`dropout: 0.25`), or a name with keys.
  fileprivate init(_ node: Node, path: String) throws {
    let line = node.mark?.line ?? 1
    let wrong = RecipeError(
      path: path, line: line,
      reason: "a layer is one of convolution, residual, max_pool, dropout, global_pool, flatten, dense, "
        + "with its keys or its one number")
    if let name = node.string {
      switch name {
      case "global_pool": self = .globalPool
      case "flatten": self = .flatten
      default: throw wrong
      }
      return
    }
    guard case .mapping(let mapping) = node, mapping.count == 1, let (key, value) = mapping.first else {
      throw wrong
    }
    switch key.string {
    case "max_pool":
      guard let size = value.int, (2...8).contains(size) else { throw wrong }
      self = .maxPool(size)
    case "dropout":
      guard let ratio = value.float, (0..<1).contains(ratio) else { throw wrong }
      self = .dropout(Float(ratio))
    case "dense":
      guard let width = value.int, (1...65536).contains(width) else { throw wrong }
      self = .dense(width)
    case "convolution":
      var keys = try RecipeSection(value, path: path, name: "convolution")
      self = .convolution(
        width: try keys.whole("width", in: 1...4096),
        kernel: try keys.whole("kernel", in: 1...15, default: 3),
        stride: try keys.whole("stride", in: 1...8, default: 1), bias: try keys.flag("bias", default: false))
      try keys.finish()
    case "residual":
      var keys = try RecipeSection(value, path: path, name: "residual")
      let excitation = try keys.whole("excitation", in: 0...64, default: 0)
      self = .residual(
        width: try keys.whole("width", in: 1...4096), stride: try keys.whole("stride", in: 1...8, default: 1),
        excitation: excitation > 0 ? excitation : nil)
      try keys.finish()
    default: throw wrong
    }
  }
}
