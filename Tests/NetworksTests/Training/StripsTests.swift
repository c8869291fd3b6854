import Testing

@testable import Networks

/// Pictures laid side by side give what pictures one by one do.
@Suite struct StripsTests {
  private static func same(_ kernel: Int) -> Window {
    Window(
      kernel: [kernel, kernel],
      pads: [kernel / 2, kernel / 2, (kernel - 1) / 2, (kernel - 1) / 2])
  }

  @Test func asManyPicturesStandInAStripAsDivideTheBatchAndFitInSixtyFourColumns() throws {
    let six = try #require(Strips([128, 512, 6, 6], window: Self.same(3)))
    #expect(six.count == 8)
    #expect(six.shape(of: [128, 512, 6, 6]) == [16, 512, 6, 55])
    let five = try #require(Strips([30, 17, 9, 12], window: Self.same(5)))
    #expect(five.count == 3)
    #expect(five.gap == 2)
    #expect(five.shape(of: [30, 17, 9, 12]) == [10, 17, 9, 40])
  }

  @Test func noStripsWhereAPictureFillsATileOrTheBatchDoesNotDivideOrColumnsChange() {
    #expect(Strips([128, 1, 6, 6], window: Self.same(3)) == nil)
    #expect(Strips([128, 16, 24, 24], window: Self.same(3)) == nil)
    #expect(Strips([101, 16, 6, 6], window: Self.same(3)) == nil)
    #expect(Strips([8, 16, 6, 6], window: Window(kernel: [3, 3])) == nil)
    #expect(
      Strips([8, 16, 6, 6], window: Window(kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1])) == nil)
    #expect(
      Strips([8, 16, 6, 6], window: Window(kernel: [3, 3], pads: [2, 2, 2, 2], dilations: [2, 2])) == nil)
  }

  private static func check(seed: Int, kernel: Int) -> GradientCheck {
    let (input, output) = ([19, 16, 20][seed], [17, 5, 32][seed])
    var check = GradientCheck(seed: seed, input: [[6, 4, 8][seed], input, 5, [6, 12, 3][seed]])
    check.addRandom("weight", [output, input, kernel, kernel])
    check.addRandom("bias", [output])
    check.append(.convolution(same(kernel), groups: 1), ["data", "weight", "bias"], output: "y")
    return check
  }

  @Test(arguments: 0..<3, [2, 3, 5]) func gradientsInStripsEqualDifferences(seed: Int, kernel: Int) throws {
    var check = Self.check(seed: seed, kernel: kernel)
    try check.run(usesStrips: true)
  }

  @Test(arguments: 0..<3, [2, 3, 5]) func resultsInStripsEqualThoseOneByOne(seed: Int, kernel: Int) throws {
    var check = Self.check(seed: seed, kernel: kernel)
    // A second layer, so that what the first one's strips leave behind would show.
    let channels = check.graph.parameters["weight"]!.shape[0]
    check.addRandom("second", [4, channels, 3, 3])
    check.append(.convolution(Self.same(3), groups: 1), ["y", "second"], output: "z")
    let results = try [false, true].map { usesStrips in
      let session = try TrainingSession(graph: check.graph, batch: check.batch, usesStrips: usesStrips)
      let weighting = (0..<session.outputShapes[0].reduce(1, *)).map { Float($0 % 7) - 3 }
      // The second step finds what the first one left in the strips.
      for _ in 0..<2 {
        try session.forward(training: true)
        try session.setOutputGradient(0, weighting)
        try session.backward()
      }
      return try [session.output(0)]
        + ["weight", "second", "x"].map { session.gradient(of: $0)?.values ?? [] }
    }
    for (single, joined) in zip(results[0], results[1]) {
      let scale = single.map(abs).max() ?? 0
      #expect(scale > 0)
      #expect(zip(single, joined).allSatisfy { abs($0 - $1) <= 1e-5 * scale })
    }
  }
}
