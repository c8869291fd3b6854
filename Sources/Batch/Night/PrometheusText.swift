/// A night's figures in Prometheus' text format, for node_exporter's textfile collector.
public struct PrometheusText: Sendable {
  public var night: NightEntry
  public var reports: Int

  public init(night: NightEntry, reports: Int) {
    self.night = night
    self.reports = reports
  }

  public var text: String {
    var lines: [String] = []
    func gauge(_ name: String, _ help: String, _ samples: [(labels: String, value: Int64)]) {
      lines += ["# HELP afterclass_\(name) \(help)", "# TYPE afterclass_\(name) gauge"]
      lines += samples.map { "afterclass_\(name)\($0.labels) \($0.value)" }
    }
    let tally = night.tally
    let states = [
      ("new", tally.new), ("renewed", tally.renewed), ("unchanged", tally.unchanged),
      ("failed", tally.failed),
      ("waiting", tally.waiting), ("left", tally.left),
    ]
    gauge(
      "recordings", "Recordings of the last night by what became of them.",
      states.map { ("{state=\"\($0.0)\"}", Int64($0.1)) })
    gauge(
      "recordings_without_report",
      "Recordings that failed in the last night or before, and have not been mended.",
      [("", Int64(tally.failed + tally.waiting))])
    gauge("reports", "Reports in the output folder.", [("", Int64(reports))])
    gauge("last_start_timestamp_seconds", "When the last night began.", [("", night.started)])
    if let ended = night.ended {
      gauge("last_end_timestamp_seconds", "When the last night ended.", [("", ended)])
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
