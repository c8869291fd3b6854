public import Foundation

/// What is known of an output folder at a moment.
public struct Status: Sendable, Codable {
  public var reports: [ReportEntry]
  public var failures: [FailureEntry]
  public var night: NightEntry?
  public var isRunning: Bool
  /// What a cluster has in hand; `nil` where nothing was handed to one.
  public var cluster: ClusterState?

  /// A cluster's arrays, and the job that merges what they leave.
  public struct ClusterState: Sendable, Codable {
    public var jobs: [String]
    /// Elements by Slurm's words for their state; `nil` where Slurm cannot be asked.
    public var states: [String: Int]?
    public var elements: Int
    public var ended: Int

    init(jobs: [String], states: [String: Int]?, elements: Int, ended: Int) {
      self.jobs = jobs
      self.states = states
      self.elements = elements
      self.ended = ended
    }

    public init(_ plan: ClusterPlan, in output: URL, states: [String: Int]?) {
      self.init(
        jobs: plan.slurmJobs, states: states, elements: plan.elements.count, ended: plan.ended(in: output))
    }
  }

  public init(
    reports: [ReportEntry], failures: [FailureEntry], night: NightEntry?, isRunning: Bool,
    cluster: ClusterState? = nil
  ) {
    self.reports = reports
    self.failures = failures
    self.night = night
    self.isRunning = isRunning
    self.cluster = cluster
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
    var lines = [nightLine] + (cluster.map { [Self.line($0)] } ?? [])
    let hours = reports.reduce(0) { $0 + $1.seconds } / 3600
    lines.append("reports  \(reports.count), \(Self.rounded(hours)) hours of recordings")
    lines.append("failed   \(failures.isEmpty ? "none" : String(failures.count))")
    for entry in failures {
      let again =
        entry.failure.kind == .permanent
        ? "not tried again until it, the pipeline or the program changes" : "will be tried again"
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
      if cluster != nil { return "night    began \(began), \(night.due) recordings handed to the cluster" }
      return "night    began \(began) and was killed; the next run goes on where it was"
    }
    return "night    \(began) to \(Self.moment(ended)): \(night.tally.line)"
  }

  private static func line(_ cluster: ClusterState) -> String {
    let jobs = cluster.jobs.joined(separator: ", ")
    let done = "cluster  Slurm's \(jobs): \(cluster.ended) of \(cluster.elements) elements done"
    guard let states = cluster.states else { return "\(done); Slurm cannot be asked from here" }
    if states.isEmpty { return "\(done), none running; the next run merges what they left" }
    return done + ", "
      + states.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.lowercased())" }.joined(separator: ", ")
  }

  private static func moment(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).wallClock()
  }

  private static func rounded(_ hours: Double) -> String {
    let tenths = Int((hours * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
