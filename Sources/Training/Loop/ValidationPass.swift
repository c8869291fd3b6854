import Networks

/// Loss and accuracy on faces that the training does not see.
struct ValidationPass {
  let source: BatchSource

  func run(_ session: TrainingSession) throws -> (loss: Double, accuracy: Double) {
    var tally = Tally()
    var lossSum = 0.0
    for start in stride(from: 0, to: source.faces.count, by: session.batch) {
      let batch = source.plainBatch(start..<min(start + session.batch, source.faces.count))
      // A row of zero targets counts nothing, so a short last batch is filled up with zeros.
      let missing = session.batch - batch.count
      try session.setInput(batch.images + Array(repeating: 0, count: missing * Face.pixelCount))
      try session.forward(training: false)
      let width = batch.targets.count / max(1, batch.count)
      let loss = try session.crossEntropy(batch.targets + Array(repeating: 0, count: missing * width))
      lossSum += Double(loss) * Double(session.batch)
      tally.add(loss: Double(loss), logits: try session.output(), labels: batch.labels)
    }
    return (lossSum / Double(max(1, source.faces.count)), tally.accuracy)
  }

  /// The same with the averaged weights, which are put back afterwards.
  func runAveraged(_ session: TrainingSession) throws -> (loss: Double, accuracy: Double) {
    session.exchangeAverage()
    defer { session.exchangeAverage() }
    return try run(session)
  }
}
