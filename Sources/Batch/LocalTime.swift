public import Foundation

extension Date {
  /// As a clock on the wall shows it: `2026-03-01 01:00:00`.
  public func wallClock(in zone: TimeZone = .current) -> String {
    formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone).year().month().day()
        .dateTimeSeparator(.space).time(includingFractionalSeconds: false))
  }
}
