import Foundation
import Testing

@testable import Networks

@Suite struct ONNXReaderTests {
  // MARK: Files made by hand

  private func model(
    _ nodes: [Onnx_NodeProto], input: [Int64] = [1, 2, 6, 6], opset: Int64 = 13,
    constants: [Onnx_TensorProto] = []
  ) -> Onnx_ModelProto {
    .with {
      $0.irVersion = 7
      $0.opsetImport = [.with { $0.version = opset }]
      $0.graph.input = [
        .with {
          $0.name = "in"
          $0.type.tensorType.elemType = 1
          $0.type.tensorType.shape.dim = input.map { extent in .with { $0.dimValue = extent } }
        }
      ]
      $0.graph.node = nodes
      $0.graph.initializer = constants
      $0.graph.output = [.with { $0.name = "out" }]
    }
  }

  private func node(
    _ type: String, _ inputs: [String], _ output: String = "out", _ attributes: Onnx_AttributeProto...
  ) -> Onnx_NodeProto {
    .with {
      $0.opType = type
      $0.name = "the node"
      $0.input = inputs
      $0.output = [output]
      $0.attribute = attributes
    }
  }

  private func attribute(_ name: String, _ ints: [Int64]) -> Onnx_AttributeProto {
    .with {
      $0.name = name
      $0.ints = ints
      $0.type = .ints
    }
  }

  private func attribute(_ name: String, _ int: Int64) -> Onnx_AttributeProto {
    .with {
      $0.name = name
      $0.i = int
      $0.type = .int
    }
  }

  private func attribute(_ name: String, _ text: String) -> Onnx_AttributeProto {
    .with {
      $0.name = name
      $0.s = Data(text.utf8)
      $0.type = .string
    }
  }

  private func integers(_ name: String, _ values: [Int64]) -> Onnx_TensorProto {
    .with {
      $0.name = name
      $0.dataType = 7
      $0.dims = [Int64(values.count)]
      $0.int64Data = values
    }
  }

  private func floats(_ name: String, _ dims: [Int64], _ values: [Float]) -> Onnx_TensorProto {
    .with {
      $0.name = name
      $0.dataType = 1
      $0.dims = dims
      $0.floatData = values
    }
  }

  private func read(_ model: Onnx_ModelProto) throws -> Graph {
    try ONNXReader.read(model.serializedBytes() as Data, named: "net.onnx")
  }

  private func message(_ model: Onnx_ModelProto) -> String {
    do {
      _ = try read(model)
      return "was read"
    } catch { return "\(error)" }
  }

  // MARK: What is read

  @Test func anOperatorThatIsNotSupportedIsNamedWithItsNodeAndFile() {
    let text = message(model([node("Einsum", ["in"])]))
    #expect(text == "net.onnx: Einsum \"the node\": is not an operator that this program supports")
  }

  @Test func versionsThatAreNotKnownAreRefused() {
    #expect(message(model([node("Relu", ["in"])], opset: 6)).contains("operator set 6"))
    #expect(message(model([node("Relu", ["in"])], opset: 99)).contains("operator set 99"))
  }

  @Test func aFixedBatchBecomesFree() throws {
    #expect(try read(model([node("Relu", ["in"])])).inputs[0].shape == [nil, 2, 6, 6])
  }

  @Test func shapesThatAreComputedFromTheInputAreFolded() throws {
    // As PyTorch writes x.view(x.size(0), -1).
    let graph = try read(
      model(
        [
          node("Shape", ["in"], "s"), node("Gather", ["s", "zero"], "n", attribute("axis", 0)),
          node("Unsqueeze", ["n", "axes"], "u"), node("Concat", ["u", "rest"], "t", attribute("axis", 0)),
          node("Reshape", ["in", "t"]),
        ],
        constants: [
          .with {
            $0.name = "zero"
            $0.dataType = 7
            $0.int64Data = [0]
          }, integers("axes", [0]), integers("rest", [-1]),
        ]))
    #expect(graph.nodes.map(\.operation) == [.reshape([0, -1])])
    #expect(graph.parameters.isEmpty)
  }

