/// A network in training: a graph compiled for one batch size, its weights, and the optimizer's memory.
///
/// A step is `setInput`, `forward(training: true)`, `crossEntropy` or `setOutputGradient`, `backward`, `step`;
/// it allocates nothing. One task at a time may use a session.
public final class TrainingSession {
  /// What a step repeats for every input: pictures in a batch.
  public let batch: Int
  /// Shapes of the inputs and outputs, the batch first.
  public let inputShapes: [[Int]]
  public let outputShapes: [[Int]]
  public let precision: Precision
  /// Parameters that the optimizer moves: without running statistics.
  public let trainableCount: Int

  let plan: TrainingPlan
  let optimizerMemory: OptimizerMemory
  private let source: Graph
  private let inputs: [Memory]
  private let outputs: [Memory]
  private let outputGradients: [Memory]

  /// - Parameters:
  ///   - inputShape: of the first input without its batch, where the graph leaves it free.
  ///   - precision: of activations and products, where this processor has it; weights, statistics, sums and the
  ///     loss stay float32.
  ///   - seed: of dropout.
  /// - Throws: `NetworksError` naming the node that cannot be trained.
  public convenience init(
    graph: Graph, batch: Int, inputShape: [Int]? = nil, precision: Precision = .float32,
    threads: Int = 1, seed: UInt64 = 0
  ) throws {
    let precision = precision.onThisProcessor
    try self.init(
      graph: graph, batch: batch, inputShape: inputShape, precision: precision, threads: threads, seed: seed,
      usesStrips: precision == .bfloat16 && Processor.multipliesTiles)
  }

  /// - Parameter usesStrips: whether small pictures are convolved side by side.
  init(
    graph: Graph, batch: Int, inputShape: [Int]? = nil, precision: Precision = .float32,
    threads: Int = 1, seed: UInt64 = 0, usesStrips: Bool
  ) throws {
    let processor = try Processor(threads: threads)
    source = graph
    self.batch = batch
    self.precision = precision
    let tensors = Self.trainingOrder(of: graph)
    let weights = ParameterArena(tensors.weights)
    plan = TrainingPlan(
      processor: processor, precision: self.precision, weights: weights,
      statistics: ParameterArena(tensors.statistics), seed: seed, usesStrips: usesStrips)
    trainableCount = weights.segments.reduce(0) { $0 + $1.count }
    optimizerMemory = OptimizerMemory(arena: weights, statistics: plan.statistics)

    inputShapes = try graph.inputs.enumerated().map { position, input in
      try Self.shape(of: input, batch: batch, given: position == 0 ? inputShape : nil)
    }
    inputs = try inputShapes.map { try Memory(Layout($0), on: processor) }
    for (input, memory) in zip(graph.inputs, inputs) { plan.define(input.name, memory, from: []) }
    try plan.compile(graph)
    let plan = plan
    outputs = try graph.outputs.map { try plan.output($0) }
    outputShapes = outputs.map(\.layout.shape)
    outputGradients = try outputs.map { try Memory($0.layout, on: processor) }
    for (name, gradient) in zip(graph.outputs, outputGradients) { plan.contribute(gradient, to: name) }
    try plan.compileBackward()
  }

  // MARK: A step

  /// Copies the first input's values of a whole batch, row-major.
  public func setInput(_ values: [Float]) throws {
    try withInput { input in
      guard values.count == input.count else {
        throw NetworksError.wrongCount(
          name: source.inputs[0].name, expected: input.count, found: values.count)
      }
      _ = input.update(fromContentsOf: values)
    }
  }

  /// Gives access to the first input's values, row-major, to be written in place.
  public func withInput<Result>(_ body: (UnsafeMutableBufferPointer<Float>) throws -> Result) throws
    -> Result
  {
    try body(memory(inputs, 0, "input").floats)
  }

  /// Runs the network. In training, batch normalization uses the batch's statistics and moves the running
  /// ones, and dropout drops; otherwise the running statistics are used.
  public func forward(training: Bool) throws {
    plan.processor.claimThreads()
    if training { plan.randomness.pass += 1 }
    for gradient in outputGradients { gradient.floats.update(repeating: 0) }
    for layer in plan.softmaxLayers.values { layer.receivesLogitGradient = false }
    for step in training ? plan.trainingSteps : plan.evaluationSteps { try step.run() }
  }

  /// An output's values, row-major, as the last `forward` left them.
  public func output(_ position: Int = 0) throws -> [Float] {
    try Array(memory(outputs, position, "output").floats)
  }

