import Networks

/// Builds a graph of convolutions with freshly drawn weights, value by value.
///
/// The same seed draws the same weights (He et al. 2015).
struct ConvolutionalGraph {
  /// A value of the graph: its name and how many channels it has.
  struct Value {
    let name: String
    let channels: Int
  }

  private(set) var graph: Graph
  private var generator: CounterGenerator
  private var count = 0

  /// - Parameters:
  ///   - channels: of the one input, `image`.
  ///   - side: of its pictures; `nil` leaves height and width free.
  init(name: String, channels: Int, side: Int? = nil, seed: UInt64) {
    graph = Graph(name: name, inputs: [Graph.Value(name: "image", shape: [nil, channels, side, side])])
    generator = CounterGenerator(seed: seed, stream: .initialization)
  }

  /// Convolution, batch normalization and rectifier; "same" padding.
  mutating func convolve(
    _ input: Value, to width: Int, kernel: Int = 3, stride: Int = 1, rectified: Bool = true, scale: Float = 1
  ) -> Value {
    let plain = convolution(input, to: width, kernel: kernel, stride: stride, bias: nil)
    let name = next("norm")
    let parameters = [("scale", scale), ("bias", 0), ("mean", 0), ("variance", 1)].map { suffix, value in
      parameter("\(name).\(suffix)", filled([width], value))
    }
    let normal = append(
      name, .batchNormalization(epsilon: 1e-5, momentum: 0.97), [plain.name] + parameters, width)
    return rectified ? rectify(normal) : normal
  }

  /// `rectify(input + two convolutions of it)`, which starts as its input (He et al. 2016).
  mutating func residual(_ input: Value) -> Value {
    let first = convolve(input, to: input.channels)
    let second = convolve(first, to: input.channels, rectified: false, scale: 0)
    return rectify(add(input, second))
  }

  mutating func add(_ first: Value, _ second: Value) -> Value {
    append(next("add"), .add, [first.name, second.name], first.channels)
  }

  mutating func rectify(_ input: Value) -> Value {
    append(next("relu"), .relu, [input.name], input.channels)
  }

  mutating func doubled(_ input: Value) -> Value {
    append(next("up"), .upsample(height: 2, width: 2), [input.name], input.channels)
  }

  /// A convolution without normalization that is a result of the network; its weights start near zero.
  mutating func output(_ name: String, of input: Value, biases: [Float]) {
    let result = convolution(input, to: biases.count, kernel: 1, stride: 1, bias: biases, named: name)
    graph.outputs.append(result.name)
  }

  /// A dense layer over all values of `input`, whose pictures are `side` pixels wide; a result of the network.
  mutating func denseOutput(_ name: String, of input: Value, side: Int, biases: [Float]) {
    let flat = append(next("flatten"), .flatten(axis: 1), [input.name], input.channels * side * side)
    let weight = draw([biases.count, flat.channels], fanIn: flat.channels, factor: 0.1)
    let inputs = [
      flat.name, parameter("\(name).weight", weight),
      parameter(
        "\(name).bias", Tensor(shape: [biases.count], values: biases) ?? Tensor(zeros: [biases.count])),
    ]
    graph.outputs.append(
      append(name, .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: true), inputs, biases.count).name
    )
  }

  private mutating func convolution(
    _ input: Value, to width: Int, kernel: Int, stride: Int, bias: [Float]?, named: String? = nil
  ) -> Value {
    let name = named ?? next("convolution")
    let weight = draw(
      [width, input.channels, kernel, kernel], fanIn: input.channels * kernel * kernel,
      factor: bias == nil ? 1 : 0.1)
    var inputs = [input.name, parameter("\(name).weight", weight)]
    if let bias {
      inputs.append(parameter("\(name).bias", Tensor(shape: [width], values: bias) ?? Tensor(zeros: [width])))
    }
    let pad = kernel / 2
    let window = Window(
      kernel: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad])
    return append(name, .convolution(window, groups: 1), inputs, width)
  }

  private mutating func append(
    _ name: String, _ operation: Operation, _ inputs: [String], _ channels: Int
  ) -> Value {
    graph.nodes.append(Graph.Node(name: name, operation: operation, inputs: inputs, outputs: [name]))
    return Value(name: name, channels: channels)
  }

  private mutating func next(_ kind: String) -> String {
    count += 1
    return "\(kind)\(count)"
  }

  private mutating func parameter(_ name: String, _ tensor: Tensor) -> String {
    graph.parameters[name] = tensor
    return name
  }

  private func filled(_ shape: [Int], _ value: Float) -> Tensor {
    var tensor = Tensor(zeros: shape)
    for index in tensor.values.indices { tensor.values[index] = value }
    return tensor
  }

  private mutating func draw(_ shape: [Int], fanIn: Int, factor: Float) -> Tensor {
    var tensor = Tensor(zeros: shape)
    let deviation = factor * (2 / Float(fanIn)).squareRoot()
    for index in tensor.values.indices { tensor.values[index] = deviation * generator.normal() }
    return tensor
  }
}
