import Expressions
public import Networks

extension NetworkSection {
  /// The network with freshly drawn weights: input `image` [batch, 1, 48, 48], output `logits` [batch, 7] and,
  /// where the recipe wants it, `votes` [batch, 7].
  ///
  /// The same seed draws the same weights.
  public func graph(name: String, seed: UInt64) -> Graph {
    var builder = GraphBuilder(section: self, name: name, seed: seed)
    for (index, layer) in layers.enumerated() {
      builder.append(layer, isLast: index == layers.count - 1)
    }
    return builder.finished()
  }
}

/// Appends layers to a graph, keeping the name and the shape of what the last one gives.
private struct GraphBuilder {
  private let section: NetworkSection
  private var graph: Graph
  private var generator: CounterGenerator
  private var value = "image"
  private var channels = 1
  private var side = Face.side
  private var isFlat = false
  private var counts: [String: Int] = [:]

  init(section: NetworkSection, name: String, seed: UInt64) {
    self.section = section
    generator = CounterGenerator(seed: seed, stream: .initialization)
    graph = Graph(
      name: name, inputs: [Graph.Value(name: "image", shape: [nil, 1, Face.side, Face.side])])
  }

  func finished() -> Graph {
    var graph = graph
    graph.outputs = section.answersVotes ? [value, ModelBundle.votesOutput] : [value]
    return graph
  }

  mutating func append(_ layer: NetworkSection.Layer, isLast: Bool) {
    switch layer {
    case .convolution(let width, let kernel, let stride, let bias):
      convolution(width: width, kernel: kernel, stride: stride, bias: bias)
      batchNormalization(scale: 1)
      node("relu", .relu, [value])
    case .residual(let width, let stride, let excitation):
      residual(width: width, stride: stride, excitation: excitation)
    case .maxPool(let size):
      node(
        "pool", .maxPool(Window(kernel: [size, size], strides: [size, size]), ceiling: false), [value])
      side /= size
    case .dropout(let ratio):
      node("dropout", .dropout(ratio: ratio), [value])
    case .globalPool:
      node("pool", .globalAveragePool, [value])
      side = 1
    case .flatten:
      flatten()
    case .dense(let width):
      if !isFlat { flatten() }
      if isLast { return answer(width: width) }
      dense(width: width)
      node("relu", .relu, [value])
    }
  }

  private mutating func residual(width: Int, stride: Int, excitation: Int?) {
    let (input, inputChannels, inputSide) = (value, channels, side)
    convolution(width: width, kernel: 3, stride: stride, bias: false)
    batchNormalization(scale: 1)
    node("relu", .relu, [value])
    convolution(width: width, kernel: 3, stride: 1, bias: false)
    // A block that starts as its shortcut trains more steadily (Goyal et al., 2017).
    batchNormalization(scale: 0)
    if let excitation { excite(units: max(4, width / excitation)) }
    let (branch, outputSide) = (value, side)
    (value, channels, side) = (input, inputChannels, inputSide)
    if stride > 1 || inputChannels != width {
      convolution(width: width, kernel: 1, stride: stride, bias: false)
      batchNormalization(scale: 1)
    }
    node("add", .add, [branch, value])
    node("relu", .relu, [value])
    side = outputSide
  }

  /// Multiplies each channel by a factor that a small network finds from all channels' means.
  private mutating func excite(units: Int) {
    let (features, width, featureSide) = (value, channels, side)
    node("pool", .globalAveragePool, [value])
    side = 1
    convolution(width: units, kernel: 1, stride: 1, bias: true)
    node("relu", .relu, [value])
    convolution(width: width, kernel: 1, stride: 1, bias: true)
    node("sigmoid", .sigmoid, [value])
    node("multiply", .multiply, [features, value])
    side = featureSide
  }

  private mutating func convolution(width: Int, kernel: Int, stride: Int, bias: Bool) {
    let name = unique("convolution")
    // "Same" padding; where it is odd the extra row goes below, as in Keras.
    let output = (side + stride - 1) / stride
    let padding = max(0, (output - 1) * stride + kernel - side)
    let (before, after) = (padding / 2, padding - padding / 2)
    let weight = draw(
      [width, channels, kernel, kernel], inputs: channels * kernel * kernel, outputs: width * kernel * kernel)
    var inputs = [value, parameter("\(name).weight", weight)]
    if bias { inputs.append(parameter("\(name).bias", Tensor(zeros: [width]))) }
    let window = Window(
      kernel: [kernel, kernel], strides: [stride, stride], pads: [before, before, after, after])
    append(name, .convolution(window, groups: 1), inputs, output: name)
    channels = width
    side = output
  }

  private mutating func batchNormalization(scale: Float) {
    let name = unique("norm")
    let inputs = [
      ("scale", scale), ("bias", 0), ("mean", 0), ("variance", 1),
    ].map { parameter("\(name).\($0.0)", filled([channels], with: $0.1)) }
    append(
      name,
      .batchNormalization(epsilon: section.batchNormEpsilon, momentum: section.batchNormMomentum),
      [value] + inputs, output: name)
  }

  private mutating func flatten() {
    node("flatten", .flatten(axis: 1), [value])
    channels *= side * side
    side = 1
    isFlat = true
  }

  /// The last layer's answers: one, or two from the same features.
  private mutating func answer(width: Int) {
    let features = (value, channels)
    if section.answersVotes {
      dense(width: width, output: ModelBundle.votesOutput)
      (value, channels) = features
    }
    dense(width: width, output: ModelBundle.labelsOutput)
  }

  private mutating func dense(width: Int, output: String? = nil) {
    let name = unique("dense")
    let weight = parameter("\(name).weight", draw([width, channels], inputs: channels, outputs: width))
    let bias = parameter("\(name).bias", Tensor(zeros: [width]))
    append(
      name, .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: true), [value, weight, bias],
      output: output ?? name)
    channels = width
  }

  private mutating func node(_ kind: String, _ operation: Operation, _ inputs: [String]) {
    let name = unique(kind)
    append(name, operation, inputs, output: name)
  }

  private mutating func append(_ name: String, _ operation: Operation, _ inputs: [String], output: String) {
    graph.nodes.append(Graph.Node(name: name, operation: operation, inputs: inputs, outputs: [output]))
    value = output
  }

  private mutating func unique(_ kind: String) -> String {
    counts[kind, default: 0] += 1
    return "\(kind)\(counts[kind] ?? 0)"
  }

  private mutating func parameter(_ name: String, _ tensor: Tensor) -> String {
    graph.parameters[name] = tensor
    return name
  }

  private func filled(_ shape: [Int], with number: Float) -> Tensor {
    var tensor = Tensor(zeros: shape)
    for index in tensor.values.indices { tensor.values[index] = number }
    return tensor
  }

  private mutating func draw(_ shape: [Int], inputs: Int, outputs: Int) -> Tensor {
    var tensor = Tensor(zeros: shape)
    let limit = (6 / Float(inputs + outputs)).squareRoot()
    let deviation = (2 / Float(inputs)).squareRoot()
    for index in tensor.values.indices {
      tensor.values[index] =
        section.initialization == .glorotUniform
        ? generator.uniform(-limit, limit) : deviation * generator.normal()
    }
    return tensor
  }
}