  /// The mean softmax cross-entropy of a batch, and sets the gradient of that output. The output is `[N,
  /// classes]`: logits, or a softmax of them, in which case the gradient skips the softmax.
  ///
  /// - Parameter targets: a distribution a row; a row of zeros counts nothing, so that a short batch can be
  ///   padded. The mean is over all rows.
  public func crossEntropy(_ targets: [Float], output position: Int = 0) throws -> Float {
    let output = try memory(outputs, position, "output")
    let gradient = outputGradients[position].floats
    guard let classes = output.layout.shape.last, classes > 0, targets.count == output.floats.count
    else {
      throw NetworksError.wrongCount(
        name: "targets", expected: output.floats.count, found: targets.count)
    }
    let softmax = plan.softmaxLayers[source.outputs[position]]
    softmax?.receivesLogitGradient = true
    return CrossEntropy.loss(
      logits: (softmax?.logits ?? output).floats, targets: targets, classes: classes,
      gradient: gradient)
  }

  /// Sets the gradient of a loss of the caller's own with respect to an output, row-major. Outputs for which
  /// nothing is set since the last `forward` have a gradient of zero.
  public func setOutputGradient(_ position: Int, _ values: [Float]) throws {
    try withOutputGradient(position) { gradient in
      guard values.count == gradient.count else {
        throw NetworksError.wrongCount(
          name: "gradient of \(source.outputs[position])", expected: gradient.count,
          found: values.count)
      }
      _ = gradient.update(fromContentsOf: values)
    }
  }

  /// As `setOutputGradient`, written in place; zero after each `forward`.
  public func withOutputGradient<Result>(
    _ position: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) throws -> Result {
    try body(memory(outputGradients, position, "output").floats)
  }

  /// Computes the gradient of every parameter; needs `forward(training: true)` before it.
  public func backward() throws {
    plan.processor.claimThreads()
    for step in plan.backwardSteps { try step.run() }
  }

  /// Scales all gradients so that their Euclidean norm is at most `limit`; returns the norm before.
  @discardableResult
  public func clipGradients(norm limit: Float) -> Float {
    optimizerMemory.clip(plan.gradientBuffer, norm: limit)
  }

  /// Moves the weights. Weight decay spares vectors: biases, and the scale and shift of normalization.
  public func step(_ optimizer: Optimizer) {
    optimizerMemory.step(optimizer, gradients: plan.gradientBuffer)
  }

  // MARK: Averages

  /// Moves the average of weights and running statistics: average = decay × average + (1 - decay) × current.
  /// The first call copies.
  public func updateAverage(decay: Float) {
    optimizerMemory.updateAverage(decay: decay)
  }

  /// Exchanges the weights and running statistics with their average, to evaluate or export it; call it again
  /// to go on training. Does nothing before the first `updateAverage`.
  public func exchangeAverage() {
    optimizerMemory.exchangeAverage()
  }

  // MARK: Reading out

  /// The graph with the weights and running statistics as they are now.
  public func graph() -> Graph {
    var graph = source
    // They were those of the weights that training began with.
    graph.ranges = [:]
    for arena in [plan.weights, plan.statistics] {
      for segment in arena.segments { graph.parameters[segment.name] = arena.tensor(segment) }
    }
    return graph
  }

  /// The gradient of a parameter as the last `backward` left it; `nil` for an unknown name.
  public func gradient(of parameter: String) -> Tensor? {
    guard let segment = plan.weights[parameter] else { return nil }
    let values = plan.weights.floats(in: plan.gradientBuffer)
    return Tensor(
      shape: segment.shape, values: Array(values[segment.offset..<segment.offset + segment.count]))
  }

  private func memory(_ memories: [Memory], _ position: Int, _ kind: String) throws -> Memory {
    guard memories.indices.contains(position) else {
      throw NetworksError.invalidGraph(
        node: source.name, reason: "there is no \(kind) \(position); there are \(memories.count)")
    }
    return memories[position]
  }
}

extension TrainingSession {
  /// Parameters in the order of their use, running statistics apart.
  private static func trainingOrder(
    of graph: Graph
  ) -> (weights: [(String, Tensor)], statistics: [(String, Tensor)]) {
    var weights: [(String, Tensor)] = []
    var statistics: [(String, Tensor)] = []
    var seen: Set<String> = []
    for node in graph.nodes {
      for (position, name) in node.inputs.enumerated() where seen.insert(name).inserted {
        guard let tensor = graph.parameters[name] else { continue }
        if case .batchNormalization = node.operation, position > 2 {
          statistics.append((name, tensor))
        } else {
          weights.append((name, tensor))
        }
      }
    }
    return (weights, statistics)
  }

  private static func shape(of input: Graph.Value, batch: Int, given: [Int]?) throws -> [Int] {
    let shape = [batch] + (given ?? input.shape.dropFirst().compactMap(\.self))
    let fits = zip(shape.dropFirst(), input.shape.dropFirst()).allSatisfy { $1 == nil || $0 == $1 }
    guard shape.count == input.shape.count, fits, shape.allSatisfy({ $0 > 0 }),
      let count = Tensor.count(of: shape), count < 1 << 31
    else {
      throw NetworksError.invalidGraph(
        node: input.name, reason: "shape \(shape) does not fit the input's \(input.shape)")
    }
    return shape
  }
}
