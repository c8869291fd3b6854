/// A network as data: what an ONNX file holds and what inference and training compile.
///
/// Nodes stand in an order in which every input is known before it is used. Every value has one name;
/// a name is a graph input, a parameter, or the output of exactly one node.
public struct Graph: Sendable, Equatable {
  public var name: String
  /// What the caller feeds. The first dimension is the batch.
  public var inputs: [Value]
  public var nodes: [Node]
  /// Names of the results, in the order in which they are returned.
  public var outputs: [String]
  /// Weights, biases and running statistics by name.
  public var parameters: [String: Tensor]
  /// Between which numbers values lay when the network ran on a sample of its data. Convolutions that read such
  /// a value may multiply eight-bit integers.
  public var ranges: [String: ClosedRange<Float>]

  public init(
    name: String, inputs: [Value], nodes: [Node] = [], outputs: [String] = [],
    parameters: [String: Tensor] = [:], ranges: [String: ClosedRange<Float>] = [:]
  ) {
    self.name = name
    self.inputs = inputs
    self.nodes = nodes
    self.outputs = outputs
    self.parameters = parameters
    self.ranges = ranges
  }

  /// A named input. `nil` stands for a dimension that is free, such as the batch.
  public struct Value: Sendable, Equatable {
    public var name: String
    public var shape: [Int?]

    public init(name: String, shape: [Int?]) {
      self.name = name
      self.shape = shape
    }
  }

  /// One operation on named values.
  public struct Node: Sendable, Equatable {
    public var name: String
    public var operation: Operation
    public var inputs: [String]
    public var outputs: [String]

    public init(name: String, operation: Operation, inputs: [String], outputs: [String]) {
      self.name = name
      self.operation = operation
      self.inputs = inputs
      self.outputs = outputs
    }
  }
}

/// Extents of a sliding window; `pads` are top, left, bottom, right as in ONNX.
public struct Window: Sendable, Hashable {
  public var kernel: [Int]
  public var strides: [Int]
  public var pads: [Int]
  public var dilations: [Int]

  public init(
    kernel: [Int], strides: [Int] = [1, 1], pads: [Int] = [0, 0, 0, 0], dilations: [Int] = [1, 1]
  ) {
    self.kernel = kernel
    self.strides = strides
    self.pads = pads
    self.dilations = dilations
  }
}

/// The operators that our networks and usual expression networks use, with ONNX's meaning (opset 11 to 17).
/// Inputs stand in ONNX's order: data first, then parameters.
public enum Operation: Sendable, Hashable {
  /// Inputs: data, weight (`[out, in / groups, kh, kw]`), optional bias.
  case convolution(Window, groups: Int)
  /// Inputs: data, scale, bias, running mean, running variance. `momentum` as in ONNX: running = momentum
  /// × running + (1 - momentum) × batch.
  case batchNormalization(epsilon: Float, momentum: Float)
  case relu
  case leakyRelu(slope: Float)
  /// `x` where positive, else `alpha × (exp(x) - 1)`.
  case elu(alpha: Float)
  case sigmoid
  case tanh
  case hardSigmoid(alpha: Float, beta: Float)
  case hardSwish
  case clip(low: Float, high: Float)
  case maxPool(Window, ceiling: Bool)
  case averagePool(Window, ceiling: Bool, countsPadding: Bool)
  case globalAveragePool
  case reduceMean(axes: [Int], keepsDimensions: Bool)
  /// `alpha × A × B + beta × C`; inputs: A, B, optional C.
  case gemm(alpha: Float, beta: Float, transposesA: Bool, transposesB: Bool)
  case matMul
  case add
  case subtract
  case multiply
  case divide
  case concatenate(axis: Int)
  /// Nearest-neighbour enlargement of height and width by whole factors.
  case upsample(height: Int, width: Int)
  case softmax(axis: Int)
  case flatten(axis: Int)
  /// 0 keeps a dimension, -1 takes what is left, as in ONNX.
  case reshape([Int])
  case transpose([Int])
  case squeeze(axes: [Int])
  case unsqueeze(axes: [Int])
  case pad([Int], value: Float)
  case dropout(ratio: Float)
  case identity
}
