public import Foundation
import SwiftProtobuf

/// Reads ONNX files of operator sets 7 to 21.
///
/// Constants are folded, so that what remains is what the network computes from its input. Files are data
/// from anywhere: every size is held to what the file really contains.
public enum ONNXReader {
  static let versions = 7...21
  static let largestFile = 1 << 29
  static let largestNodeCount = 20_000

  /// - Throws: `GraphError` naming the file, the operator and the node.
  public static func read(contentsOf file: URL) throws -> Graph {
    try read(bytes(contentsOf: file), named: file.path)
  }

  /// The bytes of a file that is small enough to be a network.
  ///
  /// - Throws: `GraphError` naming the file.
  public static func bytes(contentsOf file: URL) throws -> Data {
    // The values of a link are its own, not those of the file that it names.
    let found = try? file.resolvingSymlinksInPath().resourceValues(forKeys: [
      .fileSizeKey, .isRegularFileKey,
    ])
    guard let found, found.isRegularFile == true, let size = found.fileSize else {
      throw GraphError(source: file.path, "cannot be read; check the path and its permissions")
    }
    guard size <= largestFile else {
      throw GraphError(
        source: file.path, "is of \(size) bytes; networks of up to \(largestFile) are read")
    }
    guard let bytes = try? Data(contentsOf: file, options: .mappedIfSafe) else {
      throw GraphError(source: file.path, "cannot be read; check the path and its permissions")
    }
    return bytes
  }

  /// - Parameter name: stands in errors in place of a file name.
  public static func read(_ bytes: Data, named name: String) throws -> Graph {
    guard bytes.count <= largestFile, let model = try? Onnx_ModelProto(serializedBytes: bytes), model.hasGraph
    else { throw GraphError(source: name, "is not an ONNX file, or is cut off") }
    do {
      var reading = try GraphReading(model)
      var graph = try reading.graph(model.graph)
      let values = graph.inputs.map(\.name) + graph.nodes.flatMap(\.outputs)
      graph.ranges = try ONNXRanges.ranges(model.metadataProps, known: Set(values))
      return graph
    } catch var error as GraphError {
      error.source = name
      throw error
    }
  }
}

/// What is known on the way through the nodes of one file.
private struct GraphReading {
  private let opset: Int
  private var constants: [String: ONNXConstant] = [:]
  private var shapes: [String: PartialShape] = [:]
  private var result = Graph(name: "", inputs: [])
  /// Numbers that folding may still produce; keeps a small file from asking for much memory.
  private var foldingBudget: Int

  init(_ model: Onnx_ModelProto) throws {
    let version = model.opsetImport.first { ["", "ai.onnx"].contains($0.domain) }?.version
    guard let version, let opset = Int(exactly: version), ONNXReader.versions ~= opset else {
      throw GraphError(
        "is of operator set \(version.map(String.init) ?? "(none)"); export it with one of \(ONNXReader.versions)"
      )
    }
    self.opset = opset
    foldingBudget = 1 << 26
  }

  mutating func graph(_ proto: Onnx_GraphProto) throws -> Graph {
    guard proto.node.count <= ONNXReader.largestNodeCount else {
      throw GraphError("has \(proto.node.count) nodes; up to \(ONNXReader.largestNodeCount) are read")
    }
    result.name = proto.name
    for initializer in proto.initializer {
      let constant = try ONNXConstant(initializer)
      constants[initializer.name] = constant
      shapes[initializer.name] = constant.shape
    }
    for input in proto.input where constants[input.name] == nil { try addInput(input) }
    for node in proto.node { try add(node) }
    for output in proto.output {
      guard shapes[output.name] != nil else {
        throw GraphError("has an output \"\(output.name)\" that no node gives")
      }
      _ = try addParameter(output.name)
      result.outputs.append(output.name)
    }
    guard !result.outputs.isEmpty else { throw GraphError("has no outputs") }
    return result
  }

  private mutating func addInput(_ proto: Onnx_ValueInfoProto) throws {
    let type = proto.type.tensorType
    guard type.elemType == Onnx_TensorProto.DataType.float.rawValue, type.hasShape,
      1...Operation.largestRank ~= type.shape.dim.count, shapes[proto.name] == nil
    else { throw GraphError("has an input \"\(proto.name)\" that is not a tensor of floats") }
    var shape = type.shape.dim.map { dimension -> Int? in
      guard case .dimValue(let extent)? = dimension.value, extent > 0 else { return nil }
      return min(Int(clamping: extent), Operation.largestExtent)
    }
    // Networks work on each item of a batch alone, also where the file was exported for a batch of one size.
    shape[0] = nil
    shapes[proto.name] = shape
    result.inputs.append(Graph.Value(name: proto.name, shape: shape))
  }

  private mutating func add(_ proto: Onnx_NodeProto) throws {
    do {
      guard ["", "ai.onnx"].contains(proto.domain) else {
        throw GraphError("belongs to \(proto.domain), which is not supported")
      }
      guard let output = proto.output.first, !output.isEmpty, shapes[output] == nil else {
        throw GraphError("gives no new value")
      }
      let node = try known(proto)
      if let constant = try node.folded() {
        try spend(constant)
        constants[output] = constant
        shapes[output] = constant.shape
      } else {
        try add(node, giving: output)
      }
    } catch var error as GraphError {
      error.operatorName = proto.opType
      error.node = proto.name.isEmpty ? proto.output.first : proto.name
      throw error
    }
  }

  private func known(_ proto: Onnx_NodeProto) throws -> ONNXNode {
    for input in proto.input where !input.isEmpty && shapes[input] == nil {
      throw GraphError("uses \"\(input)\", which nothing before it gives")
    }
    return ONNXNode(
      proto: proto, opset: opset, shapes: proto.input.map { shapes[$0] },
      constants: proto.input.map { constants[$0] })
  }

  private mutating func spend(_ constant: ONNXConstant) throws {
    guard case .floats(let tensor) = constant else { return }
    foldingBudget -= tensor.count
    guard foldingBudget >= 0 else { throw GraphError("folds more constants than a network can need") }
  }

  private mutating func add(_ node: ONNXNode, giving output: String) throws {
    let operation = try node.operation()
    var inputs = Array(node.proto.input.prefix(operation.inputCounts.upperBound))
    while inputs.last == "" { inputs.removeLast() }
    let inputShapes = try inputs.map { try addParameter($0) }
    shapes[output] = try operation.outputShape(of: inputShapes)
    result.nodes.append(
      Graph.Node(name: node.proto.name, operation: operation, inputs: inputs, outputs: [output]))
  }

  /// Keeps a constant that the network uses; returns the shape of any value.
  private mutating func addParameter(_ name: String) throws -> PartialShape {
    guard let shape = shapes[name] else { throw GraphError("leaves out an input that it needs") }
    switch constants[name] {
    case .floats(let tensor)?:
      guard result.parameters[name] != nil || tensor.values.allSatisfy(\.isFinite) else {
        throw GraphError("has weights \"\(name)\" that are not finite; train it anew or export it again")
      }
      result.parameters[name] = tensor
    case .integers?: throw GraphError("computes with the integers \"\(name)\"; networks run in floats")
    case nil: break
    }
    return shape
  }
}
