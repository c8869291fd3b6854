/// An exact instant or span of presentation time: a rational number of seconds.
///
/// Seconds as `Double` are for display only; sampling 29.97 fps over two hours with them drifts.
public struct Timestamp: Hashable, Sendable, Codable {
  /// Whole units; together with `denominator` always in lowest terms.
  public let numerator: Int64
  /// Units in a second; always positive.
  public let denominator: Int64

  public static let zero = Timestamp(0)

  /// `numerator / denominator` seconds. A zero denominator is read as one, so that a file that claims
  /// a time base of `1/0` yields a wrong time and not a crash.
  public init(_ numerator: Int64, over denominator: Int64 = 1) {
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(
      reducing: sign * Int128(numerator), over: denominator == 0 ? 1 : sign * Int128(denominator))
  }

  /// For display and for files that people read: seconds as a floating-point number.
  public var seconds: Double { Double(numerator) / Double(denominator) }

  /// Rounded to the nearest millisecond, ties away from zero: what the CSV files show.
  public var milliseconds: Int64 {
    let scaled = numerator.multipliedFullWidth(by: 1000)
    let wide = Int128(scaled.high) << 64 | Int128(scaled.low)
    let base = Int128(denominator)
    let half = wide < 0 ? -base / 2 : base / 2
    return Int64(clamping: (wide + half) / base)
  }

  /// `HH:MM:SS`, whole seconds rounded down; a minus sign in front of negative times.
  public var timecode: String {
    let total = milliseconds.magnitude / 1000
    let fields = [total / 3600, total / 60 % 60, total % 60].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }
    return (milliseconds < 0 ? "-" : "") + fields.joined(separator: ":")
  }

  private init(reducing numerator: Int128, over denominator: Int128) {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = Int128(max(1, a))
    self.numerator = Int64(clamping: numerator / divisor)
    self.denominator = Int64(clamping: denominator / divisor)
  }
}

extension Timestamp: Comparable {
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    Int128(left.numerator) * Int128(right.denominator)
      < Int128(right.numerator) * Int128(left.denominator)
  }
}

extension Timestamp {
  public static func + (left: Timestamp, right: Timestamp) -> Timestamp {
    let sum =
      Int128(left.numerator) * Int128(right.denominator)
      + Int128(right.numerator) * Int128(left.denominator)
    return Timestamp(reducing: sum, over: Int128(left.denominator) * Int128(right.denominator))
  }

  public static func - (left: Timestamp, right: Timestamp) -> Timestamp {
    let difference =
      Int128(left.numerator) * Int128(right.denominator)
      - Int128(right.numerator) * Int128(left.denominator)
    return Timestamp(reducing: difference, over: Int128(left.denominator) * Int128(right.denominator))
  }

  public static func * (left: Timestamp, factor: Int64) -> Timestamp {
    Timestamp(
      reducing: Int128(left.numerator) * Int128(factor), over: Int128(left.denominator))
  }

  /// How many whole `interval`s fit into this time, rounded down; the index of the grid time at or before it.
  public func intervals(of interval: Timestamp) -> Int64 {
    let dividend = Int128(numerator) * Int128(interval.denominator)
    let divisor = Int128(denominator) * Int128(max(1, interval.numerator))
    let quotient = dividend / divisor
    return Int64(clamping: dividend % divisor < 0 ? quotient - 1 : quotient)
  }
}
