/// What an optimizer remembers between steps, and the running average of the weights.
final class OptimizerMemory {
  private let arena: ParameterArena
  private let statistics: ParameterArena
  /// Steps so far.
  var steps = 0
  /// Velocity, or Adam's first and second moments.
  var moments: [Buffer] = []
  /// Weights, then running statistics; empty before the first average.
  var averages: [Buffer] = []

  init(arena: ParameterArena, statistics: ParameterArena) {
    self.arena = arena
    self.statistics = statistics
  }

  func step(_ optimizer: Optimizer, gradients: Buffer) {
    steps += 1
    switch optimizer.rule {
    case .sgd(let momentum, let nesterov):
      reserveMoments(1)
      eachTrained(gradients, optimizer) { weights, gradients, moments, decay in
        OptimizerStep.sgd(
          optimizer, momentum: momentum, nesterov: nesterov, decay: decay, weights: weights,
          gradients: gradients, velocity: moments[0])
      }
    case .adam(let beta1, let beta2, let epsilon):
      reserveMoments(2)
      eachTrained(gradients, optimizer) { weights, gradients, moments, decay in
        OptimizerStep.adam(
          optimizer, beta1: beta1, beta2: beta2, epsilon: epsilon, step: steps, decay: decay,
          weights: weights, gradients: gradients, first: moments[0], second: moments[1])
      }
    }
  }

  func clip(_ gradients: Buffer, norm limit: Float) -> Float {
    var squares = 0.0
    eachTrained(gradients, nil) { _, gradients, _, _ in
      squares += gradients.reduce(0.0) { $0 + Double(($1 * $1).sum()) }
    }
    let norm = Float(squares.squareRoot())
    guard norm > limit else { return norm }
    let factor = limit / norm
    let values = arena.floats(in: gradients)
    for index in values.indices { values[index] *= factor }
    return norm
  }

  func updateAverage(decay: Float) {
    let first = averages.isEmpty
    if first { averages = [arena.companion(), statistics.companion()] }
    for (average, arena) in zip(averages, [arena, statistics]) {
      let mean = OptimizerStep.vectors(arena.floats(in: average))
      let current = OptimizerStep.vectors(arena.floats)
      let keep = first ? 0 : decay
      for index in mean.indices { mean[index] = mean[index] * keep + current[index] * (1 - keep) }
    }
  }

  func exchangeAverage() {
    for (average, arena) in zip(averages, [arena, statistics]) {
      let (other, own) = (arena.floats(in: average), arena.floats)
      for index in own.indices { (own[index], other[index]) = (other[index], own[index]) }
    }
  }

  func reserveMoments(_ count: Int) {
    while moments.count < count { moments.append(arena.companion()) }
  }

  /// Visits the vectors of each trained tensor with its weight decay.
  private func eachTrained(
    _ gradients: Buffer, _ optimizer: Optimizer?,
    _ body: (OptimizerStep.Vectors, OptimizerStep.Vectors, [OptimizerStep.Vectors], Float) -> Void
  ) {
    for segment in arena.segments where segment.count > 0 {
      let range = segment.offset..<(segment.offset + segment.count + 15) / 16 * 16
      func vectors(_ floats: UnsafeMutableBufferPointer<Float>) -> OptimizerStep.Vectors {
        OptimizerStep.vectors(floats.extracting(range))
      }
      let decay = segment.shape.count > 1 ? optimizer?.weightDecay ?? 0 : 0
      body(
        vectors(arena.floats), vectors(arena.floats(in: gradients)),
        moments.map { vectors(arena.floats(in: $0)) }, decay)
    }
  }
}
