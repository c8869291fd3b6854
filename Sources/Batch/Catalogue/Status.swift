import Foundation

/// What is known of an output folder at a moment.
public struct Status: Sendable, Codable {
  public var reports: [ReportEntry]
  public var failures: [FailureEntry]
  public var night: NightEntry?
  public var isRunning: Bool

  public init(reports: [ReportEntry], failures: [FailureEntry], night: NightEntry?, isRunning: Bool) {
    self.reports = reports
    self.failures = failures
    self.night = night
    self.isRunning = isRunning
  }

  public var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// For the terminal: the night in hand or the last one, the reports in one line, every failure in its own.
  public var text: String {
    var lines = [nightLine]
    let hours = reports.reduce(0) { $0 + $1.seconds } / 3600
    lines.append("reports  \(reports.count), \(Self.rounded(hours)) hours of recordings")
    lines.append("failed   \(failures.isEmpty ? "none" : String(failures.count))")
    for entry in failures {
      let again =
        entry.failure.kind == .permanent ? "not tried again until it changes" : "will be tried again"
      lines.append("  \(entry.path)\n    \(entry.failure.reason) (\(again))")
    }
    return lines.joined(separator: "\n")
  }

  private var nightLine: String {
    guard let night else { return "night    none yet" }
    let began = Self.moment(night.started)
    if isRunning {
      let done = night.tally.new + night.tally.renewed + night.tally.failed
      return
        "night    running since \(began), \(done) of \(night.due) done\(night.current.map { "; now \($0)" } ?? "")"
    }
    guard let ended = night.ended else {
      return "night    began \(began) and was killed; the next run goes on where it was"
    }
    return "night    \(began) to \(Self.moment(ended)): \(night.tally.line)"
  }

  private static func moment(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(
      .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false))
  }

  private static func rounded(_ hours: Double) -> String {
    let tenths = Int((hours * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
