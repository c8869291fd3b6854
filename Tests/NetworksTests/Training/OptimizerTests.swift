import Testing

@testable import Networks

/// Steps worked by hand on one weight of a dense layer without bias; y = w × x, loss gradient set directly.
@Suite struct OptimizerTests {
  /// The weight after each step, the gradient being given.
  private func walk(
    _ optimizer: Optimizer, from weight: Float, gradients: [Float],
    prepare: (TrainingSession) -> Void = { _ in }
  ) throws -> [Float] {
    let graph = Graph(
      name: "one", inputs: [.init(name: "x", shape: [1, 1])],
      nodes: [
        .init(
          name: "y", operation: .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: true),
          inputs: ["x", "w", "b"], outputs: ["y"])
      ], outputs: ["y"],
      parameters: [
        "w": Tensor(zeros: [1, 1]).filled(weight), "b": Tensor(zeros: [1]).filled(weight),
      ])
    let session = try TrainingSession(graph: graph, batch: 1)
    return try gradients.map { gradient in
      try session.setInput([1])
      try session.forward(training: true)
      try session.setOutputGradient(0, [gradient])
      try session.backward()
      prepare(session)
      session.step(optimizer)
      return try #require(session.graph().parameters["w"]).values[0]
    }
  }

  private func expect(_ found: [Float], equals wanted: [Float], within tolerance: Float = 1e-6) {
    #expect(found.count == wanted.count)
    for (a, b) in zip(found, wanted) { #expect(abs(a - b) <= tolerance, "\(found) is not \(wanted)") }
  }

  @Test func plainDescentTakesTheGradientTimesTheRate() throws {
    try expect(walk(.sgd(learningRate: 0.1), from: 1, gradients: [2, -1]), equals: [0.8, 0.9])
  }

  @Test func momentumRemembersTheVelocity() throws {
    // v: -0.1, -0.19; w: 0.9, 0.71.
    try expect(
      walk(.sgd(learningRate: 0.1, momentum: 0.9), from: 1, gradients: [1, 1]), equals: [0.9, 0.71])
  }

  @Test func nesterovLooksAhead() throws {
    // v = -0.1, w += 0.9 × -0.1 - 0.1; then v = -0.19, w += 0.9 × -0.19 - 0.1.
    try expect(
      walk(.sgd(learningRate: 0.1, momentum: 0.9, nesterov: true), from: 1, gradients: [1, 1]),
      equals: [0.81, 0.539])
  }

  @Test func weightDecayJoinsTheGradient() throws {
    // g = 1 + 0.5 × 2 = 2.
    try expect(
      walk(.sgd(learningRate: 0.1, weightDecay: 0.5), from: 2, gradients: [1]), equals: [1.8])
  }

  @Test func adamStepsByTheRateAtFirstAndByItsMomentsThen() throws {
    // Step 1: m = 0.2, v = 0.004: 0.01 × √0.001 / 0.1 × 0.2 / √0.004 = 0.01.
    // Step 2, g = -1: m = 0.08, v = 0.004996: rate 0.01 × √0.001999 / 0.19 = 0.002353190; × 0.08 / 0.07068239 = 0.002663394.
    try expect(
      walk(.adam(learningRate: 0.01), from: 1, gradients: [2, -1]), equals: [0.99, 0.98733661],
      within: 2e-6)
  }

  @Test func adamWShrinksTheWeightBesideTheStep() throws {
    // 1 - 0.01 × 0.1 - 0.01.
    try expect(
      walk(.adamW(learningRate: 0.01, weightDecay: 0.1), from: 1, gradients: [2]), equals: [0.989],
      within: 2e-6)
  }

  @Test func biasesAreNotDecayed() throws {
    var bias: Float?
    _ = try walk(.sgd(learningRate: 0.1, weightDecay: 0.5), from: 2, gradients: [1, 1]) { session in
      bias = session.graph().parameters["b"]?.values[0]
    }
    #expect(bias == 1.9)
  }

  @Test func clippingScalesTheWholeGradientToTheNorm() throws {
    // Weight and bias both have gradient 3: norm √18.
    var norm: Float = 0
    let walked = try walk(.sgd(learningRate: 1), from: 0, gradients: [3]) {
      norm = $0.clipGradients(norm: 2)
    }
    #expect(abs(norm - Float(18).squareRoot()) < 1e-5)
    expect(walked, equals: [-Float(2).squareRoot()])
  }
}

extension Optimizer {
  static func sgd(
    learningRate: Float, momentum: Float = 0, nesterov: Bool = false, weightDecay: Float = 0
  ) -> Optimizer {
    Optimizer(
      rule: .sgd(momentum: momentum, nesterov: nesterov), learningRate: learningRate,
      weightDecay: weightDecay)
  }

  static func adam(learningRate: Float) -> Optimizer {
    Optimizer(rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7), learningRate: learningRate)
  }
}

extension Tensor {
  func filled(_ value: Float) -> Tensor {
    var copy = self
    copy.values = Array(repeating: value, count: count)
    return copy
  }
}
