import Foundation
public import Vocabulary

/// A length of time as people write it: `1s`, `500ms`, `2m`, `1.5h`, `180d`, `26w`, `00:05:00`, or plain seconds.
public struct Span: Hashable, Sendable {
  public let time: Timestamp

  public init(_ time: Timestamp) { self.time = time }

  public init?(_ text: String) {
    if text.contains(":") {
      guard let time = Self.clock(text) else { return nil }
      self.time = time
      return
    }
    let units: [(suffix: String, numerator: Int64, denominator: Int64)] = [
      ("ms", 1, 1000), ("s", 1, 1), ("m", 60, 1), ("h", 3600, 1), ("d", 86400, 1),
      ("w", 604_800, 1), ("", 1, 1),
    ]
    for unit in units where text.hasSuffix(unit.suffix) {
      guard let number = Self.decimal(text.dropLast(unit.suffix.count)) else { return nil }
      time = Timestamp(number.numerator, over: number.denominator * unit.denominator) * unit.numerator
      return
    }
    return nil
  }

  /// Seconds, rounded down; the greatest number where there are more.
  public var wholeSeconds: Int64 { time.numerator / time.denominator }

  /// `HH:MM:SS`, `MM:SS`, each with a fraction of a second allowed.
  private static func clock(_ text: String) -> Timestamp? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let seconds = decimal(parts[parts.count - 1]) else { return nil }
    guard seconds < Timestamp(60) else { return nil }
    var total = Timestamp.zero
    for (place, part) in parts.dropLast().enumerated() {
      guard let number = Int64(part), (0...(place == 0 ? 100_000 : 59)).contains(number) else { return nil }
      total = (total + Timestamp(number)) * 60
    }
    return total + seconds
  }

  /// Digits with at most nine behind the point, read exactly.
  private static func decimal(_ text: Substring) -> Timestamp? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    let digits = String(parts.first ?? "") + fraction
    guard !digits.isEmpty, fraction.count <= 9, digits.count <= 15,
      digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let numerator = Int64(digits)
    else { return nil }
    let denominator = (0..<fraction.count).reduce(Int64(1)) { value, _ in value * 10 }
    return Timestamp(numerator, over: denominator)
  }
}

extension Span: SettingText {
  static var expectation: String { "a time such as 1s, 500ms, 2m or 00:05:00" }
  init?(settingText: String) { self.init(settingText) }

  var settingText: String {
    if time.denominator == 1 { return "\(time.numerator)s" }
    if 1000 % time.denominator == 0 { return "\((time * 1000).numerator)ms" }
    return "\(time.seconds)s"
  }
}
