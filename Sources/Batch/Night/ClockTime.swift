public import Foundation

/// A time of day, as in `--until 06:30`.
public struct ClockTime: Hashable, Sendable, CustomStringConvertible {
  public let hour: Int
  public let minute: Int

  /// Reads `H:MM` or `HH:MM`; `nil` for anything else.
  public init?(_ text: String) {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 2, (1...2).contains(fields[0].count), fields[1].count == 2,
      text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ":") }),
      let hour = Int(fields[0]), let minute = Int(fields[1]), (0...23).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    self.hour = hour
    self.minute = minute
  }

  /// One in the morning: the recordings of the day are there, and the reports will be.
  public static let nightly = ClockTime(hour: 1, minute: 0)

  private init(hour: Int, minute: Int) {
    self.hour = hour
    self.minute = minute
  }

  public var description: String { "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)" }

  /// The first such time after a moment, by the calendar's own rules for changes of the clock.
  public func next(after moment: Date, in calendar: Calendar = .current) -> Date? {
    calendar.nextDate(
      after: moment, matching: DateComponents(hour: hour, minute: minute),
      matchingPolicy: .nextTime)
  }
}
