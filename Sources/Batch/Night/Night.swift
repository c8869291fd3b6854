public import Foundation
public import Logging
import Pipeline
import Reporting

/// One run over folders of recordings: finds what is new, has it analysed one after the other, and keeps
/// account of what failed. Whatever interrupts it, the next run goes on.
public struct Night: Sendable {
  public var folders: [String]
  public var output: URL
  /// Names version, pipeline and models: a report of other work is out of date.
  public var work: String
  /// Do everything again.
  public var force = false
  public var deadline: Date?
  public var stability = Stability()
  /// With less free than this, in bytes, no recording is begun, so that nothing is left half-written.
  var leastSpace: Int64 = 32 << 20
  public let catalogue: Catalogue
  public let log: Logger

  public init(folders: [String], output: URL, work: String, catalogue: Catalogue, log: Logger) {
    self.folders = folders
    self.output = output
    self.work = work
    self.catalogue = catalogue
    self.log = log
  }

  public struct Result: Sendable, Equatable {
    public var tally = Tally()
    /// By the clock or by a signal; the next run goes on.
    public var stopped = false
    /// Why no recording can be analysed at all, with the exit code that says so.
    public var impossible: Impossible?

    public struct Impossible: Sendable, Equatable {
      public var code: Int32
      public var reason: String
    }

    var isOver: Bool { stopped || impossible != nil }

    /// The exit code of the whole run.
    ///
    /// - Parameter undeleted: how much is still there although its time is over, which a stop that is no failure
    ///   must not hide.
    public func exitCode(undeleted: Int) -> Int32 {
      if let impossible { return impossible.code }
      if stopped, undeleted == 0 { return Outcome.stopped.rawValue }
      if tally.failed > 0 { return Outcome.badRecording.rawValue }
      return undeleted > 0 ? Outcome.badOutput.rawValue : Outcome.success.rawValue
    }
  }

  /// Analyses what is due. Cancelling the surrounding task stops within seconds and keeps what was measured.
  ///
  /// - Throws: `Catalogue.Unusable` where the catalogue cannot be read, `Catalogue.Unwritable` where it cannot be
  ///   written, `ReportError` where a report's `origin.json` cannot.
  public func run(with analyst: some Analyst) async throws -> Result {
    let (id, result) = try await walk { job, result in
      log.info("\(job.file.path): analysing into \(job.folder.lastPathComponent)")
      try settle(await analyst.analyse(job, until: deadline), of: job, into: &result)
    }
    try end(id, result)
    return result
  }

  /// Ends a night that had nothing to hand over.
  public func end(_ id: Int64, _ result: Result) throws {
    try catalogue.update(night: id, current: nil, tally: result.tally, ended: Self.seconds())
  }

  /// Collects what is due, for somebody else to analyse; the night has begun and not ended then. One that was stopped
  /// on the way hands over nothing.
  public func collect() async throws -> (id: Int64, jobs: [Job], result: Result) {
    var jobs: [Job] = []
    // No report tells a copy from the first of its bytes yet.
    var digests: Set<String> = []
    var (id, result) = try await walk { job, result in
      if digests.insert(job.digest).inserted { jobs.append(job) } else { result.tally.unchanged += 1 }
    }
    guard result.isOver else { return (id, jobs, result) }
    result.tally.left += jobs.count
    return (id, [], result)
  }

  /// Hands over what is due, one recording after the other, with its digest taken.
  private func walk(
    _ body: (Job, inout Result) async throws -> Void
  ) async throws -> (id: Int64, result: Result) {
    var result = Result()
    let found = discover()
    try forgetFailures(besides: found)
    let agenda = try agenda(of: found)
    result.tally.unchanged = agenda.done.count + agenda.purged.count
    result.tally.waiting = agenda.waiting.count
    let id = try catalogue.begin(
      NightEntry(process: getpid(), started: Self.seconds(), due: agenda.due.count, tally: result.tally))
    var watch = stability
    let unsettled = agenda.due.filter {
      watch.judge($0.file, now: Self.nanoseconds(), instant: .now) != .stable
    }
    let settled = agenda.due.filter { !unsettled.contains($0) }
    for candidate in settled {
      try catalogue.update(night: id, current: candidate.file.path, tally: result.tally)
      try await handle(candidate, into: &result, body)
    }
    // By now most of them have been left alone for long enough.
    for candidate in unsettled {
      try catalogue.update(night: id, current: candidate.file.path, tally: result.tally)
      try await handle(candidate, watchedBy: &watch, into: &result, body)
    }
    return (id, result)
  }

  /// What `run` would do, without doing it.
  public func agenda() throws -> Agenda { try agenda(of: discover()) }

  private func agenda(of found: Discovery) throws -> Agenda {
    try Agenda(
      of: found.candidates, output: output, catalogue: catalogue, work: work, force: force,
      now: Self.seconds())
  }

  /// A recording that is no longer there will not be tried again, and is no failure for ever.
  private func forgetFailures(besides found: Discovery) throws {
    let paths = Set(found.candidates.map(\.file.path))
    for entry in try catalogue.failures() where !paths.contains(entry.path) && found.covers(entry.path) {
      try catalogue.forgetFailure(of: entry.path)
    }
  }

