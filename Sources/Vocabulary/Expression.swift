/// A *displayed* expression, in FER2013's order. What a face shows is not what a person feels.
public enum Expression: Int, CaseIterable, Sendable, Codable {
  case angry, disgust, fear, happy, sad, surprise, neutral

  /// The column and label name: `angry`, `disgust`, …
  public var name: String { String(describing: self) }

  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// Softmax over the seven expressions, in FER2013's order; sums to one.
public struct ExpressionProbabilities: Hashable, Sendable, Codable {
  public let values: [Float]

  /// `nil` unless there are seven values.
  public init?(_ values: [Float]) {
    guard values.count == Expression.allCases.count else { return nil }
    self.values = values
  }

  public subscript(expression: Expression) -> Float { values[expression.rawValue] }

  /// The most probable expression; the first in FER2013's order where two are equal.
  public var top: Expression {
    Expression.allCases.max { self[$0] < self[$1] || (self[$0] == self[$1] && $0.rawValue > $1.rawValue) }
      ?? .neutral
  }

  /// Probability of the first minus that of the second: how clear the winner is, 0 to 1.
  public var margin: Float {
    let sorted = values.sorted(by: >)
    return sorted[0] - sorted[1]
  }
}
