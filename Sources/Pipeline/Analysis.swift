import Digests
public import Foundation
public import Logging
import Media
import Observations
import Reporting
import Vocabulary

/// Measures one recording and reports on it: what `afterclass analyze` does for each of its recordings.
public struct Analysis: Sendable {
  public let resolved: ResolvedDefinition
  /// What the pipeline is called in the report.
  public let pipelineName: String
  public let stages: StageSet
  public let jobs: Int
  public let log: Logger
  /// What the recording is called in its report and when it began, where its name does not say it well.
  public var heading: Heading?

  public init(
    resolved: ResolvedDefinition, pipelineName: String, stages: StageSet, jobs: Int, log: Logger
  ) {
    self.resolved = resolved
    self.pipelineName = pipelineName
    self.stages = stages
    self.jobs = max(1, jobs)
    self.log = log
  }

  /// What became of a recording.
  public struct Result: Sendable {
    public enum State: String, Sendable { case new, continued, unchanged, summarisedAgain }
    public var state: State
    public var folder: URL
    public var record: RunRecord
  }

  /// Analyses `file` into the report's folder `output`. Measuring goes on where an earlier run stopped.
  ///
  /// - Throws: whatever `Outcome` knows; what is on disk is whole and can be gone on with.
  public func run(
    _ file: URL, into output: URL, companions: CompanionFiles = CompanionFiles(), force: Bool = false,
    tally: Tally = Tally()
  ) async throws -> Result {
    try resolved.definition.enforcePolicy()
    let before = try? RecordingFile(file)
    let recording = try Recording(opening: file)
    let identity = try identity(of: file)
    try checkRange(of: recording, file: file)
    let said = try companions.words(of: file)
    for sentence in said.unread ?? [] { log.warning("\(file.lastPathComponent): \(sentence)") }
    let words = said.moved(by: recording.information.leadIn.seconds).kept(for: resolved.definition)
    let folder = try OutputFolder(output)
    let reporter = Reporter(resolved: resolved, pipelineName: pipelineName, log: log)
    if !force, let record = reporter.finishedRecord(in: folder, for: identity),
      words == Words(in: folder), record.recording.heading == heading
    {
      return Result(state: .unchanged, folder: folder.url, record: record)
    }
    try folder.requireOwn()
    let store = try openStore(folder, identity, force: force)
    try takeInPortions(of: folder, into: store)
    let resumed = try !store.slices().isEmpty
    let measuring = Measuring(
      recording: recording, definition: resolved.definition, jobs: jobs, tally: tally, stages: stages.make)
    try await measuring.run(into: store)
    releaseFreeMemory()
    if let read = stages.personReading {
      try OwnRest(definition: resolved.definition, read: read).apply(to: store)
    }
    if let before { try check(file, isStill: before, in: folder) }
    try check(store, measuring.samples, file: file)
    let source = RunRecord.Source(
      name: file.lastPathComponent, sha256: identity.recordingDigest, bytes: before?.bytes ?? 0,
      seconds: recording.duration.seconds, information: recording.information, heading: heading)
    let record = try reporter.write(
      store, words, into: folder, source: source, planned: measuring.samples.count, models: stages.models)
    let state: Result.State = tally.count.samples > 0 ? (resumed ? .continued : .new) : .summarisedAgain
    return Result(state: state, folder: folder.url, record: record)
  }

  /// Names all that a report depends on besides its recording: software, settings and models. A report of
  /// other work is out of date.
  public var work: String { ContentDigest.of(measuringSettings + resolved.definition.summarisingText) }

  /// What measured values depend on besides the recording.
  var measuringSettings: String {
    let models = stages.models.map { "\($0.role): \($0.name) \($0.digest)\n" }.joined()
    return resolved.definition.measuringText + models + "software: \(Installation.software)\n"
  }

  /// Says whether what was measured is what would be measured now.
  var measuringDigest: String { ContentDigest.of(measuringSettings) }

  func identity(of file: URL) throws -> Provenance {
    Provenance(
      recordingDigest: try RecordingFile.digest(file), recordingName: file.lastPathComponent,
      settingsDigest: measuringDigest, settings: measuringSettings,
      software: Installation.software)
  }

  /// The store to go on with. What was measured with other settings is measured again.
  func openStore(
    _ folder: OutputFolder, _ identity: Provenance, force: Bool
  ) throws -> ObservationStore {
    if force { folder.removeObservations() }
    do {
      return try ObservationStore(at: folder.observations, for: identity)
    } catch StoreError.measuredOtherwise {
      let before = try ObservationStore(reading: folder.observations).provenance().settings
      let changes = Set(before.split(separator: "\n")).symmetricDifference(
        identity.settings.split(separator: "\n"))
      log.notice("measuring again: changed were \(changes.sorted().joined(separator: ", "))")
      folder.removeObservations()
      return try ObservationStore(at: folder.observations, for: identity)
    }
  }

  /// - Throws: `RecordingError` of a file that changed under way. What was measured goes: it is of neither recording, and
  ///   would keep the folder from the complete one.
  func check(_ file: URL, isStill before: RecordingFile, in folder: OutputFolder) throws {
    guard try RecordingFile(file) != before else { return }
    folder.removeObservations()
    throw RecordingError("\(file.path): changed while it was read; analyze it again once it is complete")
  }

  /// A range that begins behind the end needs no measuring to be told.
  private func checkRange(of recording: Recording, file: URL) throws {
    let from = resolved.definition.sample.from
    guard from.time >= recording.duration, from.time > .zero else { return }
    throw RecordingError(
      "\(file.path): is \(recording.duration.timecode) long, and sample.from (--from) is "
        + "\(from.settingText), behind its end; begin earlier")
  }

  /// Whether enough of the samples asked for could be read; the store may hold others.
  private func check(_ store: ObservationStore, _ samples: Range<Int64>, file: URL) throws {
    let gaps = try store.account().gaps
    let lost = gaps.reduce(0) { $0 + $1.indices.clamped(to: samples).count }
    guard lost < samples.count else {
      let reason =
        gaps.first { $0.indices.overlaps(samples) }?.reason
        ?? "no sample lies in the range that was asked for"
      throw RecordingError("\(file.path): not a single frame could be read (\(reason))")
    }
    let share = Double(lost) / Double(samples.count)
    guard share <= resolved.definition.sample.maximumLoss else {
      throw RecordingError(
        "\(file.path): \(lost) of \(samples.count) samples are lost to damage; raise sample.maximum-loss to report on the rest"
      )
    }
  }
}

extension ObservationStore {
  /// All slices' accounts in one.
  func account() throws -> Account {
    try slices().reduce(into: Account()) { $0.add(Account(json: $1.account)) }
  }
}
