public import Foundation
import SwiftProtobuf

/// Writes a graph as an ONNX file of operator set 10, the last whose `Clip` OpenCV 4.6 takes (limits as
/// attributes); every later runtime takes it too. The same graph gives the same bytes.
public enum ONNXWriter {
  static let version: Int64 = 10
  static let fileVersion: Int64 = 6

  /// - Throws: `GraphError` where the graph does not hold together or ONNX cannot say what it does.
  public static func write(_ graph: Graph, to file: URL) throws {
    try bytes(of: graph).write(to: file, options: .atomic)
  }

  /// - Throws: as `write(_:to:)`.
  public static func bytes(of graph: Graph) throws -> Data {
    var writing = GraphWriting(graph, shapes: try graph.shapes())
    var model = Onnx_ModelProto()
    model.irVersion = fileVersion
    model.producerName = "afterclass"
    model.opsetImport = [.with { $0.version = version }]
    model.graph = try writing.proto()
    model.metadataProps = ONNXRanges.properties(graph.ranges)
    var options = BinaryEncodingOptions()
    options.useDeterministicOrdering = true
    return try model.serializedBytes(options: options)
  }
}

private struct GraphWriting {
  private let graph: Graph
  private let shapes: [String: PartialShape]
  private var result = Onnx_GraphProto()
  private var written = Set<String>()

  init(_ graph: Graph, shapes: [String: PartialShape]) {
    self.graph = graph
    self.shapes = shapes
  }

  mutating func proto() throws -> Onnx_GraphProto {
    result.name = graph.name.isEmpty ? "graph" : graph.name
    result.input = graph.inputs.map { value($0.name) }
    result.output = graph.outputs.map(value)
    for node in graph.nodes {
      do {
        try add(node)
      } catch var error as GraphError {
        error.source = graph.name
        error.operatorName = node.operation.name
        error.node = node.name
        throw error
      }
    }
    return result
  }

  private func value(_ name: String) -> Onnx_ValueInfoProto {
    .with {
      $0.name = name
      $0.type.tensorType.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
      $0.type.tensorType.shape.dim = (shapes[name] ?? []).enumerated().map { axis, extent in
        .with { $0.value = extent.map { .dimValue(Int64($0)) } ?? .dimParam(axis == 0 ? "N" : "D\(axis)") }
      }
    }
  }

  private mutating func add(_ node: Graph.Node) throws {
    var proto = Onnx_NodeProto()
    proto.name = node.name
    proto.opType = node.operation.name
    proto.input = node.inputs
    proto.output = node.outputs
    // Weights are listed in the order in which they are used.
    for input in node.inputs {
      if let tensor = graph.parameters[input], written.insert(input).inserted {
        result.initializer.append(.with { $0.fill(tensor, name: input) })
      }
    }
    switch node.operation {
    case .hardSwish:
      // The operator came with version 14: x × hardSigmoid(x) is the same.
      let gate = node.outputs[0] + ".gate"
      result.node.append(
        .with {
          $0.name = gate
          $0.opType = "HardSigmoid"
          $0.input = node.inputs
          $0.output = [gate]
          $0.set("alpha", Float(1) / 6)
          $0.set("beta", Float(0.5))
        })
      proto.opType = "Mul"
      proto.input.append(gate)
    case .softmax(let axis):
      guard let shape = shapes[node.inputs[0]],
        axis == -1 || shape.dropFirst(axis + 1).allSatisfy({ $0 == 1 }),
        axis >= -1
      else { throw GraphError("runs along axis \(axis); only the last can be written") }
      proto.set("axis", [-1: shape.count - 1][axis] ?? axis)
    case .clip(let low, let high):
      proto.set("min", low)
      proto.set("max", high)
    case .reshape(let shape):
      proto.input.append(constant(shape, "\(node.outputs[0]).shape"))
    case .pad(let pads, let value):
      proto.set("mode", "constant")
      proto.set("pads", pads)
      proto.set("value", value)
    case .upsample(let height, let width):
      let scales = Tensor(shape: [4], values: [1, 1, Float(height), Float(width)]) ?? Tensor(zeros: [4])
      proto.input.append(constant(scales, "\(node.outputs[0]).scales"))
      proto.set("mode", "nearest")
    default: try proto.setAttributes(of: node.operation)
    }
    result.node.append(proto)
  }

