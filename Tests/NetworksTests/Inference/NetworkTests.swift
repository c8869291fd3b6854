import Foundation
import Testing

@testable import Networks

@Suite struct NetworkTests {
  @Test func aResidualNetworkEqualsTheReference() throws {
    var generator = SeededGenerator(seed: 1)
    let graph = Graph.residual()
    let input = Tensor(random: [3, 1, 8, 8], using: &generator)
    let found = try Network(graph).run(input)
    #expect(found[0].shape == [3, 7])
    #expect(found[0].distance(to: try Reference.run(graph, on: input)[0]) < 1e-5)
  }

  @Test func anItemGivesTheSameBitsInAnyBatchAndInAnyNetworkOfTheGraph() throws {
    var generator = SeededGenerator(seed: 2)
    let graph = Graph.residual()
    let input = Tensor(random: [5, 1, 8, 8], using: &generator)
    let together = try Network(graph).run(input)[0]
    let network = try Network(graph)
    for item in [4, 0, 2] {
      let alone = try #require(
        Tensor(shape: [1, 1, 8, 8], values: Array(input.values[item * 64..<(item + 1) * 64])))
      let found = try network.run(alone)[0].values.map(\.bitPattern)
      #expect(found == together.values[item * 7..<(item + 1) * 7].map(\.bitPattern))
    }
  }

  @Test func inputWithChannelsLastGivesTheSame() throws {
    var generator = SeededGenerator(seed: 5)
    let graph = Graph.single(
      .convolution(Window(kernel: [3, 3]), groups: 1), [3, 5, 4], parameters: [[2, 3, 3, 3]],
      using: &generator)
    let input = Tensor(random: [1, 3, 5, 4], using: &generator)
    let found = try Network(graph, InferenceForm(channelsLast: true)).run(
      #require(Tensor(shape: [1, 3, 5, 4], values: input.transposed([0, 2, 3, 1]).values)))
    #expect(found[0].distance(to: try Network(graph).run(input)[0]) < 1e-6)
  }

  @Test(.enabled(if: Processor.multipliesBFloat16, "needs a processor that multiplies bfloat16"))
  func bfloat16KeepsTwoDigits() throws {
    var generator = SeededGenerator(seed: 6)
    let graph = Graph.residual()
    let input = Tensor(random: [2, 1, 8, 8], using: &generator)
    let exact = try Network(graph).run(input)[0]
    let found = try Network(graph, InferenceForm(.bfloat16)).run(input)[0]
    let largest = exact.values.reduce(0) { max($0, abs($1)) }
    #expect(found.distance(to: exact) < 0.02 * largest)
    #expect(found != exact)
  }

  @Test func constantsThatANetworkAsksForAreHeldToOneBudget() throws {
    // Each difference repeats its first operand, for which as many zeros are made as it has results.
    var graph = Graph(name: "wide", inputs: [.init(name: "in", shape: [nil, 1, 64])], outputs: ["3"])
    graph.parameters["tall"] = Tensor(zeros: [1, 64, 1])
    for index in 0..<4 {
      graph.nodes.append(
        .init(name: "n\(index)", operation: .subtract, inputs: ["in", "tall"], outputs: ["\(index)"]))
    }
    func compile(_ budget: Int) throws {
      _ = try Compilation(graph, input: [1, 1, 64], InferenceForm(), on: Processor(), constants: budget)
    }
    let (zeros, tall) = (64 * 64 * 4, 64 * 4)
    try compile(4 * zeros + tall)
    let error = #expect(throws: GraphError.self) { try compile(4 * zeros) }
    #expect(error?.reason.contains("more constants") == true)
  }

  @Test func anEmptyBatchGivesEmptyResults() throws {
    let found = try Network(.residual()).run(Tensor(zeros: [0, 1, 8, 8]))
    #expect(found.map(\.shape) == [[0, 7]])
  }

  @Test func aConvolutionalNetworkTakesAnySize() throws {
    var generator = SeededGenerator(seed: 3)
    let window = Window(kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1])
    let graph = Graph.single(
      .convolution(window, groups: 1), [2, 8, 8], parameters: [[5, 2, 3, 3]], using: &generator)
    let network = try Network(graph)
    for size in [[8, 8], [5, 9], [1, 1], [8, 8], [30, 2]] {
      let input = Tensor(random: [1, 2] + size, using: &generator)
      #expect(try network.run(input)[0].distance(to: Reference.run(graph, on: input)[0]) < 1e-5)
    }
  }

  @Test func aSizeThatDoesNotFitIsRefusedWithTheNodesName() throws {
    let network = try Network(.residual())
    let error = #expect(throws: GraphError.self) { try network.run(Tensor(zeros: [1, 3, 8, 8])) }
    #expect(error?.description.contains("Conv \"stem.conv\"") == true)
  }

  @Test func numbersOfAnotherCountThanTheShapeAreRefused() throws {
    let network = try Network(.residual())
    #expect(throws: NetworksError.self) {
      try [Float](repeating: 0, count: 10).withUnsafeBufferPointer {
        try network.run($0, shape: [1, 1, 8, 8])
      }
    }
  }

  @Test func aDenseLayerOnTransposedFeaturesReadsThemInTheRightOrder() throws {
    // As Keras exports: channels last at both ends, channels first for the convolution between.
    var generator = SeededGenerator(seed: 4)
    var graph = Graph(
      name: "keras", inputs: [Graph.Value(name: "in", shape: [nil, 6, 6, 2])], outputs: ["out"])
    graph.add(.transpose([0, 3, 1, 2]), "in", giving: "a", using: &generator)
    graph.add(
      .convolution(Window(kernel: [3, 3]), groups: 1), "a", [[20, 2, 3, 3], [20]], giving: "b",
      using: &generator)
    graph.add(.relu, "b", giving: "c", using: &generator)
    graph.add(.transpose([0, 2, 3, 1]), "c", giving: "d", using: &generator)
    graph.add(.reshape([-1, 320]), "d", giving: "e", using: &generator)
    graph.add(.matMul, "e", [[320, 7]], giving: "f", using: &generator)
    graph.add(.add, "f", [[7]], giving: "out", using: &generator)
    let input = Tensor(random: [2, 6, 6, 2], using: &generator)
    #expect(try Network(graph).run(input)[0].distance(to: Reference.run(graph, on: input)[0]) < 1e-4)
  }

  @Test(.enabled(if: YuNet.file != nil, "needs AFTERCLASS_MODELS, a folder with yunet_n_640_640.onnx"))
  func yuNetEqualsTheReferenceAtASizeOfItsOwn() throws {
    let graph = try ONNXReader.read(contentsOf: #require(YuNet.file))
    var generator = SeededGenerator(seed: 5)
    let input = Tensor(random: [1, 3, 32, 32], using: &generator)
    let found = try Network(graph).run(input)
    let expected = try Reference.run(graph, on: input)
    #expect(found.count == 12)
    for (first, second) in zip(found, expected) { #expect(first.distance(to: second) < 1e-4) }
  }
}

enum YuNet {
  static var file: URL? {
    guard let folder = ProcessInfo.processInfo.environment["AFTERCLASS_MODELS"] else { return nil }
    let file = URL(fileURLWithPath: folder).appendingPathComponent("yunet_n_640_640.onnx")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }
}
