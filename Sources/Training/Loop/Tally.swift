import enum Vocabulary.Expression

/// Running loss and accuracy over batches.
struct Tally {
  private var lossSum = 0.0
  private var batches = 0
  private var correct = 0
  private var rows = 0

  var loss: Double { batches > 0 ? lossSum / Double(batches) : 0 }
  var accuracy: Double { rows > 0 ? Double(correct) / Double(rows) : 0 }

  /// - Parameters:
  ///   - logits: `[rows, 7]`; rows beyond the labels are padding.
  ///   - labels: a face without one counts nothing.
  mutating func add(loss: Double, logits: [Float], labels: [Expression?]) {
    let classes = Expression.allCases.count
    lossSum += loss
    batches += 1
    for (row, label) in labels.enumerated() {
      guard let label else { continue }
      rows += 1
      let scores = logits[row * classes..<(row + 1) * classes]
      // As an evaluation ranks: the first of equal scores is the answer.
      let top = scores.max().flatMap(scores.firstIndex)
      if top == row * classes + label.rawValue { correct += 1 }
    }
  }
}