  private func discover() -> Discovery {
    let found = Discovery(in: folders, output: output.path)
    for refusal in found.refusals { log.warning("\(refusal.path): \(refusal.reason)") }
    for folder in found.passedOver {
      log.warning(
        "\(folder): holds a run.json as a report does, so nothing below it is looked at unless it is named")
    }
    for file in found.unconverted {
      log.notice("\(file.path): Zoom has not converted it yet; open it with Zoom, then it will be found")
    }
    for candidate in found.candidates where !candidate.otherViews.isEmpty {
      let others = candidate.otherViews.map(\.name).joined(separator: ", ")
      log.info("\(candidate.file.path): \(candidate.name.layout.title) taken; left alone: \(others)")
    }
    return found
  }

  private func handle(
    _ candidate: Candidate, watchedBy watch: inout Stability, into result: inout Result,
    _ body: (Job, inout Result) async throws -> Void
  ) async throws {
    if case .wait(let rest) = watch.judge(candidate.file, now: Self.nanoseconds(), instant: .now),
      !result.isOver
    {
      try? await Task.sleep(for: rest)
    }
    let now = candidate.lookedAtAgain
    guard let now, watch.judge(now.file, now: Self.nanoseconds(), instant: .now) == .stable else {
      log.notice("\(candidate.file.path): still being written; left for the next run")
      result.tally.left += 1
      return
    }
    try await handle(now, into: &result, body)
  }

  private func handle(
    _ candidate: Candidate, into result: inout Result, _ body: (Job, inout Result) async throws -> Void
  ) async throws {
    if Task.isCancelled || deadline.map({ Date() >= $0 }) ?? false { result.stopped = true }
    guard !result.isOver else {
      result.tally.left += 1
      return
    }
    if let free = Doctor.free(at: output), free < leastSpace {
      let reason = "\(output.path): only \(free >> 20) MiB are free; free some space, then run it again"
      result.impossible = .init(code: Outcome.badOutput.rawValue, reason: reason)
      result.tally.left += 1
      return
    }
    let digest: String
    do {
      digest = try self.digest(of: candidate)
    } catch is CancellationError {
      result.stopped = true
      result.tally.left += 1
      return
    } catch let error as RecordingError {
      return try note(.transient, error.description, of: candidate.file, title: candidate.title, &result)
    }
    let report = try catalogue.report(of: digest)
    let isDone = report.map { $0.isCurrent(for: candidate, work: work, in: output) } ?? false
    if !force, try isDone || catalogue.isPurged(digest) {
      result.tally.unchanged += 1
      return
    }
    try await body(job(for: candidate, digest: digest), &result)
  }

  /// Enters how a job ended into the catalogue and the tally.
  func settle(_ outcome: JobOutcome, of job: Job, into result: inout Result) throws {
    let isRenewal = try catalogue.report(of: job.digest) != nil
    switch outcome {
    case .finished:
      try record(job)
      if isRenewal { result.tally.renewed += 1 } else { result.tally.new += 1 }
    case .stopped:
      result.stopped = true
      result.tally.left += 1
    case .failed(let kind, let reason):
      try note(kind, reason, of: job.file, title: job.title, &result)
    case .impossible(let code, let reason):
      result.impossible = .init(code: code, reason: reason)
      result.tally.left += 1
    }
  }

  private func record(_ job: Job) throws {
    let report = ReportEntry(
      digest: job.digest, folder: job.folder.lastPathComponent, path: job.file.path, title: job.title,
      started: job.started, work: work, finished: Self.seconds(),
      seconds: ReportFolder.seconds(of: job.folder) ?? 0, companions: job.companionStates)
    if FileManager.default.fileExists(atPath: job.folder.path) {
      try writeAtomically(Origin(report).text, to: job.folder.appendingPathComponent(Origin.fileName).path)
    }
    try catalogue.record(report)
  }

  private func digest(of candidate: Candidate) throws -> String {
    if let known = try catalogue.knownDigest(of: candidate.file) { return known }
    let digest = try RecordingFile.digest(URL(fileURLWithPath: candidate.file.path))
    try catalogue.remember(digest: digest, of: candidate.file)
    return digest
  }

  private func job(for candidate: Candidate, digest: String) throws -> Job {
    let folder =
      try catalogue.report(of: digest)?.folder
      ?? ReportFolder.name(title: candidate.title, started: candidate.name.started, digest: digest)
    return Job(
      file: candidate.file, digest: digest, folder: output.appendingPathComponent(folder, isDirectory: true),
      title: candidate.title,
      started: candidate.name.started,
      companions: candidate.companions.map { URL(fileURLWithPath: $0.path) },
      companionStates: candidate.companionStates)
  }

  private func note(
    _ kind: Failure.Kind, _ reason: String, of file: FoundFile, title: String, _ result: inout Result
  ) throws {
    log.error("\(reason)")
    let before = try catalogue.failure(of: file.path).flatMap { $0.isOf(file, work) ? $0.failure : nil }
    let failure = Failure(
      kind: kind == .crash && before?.kind == .crash ? .permanent : kind, reason: reason,
      attempts: (before?.attempts ?? 0) + 1, lastTry: Self.seconds())
    try catalogue.record(FailureEntry(file: file, title: title, failure: failure, work: work))
    result.tally.failed += 1
    result.tally.reasons[reason, default: 0] += 1
  }

  static func seconds() -> Int64 { Int64(Date().timeIntervalSince1970) }
  static func nanoseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1e9) }
}