  // MARK: Constants that the operator has and the graph does not name

  private mutating func constant(_ tensor: Tensor, _ name: String) -> String {
    result.initializer.append(.with { $0.fill(tensor, name: name) })
    return name
  }

  private mutating func constant(_ values: [Int], _ name: String) -> String {
    result.initializer.append(
      .with {
        $0.name = name
        $0.dataType = Int32(Onnx_TensorProto.DataType.int64.rawValue)
        $0.dims = [Int64(values.count)]
        $0.int64Data = values.map(Int64.init)
      })
    return name
  }
}

extension Onnx_TensorProto {
  fileprivate mutating func fill(_ tensor: Tensor, name: String) {
    self.name = name
    dataType = Int32(DataType.float.rawValue)
    dims = tensor.shape.map(Int64.init)
    rawData = tensor.values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }
}

extension Onnx_NodeProto {
  fileprivate mutating func set(_ name: String, _ value: Int) {
    attribute.append(
      .with {
        $0.name = name
        $0.i = Int64(value)
        $0.type = .int
      })
  }

  fileprivate mutating func set(_ name: String, _ value: Float) {
    attribute.append(
      .with {
        $0.name = name
        $0.f = value
        $0.type = .float
      })
  }

  fileprivate mutating func set(_ name: String, _ value: String) {
    attribute.append(
      .with {
        $0.name = name
        $0.s = Data(value.utf8)
        $0.type = .string
      })
  }

  fileprivate mutating func set(_ name: String, _ values: [Int]) {
    attribute.append(
      .with {
        $0.name = name
        $0.ints = values.map(Int64.init)
        $0.type = .ints
      })
  }

  fileprivate mutating func set(_ window: Window, dilated: Bool = true) {
    set("kernel_shape", window.kernel)
    set("strides", window.strides)
    set("pads", window.pads)
    if dilated { set("dilations", window.dilations) }
  }

  fileprivate mutating func setAttributes(of operation: Operation) throws {
    switch operation {
    case .convolution(let window, let groups):
      set(window)
      set("group", groups)
    case .batchNormalization(let epsilon, let momentum):
      set("epsilon", epsilon)
      set("momentum", momentum)
    case .leakyRelu(let slope): set("alpha", slope)
    case .elu(let alpha): set("alpha", alpha)
    case .hardSigmoid(let alpha, let beta):
      set("alpha", alpha)
      set("beta", beta)
    case .maxPool(let window, let ceiling):
      set(window)
      set("ceil_mode", ceiling ? 1 : 0)
    case .averagePool(let window, let ceiling, let countsPadding):
      guard window.dilations == [1, 1] else { throw GraphError("is dilated, which the file cannot say") }
      set(window, dilated: false)
      set("ceil_mode", ceiling ? 1 : 0)
      set("count_include_pad", countsPadding ? 1 : 0)
    case .reduceMean(let axes, let keeps):
      set("axes", axes)
      set("keepdims", keeps ? 1 : 0)
    case .gemm(let alpha, let beta, let transposesA, let transposesB):
      set("alpha", alpha)
      set("beta", beta)
      set("transA", transposesA ? 1 : 0)
      set("transB", transposesB ? 1 : 0)
    case .concatenate(let axis), .flatten(let axis): set("axis", axis)
    case .transpose(let order): set("perm", order)
    case .squeeze(let axes), .unsqueeze(let axes): set("axes", axes)
    case .dropout(let ratio): set("ratio", ratio)
    default: break
    }
  }
}
