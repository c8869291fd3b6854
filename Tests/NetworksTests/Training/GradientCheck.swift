import Testing

@testable import Networks

/// Holds every parameter's gradient to central differences of a random linear loss of all outputs.
struct GradientCheck {
  var generator: SeededGenerator
  var graph = Graph(name: "check", inputs: [])
  private var last = "x"

  init(seed: Int, input shape: [Int]) {
    generator = SeededGenerator(seed: UInt64(seed))
    graph.inputs = [Graph.Value(name: "input", shape: shape)]
    // The input as a parameter of its own, so that its gradient can be read: values keep clear of one
    // another and of zero, where a rectifier or a maximum has no derivative.
    let count = shape.reduce(1, *)
    let spread = (0..<count).map { (Float($0) + 0.5 - Float(count) / 2) * 4 / Float(count) }
    add("x", shape, spread.shuffled(using: &generator))
    append(.add, ["input", "x"], output: "data")
  }

  var batch: Int { graph.inputs[0].shape[0] ?? 1 }

  mutating func add(_ name: String, _ shape: [Int], _ values: [Float]) {
    graph.parameters[name] = Tensor(shape: shape, values: values)
  }

  mutating func addRandom(_ name: String, _ shape: [Int], in range: ClosedRange<Float> = -1...1) {
    add(name, shape, (0..<shape.reduce(1, *)).map { _ in Float.random(in: range, using: &generator) })
  }

  mutating func append(_ operation: Operation, _ inputs: [String], output: String) {
    graph.nodes.append(Graph.Node(name: output, operation: operation, inputs: inputs, outputs: [output]))
    graph.outputs = [output]
  }

  /// Compares up to `samples` elements of each parameter.
  mutating func run(
    tolerance: Double = 0.02, epsilon: Float = 0.004, samples: Int = 12,
    usesStrips: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let session = try TrainingSession(graph: graph, batch: batch, seed: 7, usesStrips: usesStrips)
    let weightings = session.outputShapes.map { shape in
      (0..<shape.reduce(1, *)).map { _ in Float.random(in: -1...1, using: &generator) }
    }
    func loss() throws -> Double {
      session.plan.randomness.pass = 0
      try session.forward(training: true)
      return try weightings.indices.reduce(0.0) { sum, position in
        try zip(session.output(position), weightings[position]).reduce(sum) {
          $0 + Double($1.0) * Double($1.1)
        }
      }
    }
    _ = try loss()
    for (position, weighting) in weightings.enumerated() {
      try session.setOutputGradient(position, weighting)
    }
    try session.backward()
    for segment in session.plan.weights.segments {
      let gradient = try #require(session.gradient(of: segment.name)).values
      let scale = gradient.map { abs(Double($0)) }.max() ?? 0
      #expect(scale > 0, "\(segment.name) has no gradient", sourceLocation: sourceLocation)
      for index in Array(0..<segment.count).shuffled(using: &generator).prefix(samples) {
        let original = session.plan.weights.floats[segment.offset + index]
        session.plan.weights.floats[segment.offset + index] = original + epsilon
        let above = try loss()
        session.plan.weights.floats[segment.offset + index] = original - epsilon
        let below = try loss()
        session.plan.weights.floats[segment.offset + index] = original
        let numerical = (above - below) / Double(2 * epsilon)
        let error = abs(numerical - Double(gradient[index])) / max(scale, 1e-3)
        #expect(
          error < tolerance,
          "\(segment.name)[\(index)]: analytic \(gradient[index]), numerical \(numerical)",
          sourceLocation: sourceLocation)
      }
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
