/// A *displayed* expression, in FER2013's order. What a face shows is not what a person feels.
public enum Expression: Int, CaseIterable, Sendable, Codable {
  case angry, disgust, fear, happy, sad, surprise, neutral

  /// The column and label name: `angry`, `disgust`, …
  public var name: String {
    switch self {
    case .angry: "angry"
    case .disgust: "disgust"
    case .fear: "fear"
    case .happy: "happy"
    case .sad: "sad"
    case .surprise: "surprise"
    case .neutral: "neutral"
    }
  }

  public init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }

  private static let synonyms: [String: Expression] = [
    "anger": .angry, "disgusted": .disgust, "fearful": .fear, "afraid": .fear, "scared": .fear,
    "happiness": .happy, "joy": .happy, "sadness": .sad, "surprised": .surprise, "neutrality": .neutral,
  ]

  /// By its name or another usual word, in any case: `Happiness`.
  public init?(word: String) {
    let word = word.lowercased().filter { !$0.isWhitespace }
    guard let match = Expression(name: word) ?? Self.synonyms[word] else { return nil }
    self = match
  }
}

/// Softmax over the seven expressions, in FER2013's order; sums to one.
public struct ExpressionProbabilities: Hashable, Sendable {
  public let values: [Float]

  /// `nil` unless there are seven values.
  public init?(_ values: [Float]) {
    guard values.count == Expression.allCases.count else { return nil }
    self.values = values
  }

  public subscript(expression: Expression) -> Float { values[expression.rawValue] }

  /// The most probable expression; the first in FER2013's order where two are equal.
  public var top: Expression {
    var top = 0
    for index in 1..<values.count where values[index] > values[top] { top = index }
    return Expression(rawValue: top) ?? .neutral
  }

  /// Probability of the first minus that of the second: how clear the winner is, 0 to 1.
  public var margin: Float {
    var (first, second) = (-Float.infinity, -Float.infinity)
    for value in values {
      if value > first { (first, second) = (value, first) } else if value > second { second = value }
    }
    return first - second
  }
}
