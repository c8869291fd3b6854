/// The count of a night, for its last line and for monitoring.
public struct Tally: Hashable, Sendable, Codable {
  public var new = 0
  /// Summarised again from what was measured before.
  public var renewed = 0
  public var unchanged = 0
  public var failed = 0
  /// Failed before and not due for another try.
  public var waiting = 0
  /// Still being written, or left for the next run because the time was up.
  public var left = 0
  /// The reasons of what failed, each with its number, the most frequent first.
  public var reasons: [String: Int] = [:]

  public init() {}

  public var recordings: Int { new + renewed + unchanged + failed + waiting + left }

  /// Made for the subject of cron's mail: `41 recordings: 38 new reports, 2 unchanged, 1 failed (reason)`.
  public var line: String {
    var parts: [String] = []
    if new > 0 { parts.append("\(new) new report\(new == 1 ? "" : "s")") }
    if renewed > 0 { parts.append("\(renewed) renewed") }
    if unchanged > 0 { parts.append("\(unchanged) unchanged") }
    if failed > 0 { parts.append("\(failed) failed (\(reasonList))") }
    if waiting > 0 { parts.append("\(waiting) failed before and not due yet") }
    if left > 0 { parts.append("\(left) left for the next run") }
    let noun = recordings == 1 ? "recording" : "recordings"
    return "\(recordings) \(noun): " + (parts.isEmpty ? "nothing to do" : parts.joined(separator: ", "))
  }

  private var reasonList: String {
    let sorted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return sorted.map { $0.value > 1 ? "\($0.value) × \($0.key)" : $0.key }.joined(separator: "; ")
  }
}
