import Testing

@testable import Networks

/// Held to the arithmetic that `Code` describes, computed in double precision.
@Suite(.enabled(if: Processor.multipliesInt8, "needs a processor that multiplies int8"))
struct Int8Tests {
  /// What eight bits leave of a number.
  private func rounded(_ tensor: Tensor, _ range: ClosedRange<Float>) throws -> Tensor {
    let code = try #require(Code(range))
    return tensor.map {
      min(max(($0 / Double(code.scale)).rounded(.toNearestOrEven), 0), 255) * Double(code.scale)
    }
  }

  private func roundedWeights(_ tensor: Tensor) -> Tensor {
    var (result, scales) = Code.weights(tensor)
    let run = tensor.count / scales.count
    for index in result.values.indices { result.values[index] *= scales[index / run] }
    return result
  }

  @Test(arguments: 0..<24)
  func aConvolutionEqualsTheReferenceOnCodes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (from, to) = (Int.random(in: 1...40, using: &generator), Int.random(in: 1...40, using: &generator))
    let kernel = [1, 3, 5].randomElement(using: &generator) ?? 1
    let stride = Int.random(in: 1...2, using: &generator)
    let pads = (0..<4).map { _ in Int.random(in: 0...kernel / 2, using: &generator) }
    let size = [
      Int.random(in: kernel...kernel + 9, using: &generator),
      Int.random(in: kernel...kernel + 9, using: &generator),
    ]
    var graph = Graph.single(
      .convolution(Window(kernel: [kernel, kernel], strides: [stride, stride], pads: pads), groups: 1),
      [from] + size, parameters: [[to, from, kernel, kernel], [to]], using: &generator)
    // Half of them cut numbers off.
    let range: ClosedRange<Float> = seed % 2 == 0 ? 0...0.8 : 0...1.2
    graph.ranges = ["in": range]
    let input = Tensor(random: [2, from] + size, using: &generator)
    var reference = graph
    reference.parameters["out.0"] = roundedWeights(try #require(graph.parameters["out.0"]))
    let expected = try Reference.run(reference, on: rounded(input, range))[0]
    let found = try Network(graph, InferenceForm.integers()).run(input)[0]
    let largest = expected.values.reduce(0) { max($0, abs($1)) }
    // The result is bfloat16.
    #expect(found.distance(to: expected) <= largest / 256 + 1e-6)
  }

