import Networks

/// Loss and accuracy on faces that the training does not see.
struct ValidationPass {
  let source: BatchSource

  struct Result {
    /// The sum over the network's answers.
    var loss: Double
    /// Of the first answer, with FER2013's labels.
    var accuracy: Double
    /// Of the last answer, with FER+'s majorities.
    var majorityAccuracy: Double
  }

  func run(_ session: TrainingSession) throws -> Result {
    var (tally, majorityTally) = (Tally(), Tally())
    var lossSum = 0.0
    let last = session.outputShapes.count - 1
    for start in stride(from: 0, to: source.faces.count, by: session.batch) {
      let batch = source.plainBatch(start..<min(start + session.batch, source.faces.count))
      // A short last batch is filled up with zeros, which count nothing.
      let missing = session.batch - batch.count
      try session.setInput(batch.images + Array(repeating: 0, count: missing * Face.pixelCount))
      try session.forward(training: false)
      let loss = try batch.loss(of: session)
      lossSum += Double(loss) * Double(session.batch)
      tally.add(loss: Double(loss), logits: try session.output(), labels: batch.labels)
      majorityTally.add(loss: 0, logits: try session.output(last), labels: batch.majorities)
    }
    return Result(
      loss: lossSum / Double(max(1, source.faces.count)), accuracy: tally.accuracy,
      majorityAccuracy: majorityTally.accuracy)
  }

  /// The same with the averaged weights, which are put back afterwards.
  func runAveraged(_ session: TrainingSession) throws -> Result {
    session.exchangeAverage()
    defer { session.exchangeAverage() }
    return try run(session)
  }
}

extension Batch {
  /// The cross-entropies of all answers together, each of whose gradients is set.
  func loss(of session: TrainingSession) throws -> Float {
    try session.outputShapes.indices.reduce(0) { sum, output in
      try sum + session.crossEntropy(targets(of: output, rows: session.batch), output: output)
    }
  }
}