  @Test func anIdentityOfAWeightIsTheWeight() throws {
    let graph = try read(
      model(
        [node("Identity", ["w"], "v"), node("Add", ["in", "v"])],
        constants: [floats("w", [2, 1, 1], [1, 2])]))
    #expect(graph.nodes.map(\.operation) == [.add])
    #expect(graph.parameters["v"]?.values == [1, 2])
  }

  @Test(arguments: [.nan, .infinity] as [Float]) func weightsThatAreNotFiniteAreRefused(_ value: Float) {
    let text = message(
      model([node("Add", ["in", "w"])], constants: [floats("w", [2, 1, 1], [1, value])]))
    #expect(text.contains("Add \"the node\": has weights \"w\" that are not finite"))
  }

  @Test func aWeightThatIsStoredTransposedIsTurned() throws {
    let graph = try read(
      model(
        [node("Transpose", ["w"], "v", attribute("perm", [1, 0])), node("MatMul", ["in", "v"])],
        input: [1, 2],
        constants: [floats("w", [3, 2], [1, 2, 3, 4, 5, 6])]))
    #expect(graph.parameters["v"] == Tensor(shape: [2, 3], values: [1, 3, 5, 2, 4, 6]))
  }

  @Test(arguments: [("SAME_UPPER", [0, 0, 1, 1]), ("SAME_LOWER", [1, 1, 0, 0]), ("VALID", [0, 0, 0, 0])])
  func automaticPaddingFollowsTheSizeOfTheInput(mode: String, pads: [Int]) throws {
    let graph = try read(
      model([
        node(
          "MaxPool", ["in"], "out", attribute("kernel_shape", [3, 3]), attribute("strides", [2, 2]),
          attribute("auto_pad", mode))
      ]))
    #expect(
      graph.nodes[0].operation
        == .maxPool(Window(kernel: [3, 3], strides: [2, 2], pads: pads), ceiling: false))
  }

  @Test func limitsOfAClipComeFromAttributesOrInputs() throws {
    let low: Onnx_AttributeProto = .with {
      $0.name = "min"
      $0.f = -1
      $0.type = .float
    }
    #expect(
      try read(model([node("Clip", ["in"], "out", low)], opset: 7)).nodes[0].operation
        == .clip(low: -1, high: .greatestFiniteMagnitude))
    let new = model([node("Clip", ["in", "", "high"])], constants: [floats("high", [], [6])])
    #expect(try read(new).nodes[0].operation == .clip(low: -.greatestFiniteMagnitude, high: 6))
  }

  @Test func axesComeFromAttributesOrInputs() throws {
    let old = model([node("Squeeze", ["in"], "out", attribute("axes", [2]))], input: [1, 2, 1, 6], opset: 11)
    let new = model(
      [node("Squeeze", ["in", "axes"])], input: [1, 2, 1, 6], constants: [integers("axes", [2])])
    #expect(try read(old).nodes[0].operation == .squeeze(axes: [2]))
    #expect(try read(new).nodes[0].operation == .squeeze(axes: [2]))
  }

  @Test func halfPrecisionWeightsAreWidened() throws {
    let half: Onnx_TensorProto = .with {
      $0.name = "w"
      $0.dataType = 10
      $0.dims = [5]
      $0.rawData = Data([0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B, 0x00, 0x80])
    }
    let graph = try read(model([node("Add", ["in", "w"])], input: [1, 5], constants: [half]))
    #expect(graph.parameters["w"]?.values == [1, -2, 0x1p-24, 65504, -0.0])
  }

  @Test func softmaxOverSeveralDimensionsOfOldFilesIsRefused() {
    #expect(message(model([node("Softmax", ["in"])], opset: 11)).contains("several dimensions"))
  }

  @Test(arguments: [-3, -5, 4, 1 << 40] as [Int64]) func softmaxAlongAnAxisFromTheBackDoesNotCrash(
    axis: Int64
  ) {
    let text = message(model([node("Softmax", ["in"], "out", attribute("axis", axis))], opset: 11))
    #expect(text.contains(axis == -3 ? "several dimensions" : "names axis"))
  }

  @Test func enlargementBetweenPixelsIsRefused() {
    let text = message(
      model(
        [node("Resize", ["in", "", "s"], "out", attribute("mode", "linear"))],
        constants: [floats("s", [4], [1, 1, 2, 2])]))
    #expect(text.contains("only nearest"))
  }

  // MARK: Files that lie

  @Test(arguments: ["1 0", "nan 1", "0 inf", "0", "0 0", "0 1 2", "-1e30 1", ""])
  func aRangeThatCannotBeIsRefused(text: String) {
    var proto = model([node("Relu", ["in"])])
    proto.metadataProps = [
      .with {
        $0.key = "afterclass.range.in"
        $0.value = text
      }
    ]
    #expect(message(proto).contains("range \"\(text)\" of \"in\""))
  }

  @Test func aRangeOfAnUnknownValueIsRefusedAndOtherMetadataPassedOver() throws {
    var proto = model([node("Relu", ["in"])])
    let entry = { (key: String) in Onnx_StringStringEntryProto.with { ($0.key, $0.value) = (key, "0 1") } }
    proto.metadataProps = [entry("author"), entry("afterclass.range.out")]
    #expect(try read(proto).ranges == ["out": 0...1])
    proto.metadataProps = [entry("afterclass.range.nothing")]
    #expect(message(proto).contains("\"nothing\""))
  }

  @Test func weightsInAnotherFileAreRefused() {
    var weight = floats("w", [2], [])
    weight.dataLocation = .external
    #expect(message(model([node("Add", ["in", "w"])], constants: [weight])).contains("another file"))
  }

  @Test(
    arguments: [
      ([1 << 40], []), ([-1], []), ([1 << 20, 1 << 20, 1 << 20, 1 << 20], []), ([3], [1, 2]),
      (Array(repeating: 1, count: 50), [1]),
    ] as [([Int64], [Float])])
  func aTensorThatIsNotWhatItSaysIsRefused(dims: [Int64], values: [Float]) {
    let text = message(model([node("Add", ["in", "w"])], constants: [floats("w", dims, values)]))
    #expect(text.hasPrefix("net.onnx: has a tensor \"w\""))
  }

  @Test func absurdWindowsAreRefused() {
    for kernel in [[0, 3], [-1, 3], [1 << 60, 3], [3], [3, 3, 3]] as [[Int64]] {
      let text = message(model([node("MaxPool", ["in"], "out", attribute("kernel_shape", kernel))]))
      #expect(text.contains("MaxPool \"the node\""), "\(kernel): \(text)")
    }
  }

  @Test func valuesThatNothingGivesAreRefused() {
    #expect(
      message(model([node("Add", ["in", "ghost"])])).contains("\"ghost\", which nothing before it gives"))
    #expect(message(model([node("Relu", ["in"], "other")])).contains("an output \"out\" that no node gives"))
    #expect(message(model([node("Relu", ["in"], "in")])).contains("gives no new value"))
  }

  @Test func bytesThatAreNoNetworkAreRefused() throws {
    for bytes in [Data(), Data("hello".utf8), Data(repeating: 0xFF, count: 1000)] {
      #expect(throws: GraphError.self) { try ONNXReader.read(bytes, named: "x") }
    }
    let whole = try ONNXWriter.bytes(of: .residual())
    for length in stride(from: 0, to: whole.count - 1, by: 97) {
      #expect(throws: GraphError.self) { try ONNXReader.read(whole.prefix(length), named: "x") }
    }
  }

  @Test func changedBytesNeverCrash() throws {
    let whole = try ONNXWriter.bytes(of: .residual())
    var generator = SeededGenerator(seed: 41)
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      if let graph = try? ONNXReader.read(bytes, named: "x"), let network = try? Network(graph) {
        _ = try? network.run(Tensor(zeros: [1, 1, 8, 8]))
      }
    }
  }

  @Test func aFileThatIsNotThereIsNamed() {
    let error = #expect(throws: GraphError.self) {
      try ONNXReader.read(contentsOf: URL(fileURLWithPath: "/nowhere/net.onnx"))
    }
    #expect(error?.source == "/nowhere/net.onnx")
  }
}
