import Testing

@testable import Networks

@Suite struct SimplificationTests {
  private func sameResult(_ graph: Graph, _ simplified: Graph, on shape: [Int]) throws -> Bool {
    var generator = SeededGenerator(seed: 11)
    let input = Tensor(random: shape, using: &generator)
    let expected = try Reference.run(graph, on: input)[0]
    return try Reference.run(simplified, on: input)[0].distance(to: expected) < 1e-5
  }

  @Test func batchNormalizationsAndDropoutGoAndTheResultStays() throws {
    let graph = Graph.residual()
    let simplified = try graph.simplified()
    #expect(simplified.nodes.map(\.operation.name).contains("BatchNormalization") == false)
    #expect(simplified.nodes.map(\.operation.name).contains("Dropout") == false)
    #expect(simplified.nodes.count == graph.nodes.count - 6)
    #expect(try sameResult(graph, simplified, on: [2, 1, 8, 8]))
  }

  @Test func aNormalizationWhoseConvolutionIsReadTwiceStaysByItself() throws {
    var generator = SeededGenerator(seed: 12)
    var graph = Graph(name: "g", inputs: [Graph.Value(name: "in", shape: [nil, 2, 4, 4])], outputs: ["out"])
    graph.add(
      .convolution(Window(kernel: [1, 1]), groups: 1), "in", [[3, 2, 1, 1]], giving: "a", using: &generator)
    graph.add(
      .batchNormalization(epsilon: 2, momentum: 0.9), "a", Array(repeating: [3], count: 4), giving: "b",
      using: &generator)
    graph.nodes.append(Graph.Node(name: "sum", operation: .add, inputs: ["a", "b"], outputs: ["out"]))
    let simplified = try graph.simplified()
    #expect(simplified.nodes.count == 3)
    #expect(try sameResult(graph, simplified, on: [1, 2, 4, 4]))
  }

  @Test func zeroPaddingBecomesTheConvolutionsOwn() throws {
    var generator = SeededGenerator(seed: 13)
    var graph = Graph(name: "g", inputs: [Graph.Value(name: "in", shape: [nil, 2, 5, 5])], outputs: ["out"])
    graph.add(.pad([0, 0, 0, 1, 0, 0, 2, 1], value: 0), "in", giving: "a", using: &generator)
    graph.add(
      .convolution(Window(kernel: [3, 3]), groups: 1), "a", [[3, 2, 3, 3]], giving: "out", using: &generator)
    let simplified = try graph.simplified()
    #expect(
      simplified.nodes.map(\.operation) == [
        .convolution(Window(kernel: [3, 3], pads: [0, 1, 2, 1]), groups: 1)
      ])
    #expect(try sameResult(graph, simplified, on: [1, 2, 5, 5]))
  }

  @Test func aProductAndASumBecomeOneDenseLayer() throws {
    var generator = SeededGenerator(seed: 14)
    var graph = Graph(name: "g", inputs: [Graph.Value(name: "in", shape: [nil, 6])], outputs: ["out"])
    graph.add(.matMul, "in", [[6, 3]], giving: "a", using: &generator)
    graph.add(.add, "a", [[3]], giving: "out", using: &generator)
    let simplified = try graph.simplified()
    #expect(simplified.nodes.map(\.operation.name) == ["Gemm"])
    #expect(try sameResult(graph, simplified, on: [4, 6]))
  }

  @Test func activationsAndResidualSumsBecomePartOfTheLayerBefore() throws {
    let graph = try Graph.residual().simplified()
    let shapes = try graph.shapes(input: [1, 1, 8, 8]).compactMapValues(\.known)
    let fused = graph.fused(shapes: shapes)
    #expect(fused.map(\.output) == ["a", "b.relu", "e", "f", "i", "k", "l", "m", "out"])
    #expect(fused.compactMap(\.residual) == ["a", "f"])
  }

  @Test func aValueThatIsStillNeededIsNotOverwrittenByASum() throws {
    // "a" is read again after the sum, so the sum may not be written where it stands.
    var generator = SeededGenerator(seed: 15)
    var graph = Graph(name: "g", inputs: [Graph.Value(name: "in", shape: [nil, 2, 4, 4])], outputs: ["out"])
    graph.add(
      .convolution(Window(kernel: [1, 1]), groups: 1), "in", [[3, 2, 1, 1]], giving: "a", using: &generator)
    graph.add(
      .convolution(Window(kernel: [1, 1]), groups: 1), "a", [[3, 3, 1, 1]], giving: "b", using: &generator)
    graph.nodes.append(Graph.Node(name: "sum", operation: .add, inputs: ["b", "a"], outputs: ["c"]))
    graph.nodes.append(
      Graph.Node(name: "product", operation: .multiply, inputs: ["c", "a"], outputs: ["out"]))
    let input = Tensor(random: [1, 2, 4, 4], using: &generator)
    #expect(try Network(graph).run(input)[0].distance(to: Reference.run(graph, on: input)[0]) < 1e-5)
  }
}
