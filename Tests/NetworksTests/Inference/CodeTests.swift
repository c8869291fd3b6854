import Testing

@testable import Networks

@Suite struct CodeTests {
  @Test func theUpperEndOfARangeIsTheLastCode() throws {
    let code = try #require(Code(0...5.1))
    #expect(abs(code.scale - 0.02) < 1e-7)
  }

  @Test(arguments: [0...0, 0...1e-12, 0...1e30, -0.1...1, 0...Float.infinity])
  func aRangeThatCannotBeScaledHasNoCode(range: ClosedRange<Float>) {
    #expect(Code(range) == nil)
  }

  @Test func weightsUseAllIntegersOfEachChannel() throws {
    let tensor = try #require(Tensor(shape: [3, 1, 1, 2], values: [0.4, -1, 0.02, 0.004, 0, 0]))
    let (integers, scales) = Code.weights(tensor)
    #expect(integers.values == [51, -127, 127, 25, 0, 0])
    #expect(zip(scales, [Float(1) / 127, 0.02 / 127, 1]).allSatisfy { abs($0 - $1) < 1e-9 })
  }
}

@Suite struct CodePlanTests {
  /// Stem, one residual block, one convolution whose result is multiplied.
  private func kept(without missing: String? = nil, floats: Set<String> = []) throws -> Set<String> {
    var generator = SeededGenerator(seed: 1)
    var graph = Graph(
      name: "plan", inputs: [Graph.Value(name: "in", shape: [nil, 4, 8, 8])], outputs: ["out"])
    let window = Window(kernel: [3, 3], pads: [1, 1, 1, 1])
    func layer(_ input: String, _ output: String) {
      graph.add(.convolution(window, groups: 1), input, [[4, 4, 3, 3]], giving: output, using: &generator)
    }
    layer("in", "a.conv")
    graph.add(.relu, "a.conv", giving: "a", using: &generator)
    layer("a", "b.conv")
    graph.add(.relu, "b.conv", giving: "b", using: &generator)
    layer("b", "c.conv")
    graph.nodes.append(Graph.Node(name: "sum", operation: .add, inputs: ["c.conv", "a"], outputs: ["c.sum"]))
    graph.add(.relu, "c.sum", giving: "c", using: &generator)
    layer("c", "d")
    graph.nodes.append(Graph.Node(name: "product", operation: .multiply, inputs: ["d", "d"], outputs: ["e"]))
    layer("e", "out")
    graph.ranges = ["in": 0...1, "a": 0...2, "b": 0...2, "c": 0...2, "e": 0...1]
    if let missing { graph.ranges[missing] = nil }
    let shapes = try graph.shapes(input: [1, 4, 8, 8]).compactMapValues(\.known)
    return CodePlan(graph.ranges, graph.fused(shapes: shapes), outputs: graph.outputs, floats: floats).kept
  }

  @Test func whatOnlyConvolutionsAndTheirSumsReadStaysCodes() throws {
    #expect(try kept() == ["a", "b", "c"])
  }

  @Test func whatIsReadAsFloatsIsGivenAsFloats() throws {
    // c computes with floats where b's range is missing, and so adds a as floats.
    #expect(try kept(without: "b") == [])
    #expect(try kept(without: "c") == ["b"])
    #expect(try kept(without: "in") == ["b", "c"])
  }

  @Test func layersWhoseWeightsStayFloatsReadAndGiveFloats() throws {
    // b computes with floats: it neither reads a's codes nor gives its own.
    #expect(try kept(floats: ["b.conv.0"]) == ["c"])
    #expect(try kept(floats: ["a.conv.0"]) == ["b", "c"])
  }

  @Test func weightsAreNarrowWhereATapHasFew() throws {
    func weights(_ shape: [Int]) throws -> Tensor {
      try #require(Tensor(shape: shape, values: Array(repeating: 1, count: shape.reduce(1, *))))
    }
    let graph = Graph(
      name: "few", inputs: [], outputs: [],
      parameters: [
        "narrow": try weights([16, 16, 3, 3]), "wide": try weights([32, 16, 1, 1]), "bias": try weights([16]),
      ])
    #expect(graph.narrowWeights(below: 512) == ["narrow"])
    #expect(graph.narrowWeights(below: 0) == [])
  }
}
