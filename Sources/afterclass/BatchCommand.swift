import ArgumentParser
import Batch
import Foundation
import Logging
import Media
import Pipeline
import Reporting

struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Analyse whatever is new in folders of recordings: the line for cron.",
    discussion: """
      Finds recordings at any depth, groups the views, transcripts and chats of each meeting, and reports on \
      each meeting once, wherever its files are moved to. What is still being written is left for the next \
      run. A bad recording does not stop the others. Killed or stopped, the next run goes on where this one \
      was. The last line counts what was done.

        afterclass batch /srv/recordings --output /srv/Reports --until 06:30
        afterclass status --output /srv/Reports              what it is doing, from another terminal
        afterclass schedule cron /srv/recordings --at 01:00  the crontab line

      With --cluster slurm each recording becomes an element of a job array, long ones several, and a last job \
      merges what they measured and writes the index. Partition, account and memory are sbatch's own affair \
      (SBATCH_PARTITION, SBATCH_ACCOUNT, SBATCH_MEM_PER_CPU). Run again, only what is missing is submitted.
      """)

  @Argument(help: "Folders of recordings.", completion: .directory)
  var folders: [String]

  @Option(
    name: [.short, .long], help: ArgumentHelp("The folder of all reports.", valueName: "dir"),
    completion: .directory)
  var output = "Reports"

  @OptionGroup var pipeline: PipelineOptions

  @Option(
    help: ArgumentHelp("Stop at this time of day and go on in the next run.", valueName: "HH:MM"),
    transform: clockTime)
  var until: ClockTime?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Pieces of a recording measured at a time; by default as many as cores, with --cluster 1.",
      valueName: "n"))
  var jobs: Int?

  enum Cluster: String, ExpressibleByArgument, CaseIterable { case slurm }

  @Option(
    help: ArgumentHelp(
      "Hand the work to a cluster that shares these folders: slurm. Says what it submitted and ends.",
      valueName: "name"))
  var cluster: Cluster?

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Do everything again.")
  var force = false

  @Flag(help: "Log one JSON object a line.")
  var jsonLog = false

  @Option(
    help: ArgumentHelp(
      "Also write the night's figures here, for node_exporter's textfile collector.", valueName: "file.prom"),
    completion: .file())
  var prometheus: String?

  @Option(help: .hidden)
  var settle = 60.0

  @Option(help: .hidden)
  var portionSeconds = 3600.0

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs wants a number from 1 to 1024") }
    guard settle.isFinite, (0...86_400).contains(settle) else {
      throw ValidationError("--settle wants seconds, from 0 to 86400")
    }
    guard portionSeconds.isFinite, portionSeconds >= 1 else {
      throw ValidationError("--portion-seconds wants a number from 1 on")
    }
  }

  func run() async throws {
    let resolved = try pipeline.resolve()
    try resolved.definition.enforcePolicy()
    // Without Slurm nothing is to be read, made or begun.
    if cluster != nil, !dryRun { _ = try Slurm().states(of: ["1"]) }
    let reports = try dryRun ? ReportsFolder(planned: output) : ReportsFolder(output, create: true)
    let lock = dryRun ? nil : try OutputLock(output: reports.url.path, now: Date().ISO8601Format())
    let stages = try Composition(resolved.definition).stageSet()
    var log = jsonLog ? JSONLog.log : LineLog.log
    log.logLevel = .info
    let analysis = Analysis(
      resolved: resolved, pipelineName: pipeline.name(), stages: stages, jobs: jobs ?? 1, log: log)
    var night = Night(
      folders: folders, output: reports.url, work: analysis.work,
      catalogue: try reports.catalogue(),
      log: log)
    night.force = force
    night.deadline = until?.next(after: Date())
    night.stability = Stability(settle: .seconds(settle))
    if dryRun {
      describe(try night.agenda())
      return try MissingFolders(among: folders).check()
    }
    try await reports.mergeWhatIsLeft(log: log)
    if cluster != nil { return try await submit(night, analysis, to: reports, holding: lock) }
    let analyst = ChildAnalyst(arguments: arguments)
    let result = try await interruptible { [night] in try await night.run(with: analyst) }
    let undeleted = try reports.close(
      log: log, retain: Retention.seconds(resolved.definition), prometheus: prometheus)
    withExtendedLifetime(lock) {}
    try end(with: result, undeleted: undeleted)
  }

  /// A share that is not mounted must not look like a night without recordings.
  private func end(with result: Night.Result, undeleted: Int) throws {
    let missing = MissingFolders(among: folders)
    missing.complain()
    do { try Self.end(with: result, undeleted: undeleted) } catch let code as ExitCode {
      // A missing folder is worse than a report that was not deleted.
      if result.impossible == nil, code.rawValue == Outcome.badOutput.rawValue {
        try missing.check(complaining: false)
      }
      throw code
    }
    try missing.check(complaining: false)
  }

  /// Hands what is due to Slurm's queue.
  private func submit(
    _ night: Night, _ analysis: Analysis, to reports: ReportsFolder, holding lock: OutputLock?
  ) async throws {
    let slurm = Slurm()
    let (id, jobs, result) = try await interruptible { try await night.collect() }
    var plan = ClusterPlan(
      of: night, id: id, jobs: jobs, result: result,
      arguments: arguments + ["--jobs", String(self.jobs ?? 1)],
      portions: { job in
        let begun = job.folder.appendingPathComponent(ReportFile.observations).path
        guard !FileManager.default.fileExists(atPath: begun),
          let recording = try? Recording(opening: job.recording)
        else { return 1 }
        return ClusterPlan.portions(seconds: recording.duration.seconds, each: portionSeconds)
      }, isMeasured: { job, portion in analysis.hasMeasured(portion, for: job.folder) })
    plan.retain = Retention.seconds(analysis.resolved.definition)
    plan.prometheus = prometheus.map { URL(fileURLWithPath: $0).path }
    if jobs.isEmpty {
      try night.end(id, result)
      let undeleted = try reports.close(log: night.log, retain: plan.retain, prometheus: prometheus)
      return try end(with: result, undeleted: undeleted)
    }
    try plan.submit(
      to: slurm, executable: URL(fileURLWithPath: "/proc/self/exe"), jobs: self.jobs ?? 1, in: reports.url)
    withExtendedLifetime(lock) {}
    print(plan.line.printable)
    try MissingFolders(among: folders).check()
  }

  /// What every recording is analysed with.
  private var arguments: [String] {
    var words = ["--quiet"]
    if let name = pipeline.pipeline { words += ["--pipeline", name] }
    for setting in pipeline.settings { words += ["--set", setting] }
    if let jobs, cluster == nil { words += ["--jobs", String(jobs)] }
    if force { words.append("--force") }
    return words
  }

  private func describe(_ agenda: Agenda) {
    for candidate in agenda.due { print("due        \(candidate.file.path.printable)") }
    for (candidate, failure) in agenda.waiting {
      print("waiting    \(candidate.file.path.printable) (\(failure.reason.printable))")
    }
    for candidate in agenda.done { print("unchanged  \(candidate.file.path.printable)") }
    for candidate in agenda.purged { print("purged     \(candidate.file.path.printable)") }
    let purged = agenda.purged.isEmpty ? "" : ", \(agenda.purged.count) purged (--force reports again)"
    print("\(agenda.due.count) due, \(agenda.waiting.count) waiting, \(agenda.done.count) unchanged\(purged)")
  }

  /// The last line, and the exit code.
  static func end(with result: Night.Result, undeleted: Int) throws {
    if let impossible = result.impossible { Terminal.complain(impossible.reason) }
    print(result.tally.line.printable)
    let code = ExitCode(result.exitCode(undeleted: undeleted))
    if !code.isSuccess { throw code }
  }
}

/// Folders of recordings that cannot be looked into: each is told, and the run ends as one of a missing recording.
struct MissingFolders {
  private let complaints: [String]

  init(among folders: [String]) {
    complaints = folders.compactMap { folder in
      guard FileManager.default.fileExists(atPath: folder) else {
        return "\(folder): no such folder; is what it lies on mounted?"
      }
      return access(folder, R_OK) == 0
        ? nil : "\(folder): cannot be read by this user; check its permissions"
    }
  }

  func complain() { for complaint in complaints { Terminal.complain(complaint) } }

  func check(complaining: Bool = true) throws {
    if complaining { complain() }
    if !complaints.isEmpty { throw ExitCode(Outcome.badRecording.rawValue) }
  }
}

/// Reads a time of day of the command line.
@Sendable func clockTime(_ text: String) throws -> ClockTime {
  guard let time = ClockTime(text) else { throw ValidationError("'\(text)' is no time of day such as 06:30") }
  return time
}
