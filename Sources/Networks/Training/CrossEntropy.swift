import Foundation

/// Softmax cross-entropy with soft targets, and its gradient with respect to the logits.
enum CrossEntropy {
  /// Loss = -Σ target × log softmax(logits) / rows. A row of zero targets counts nothing: pad a short batch with it.
  ///
  /// - Parameters:
  ///   - logits: `[rows, classes]`, row-major.
  ///   - targets: as many values as `logits`.
  ///   - gradient: receives (softmax × Σ targets - targets) / rows.
  static func loss(
    logits: UnsafeMutableBufferPointer<Float>, targets: [Float], classes: Int,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    let rows = logits.count / classes
    var loss = 0.0
    for start in stride(from: 0, to: rows * classes, by: classes) {
      let row = start..<start + classes
      let top = logits[row].max() ?? 0
      let sum = row.reduce(Float(0)) { $0 + exp(logits[$1] - top) }
      let logSum = top + log(sum)
      let mass = targets[row].reduce(0, +)
      for index in row {
        loss -= Double(targets[index]) * Double(logits[index] - logSum)
        gradient[index] = (exp(logits[index] - logSum) * mass - targets[index]) / Float(rows)
      }
    }
    return Float(loss / Double(rows))
  }
}
