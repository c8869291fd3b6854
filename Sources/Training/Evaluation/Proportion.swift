/// A share of successes and how sure it is.
public struct Proportion: Hashable, Sendable {
  public let successes: Int
  public let trials: Int

  public init(_ successes: Int, of trials: Int) {
    self.successes = successes
    self.trials = trials
  }

  /// 0 where there were no trials.
  public var value: Double { trials > 0 ? Double(successes) / Double(trials) : 0 }

  /// Wilson's score interval (1927) at 95 %.
  public var interval: ClosedRange<Double> {
    guard trials > 0 else { return 0...1 }
    let (n, p, z) = (Double(trials), value, 1.959964)
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, centre - half)...min(1, centre + half)
  }
}