  @Test(arguments: 0..<8, [false, true])
  func aResidualBlockEqualsTheReferenceOnCodes(seed: UInt64, channelsLast: Bool) throws {
    var generator = SeededGenerator(seed: seed)
    let channels = Int.random(in: 3...40, using: &generator)
    let size = [Int.random(in: 3...12, using: &generator), Int.random(in: 3...12, using: &generator)]
    var graph = Graph(
      name: "block", inputs: [Graph.Value(name: "in", shape: [nil, channels] + size)], outputs: ["out"])
    let operation = Operation.convolution(Window(kernel: [3, 3], pads: [1, 1, 1, 1]), groups: 1)
    let weights = [[channels, channels, 3, 3], [channels]]
    graph.add(operation, "in", weights, giving: "a.conv", using: &generator)
    graph.add(.relu, "a.conv", giving: "a", using: &generator)
    graph.add(operation, "a", weights, giving: "b.conv", using: &generator)
    graph.nodes.append(Graph.Node(name: "sum", operation: .add, inputs: ["b.conv", "a"], outputs: ["b.sum"]))
    graph.add(.relu, "b.sum", giving: "b", using: &generator)
    graph.add(operation, "b", weights, giving: "out", using: &generator)
    let input = Tensor(random: [1, channels] + size, using: &generator)
    for name in graph.parameters.keys where name.hasSuffix(".0") {
      graph.parameters[name] = graph.parameters[name].map(roundedWeights)
    }
    // Each value is rounded where the network rounds it.
    var reference = graph
    graph.ranges["in"] = 0...1
    var exact = try rounded(input, 0...1)
    for (name, start) in [("a", "in"), ("b", "a")] {
      reference.inputs[0].name = start
      reference.nodes = graph.nodes.filter { $0.outputs[0].hasPrefix(name) }
      reference.outputs = [name]
      let result = try Reference.run(reference, on: exact)[0]
      let high = result.values.max() ?? 1
      graph.ranges[name] = 0...max(high * 0.9, 0.1)
      exact = try rounded(result, try #require(graph.ranges[name]))
      reference.parameters[name] = exact
    }
    reference.inputs[0].name = "b"
    reference.nodes = [graph.nodes[graph.nodes.count - 1]]
    reference.outputs = ["out"]
    let expected = try Reference.run(reference, on: exact)[0]
    let given =
      channelsLast ? Tensor(shape: input.shape, values: input.transposed([0, 2, 3, 1]).values) : input
    let found = try Network(graph, InferenceForm.integers(channelsLast: channelsLast)).run(
      try #require(given))[
        0]
    let largest = expected.values.reduce(0) { max($0, abs($1)) }
    // A sum that lies between two codes may fall to either side in float32.
    #expect(found.distance(to: expected) <= largest / 64)
  }

  @Test func aNetworkWithItsOwnRangesStaysNearFloats() throws {
    var generator = SeededGenerator(seed: 6)
    var graph = Graph.residual()
    let input = Tensor(random: [40, 1, 8, 8], using: &generator)
    let observing = try Network(graph, InferenceForm(.observing))
    let exact = try observing.run(input)[0]
    #expect(exact.distance(to: try Network(graph).run(input)[0]) < 1e-5)
    graph.ranges = observing.ranges
    #expect(Set(graph.ranges.keys) == ["a", "b.relu", "e"])
    let found = try Network(graph, InferenceForm.integers()).run(input)[0]
    let largest = exact.values.reduce(0) { max($0, abs($1)) }
    #expect(found.distance(to: exact) < 0.03 * largest)
    #expect(found != exact)
  }

  /// Processors without VNNI add two neighbouring channels' products in 16 bits.
  @Test func noTwoProductsPassSixteenBits() throws {
    var generator = SeededGenerator(seed: 8)
    let drawn = Tensor(random: [9, 7, 3, 3], using: &generator)
    let alike = drawn.map { _ in 0.3 }
    for tensor in [drawn, alike, drawn.map { $0 < 0 ? -1 : 1 }] {
      let (integers, scales) = Code.weights(tensor, inPairs: true)
      for (index, value) in tensor.values.enumerated() {
        #expect(abs(integers.values[index] * scales[index / 63] - value) <= scales[index / 63] / 2 * 1.001)
      }
      for output in 0..<9 {
        for (channel, tap) in stride(from: 0, to: 6, by: 2).flatMap({ channel in (0..<9).map { (channel, $0) }
        }) {
          let first = output * 63 + channel * 9 + tap
          let (one, other) = (Int(integers.values[first]), Int(integers.values[first + 9]))
          #expect(255 * (max(one, 0) + max(other, 0)) <= Int(Int16.max))
          #expect(255 * (min(one, 0) + min(other, 0)) >= Int(Int16.min))
        }
      }
    }
    // The worst case itself: every input at its largest, every weight alike.
    var graph = Graph.single(
      .convolution(Window(kernel: [3, 3]), groups: 1), [8, 4, 4], parameters: [[16, 8, 3, 3], [16]],
      using: &generator)
    graph.parameters["out.0"] = graph.parameters["out.0"]?.map { _ in 0.3 }
    graph.parameters["out.1"] = graph.parameters["out.1"]?.map { _ in 0 }
    graph.ranges = ["in": 0...1]
    let input = Tensor(random: [1, 8, 4, 4], using: &generator).map { _ in 1 }
    let found = try Network(graph, InferenceForm.integers()).run(input)[0]
    for value in found.values { #expect(abs(value - 0.3 * 72) < 0.2) }
  }

  @Test func anItemGivesTheSameBitsInAnyBatchAndInAnyNetworkOfTheGraph() throws {
    var generator = SeededGenerator(seed: 2)
    var graph = Graph.residual()
    graph.ranges = ["a": 0...3, "b.relu": 0...3, "e": 0...3]
    let input = Tensor(random: [5, 1, 8, 8], using: &generator)
    let together = try Network(graph, InferenceForm.integers()).run(input)[0]
    let network = try Network(graph, InferenceForm.integers(), threads: 2)
    for item in [4, 0, 2] {
      let alone = try #require(
        Tensor(shape: [1, 1, 8, 8], values: Array(input.values[item * 64..<(item + 1) * 64])))
      let found = try network.run(alone)[0].values.map(\.bitPattern)
      #expect(found == together.values[item * 7..<(item + 1) * 7].map(\.bitPattern))
    }
  }
}

@Suite struct RangeObserverTests {
  @Test(arguments: [.nan, .infinity] as [Float]) func numbersThatAreNotFiniteShowNoRange(_ value: Float)
    throws
  {
    var generator = SeededGenerator(seed: 1)
    let graph = Graph.single(
      .convolution(Window(kernel: [1, 1]), groups: 1), [1, 2, 2], parameters: [[1, 1, 1, 1]],
      using: &generator)
    var observer = RangeObserver(graph)
    let spoilt = try #require(Tensor(shape: [1, 1, 2, 2], values: [value, 0, 1, 2]))
    observer.observe([spoilt])
    #expect(observer.ranges.isEmpty)
    observer.observe([try #require(Tensor(shape: [1, 1, 2, 2], values: [0, 0, 1, 2]))])
    #expect(observer.ranges["in"] == 0...2)
  }

  private func ranges(_ inputs: [Tensor]) throws -> [String: ClosedRange<Float>] {
    var generator = SeededGenerator(seed: 3)
    var graph = Graph(
      name: "observed", inputs: [Graph.Value(name: "in", shape: [nil, 1, 4, 4])], outputs: ["out"])
    graph.add(
      .convolution(Window(kernel: [1, 1]), groups: 1), "in", [[1, 1, 1, 1]], giving: "a", using: &generator)
    graph.parameters["a.0"]?.values = [2]
    graph.add(.globalAveragePool, "a", giving: "b", using: &generator)
    graph.add(
      .convolution(Window(kernel: [1, 1]), groups: 1), "b", [[1, 1, 1, 1]], giving: "c", using: &generator)
    graph.add(
      .convolution(Window(kernel: [1, 1]), groups: 1), "a", [[1, 1, 1, 1]], giving: "d", using: &generator)
    graph.nodes.append(Graph.Node(name: "out", operation: .multiply, inputs: ["d", "c"], outputs: ["out"]))
    let network = try Network(graph, InferenceForm(.observing))
    for input in inputs { _ = try network.run(input) }
    return network.ranges
  }

  private func picture(_ values: Float...) -> Tensor {
    var tensor = Tensor(zeros: [1, 1, 4, 4])
    tensor.values.replaceSubrange(0..<values.count, with: values)
    return tensor
  }

  @Test func whatConvolutionsReadIsSeenButNotAtSinglePlaces() throws {
    #expect(try ranges([picture(0.5, 0.25), picture(1)]) == ["in": 0...1, "a": 0...2])
  }

  @Test func whatMayBeNegativeStaysAmongFloats() throws {
    #expect(try ranges([picture(-0.5, 0.25)]) == [:])
  }

  @Test func oneOutlierInAHundredIsLeftOut() throws {
    let usual = Array(repeating: picture(1), count: 99)
    #expect(try ranges(usual + [picture(50)])["a"] == 0...2)
  }
}

extension InferenceForm {
  /// Integers in layers of any width.
  fileprivate static func integers(channelsLast: Bool = false) -> InferenceForm {
    var form = InferenceForm(.int8, channelsLast: channelsLast)
    form.fewestWeights = 0
    return form
  }
}
