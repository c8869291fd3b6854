import Foundation
import Testing

@testable import Networks

@Suite struct ONNXWriterTests {
  /// The operators of the inference tests, but for the one that is written as two.
  static let cases = OperatorTests.cases.filter { $0.name != "HardSwish" && !$0.name.hasPrefix("Softmax") }

  @Test(arguments: cases) func whatIsWrittenIsReadBackAsItWas(_ operatorCase: OperatorTests.Case) throws {
    var generator = SeededGenerator(seed: 31)
    let (operation, shape, parameters) = operatorCase.make(&generator)
    let graph = Graph.single(operation, shape, parameters: parameters, using: &generator)
    #expect(try ONNXReader.read(ONNXWriter.bytes(of: graph), named: "test") == graph)
  }

  @Test func hardSwishIsWrittenAsAGateAndAProduct() throws {
    var generator = SeededGenerator(seed: 32)
    let graph = Graph.single(.hardSwish, [3, 4, 4], using: &generator)
    let read = try ONNXReader.read(ONNXWriter.bytes(of: graph), named: "test")
    #expect(read.nodes.map(\.operation.name) == ["HardSigmoid", "Mul"])
    let input = Tensor(random: [2, 3, 4, 4], using: &generator)
    #expect(try Reference.run(read, on: input)[0].distance(to: Reference.run(graph, on: input)[0]) < 1e-6)
  }

  @Test func rangesAreReadBackAsTheyWere() throws {
    var graph = Graph.residual()
    graph.ranges = ["in": 0...1, "b.relu": -0.1...12.345678]
    #expect(try ONNXReader.read(ONNXWriter.bytes(of: graph), named: "test").ranges == graph.ranges)
  }

  @Test func theSameGraphGivesTheSameBytes() throws {
    #expect(try ONNXWriter.bytes(of: .residual()) == ONNXWriter.bytes(of: .residual()))
  }

  @Test func aGraphThatDoesNotHoldTogetherIsNotWritten() {
    var graph = Graph.residual()
    graph.nodes.removeFirst()
    #expect(throws: GraphError.self) { try ONNXWriter.bytes(of: graph) }
  }
}
