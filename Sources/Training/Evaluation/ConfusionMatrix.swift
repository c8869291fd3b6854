public import Vocabulary

/// How often each expression was read as each.
public struct ConfusionMatrix: Hashable, Sendable {
  /// `counts[actual][predicted]`, in FER2013's order.
  public private(set) var counts: [[Int]]

  public init() {
    let classes = Expression.allCases.count
    counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
  }

  public mutating func add(actual: Expression, predicted: Expression) {
    counts[actual.rawValue][predicted.rawValue] += 1
  }

  public var total: Int { counts.joined().reduce(0, +) }

  public var accuracy: Proportion {
    Proportion(counts.indices.reduce(0) { $0 + counts[$1][$1] }, of: total)
  }

  public func support(_ expression: Expression) -> Int { counts[expression.rawValue].reduce(0, +) }

  /// Of what was read as the expression, the share that was it; `nil` where nothing was.
  public func precision(_ expression: Expression) -> Double? {
    let index = expression.rawValue
    return share(counts[index][index], of: counts.reduce(0) { $0 + $1[index] })
  }

  /// Of what was the expression, the share that was read as it; `nil` where nothing was.
  public func recall(_ expression: Expression) -> Double? {
    share(counts[expression.rawValue][expression.rawValue], of: support(expression))
  }

  /// Harmonic mean of precision and recall, 0 where nothing was right; `nil` where the expression neither
  /// was there nor was read.
  public func f1(_ expression: Expression) -> Double? {
    let index = expression.rawValue
    let sum = support(expression) + counts.reduce(0) { $0 + $1[index] }
    return share(2 * counts[index][index], of: sum)
  }

  /// Mean F1 of the expressions that were there.
  public var macroF1: Double {
    let present = Expression.allCases.filter { support($0) > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + (f1($1) ?? 0) } / Double(present.count)
  }

  private func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}
