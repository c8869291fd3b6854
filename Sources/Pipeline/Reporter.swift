import Digests
import Engagement
import Foundation
import Logging
import Media
import Observations
import Reporting
import Vocabulary

/// Makes a report's files from a store of observations.
struct Reporter {
  let resolved: ResolvedDefinition
  let pipelineName: String
  let log: Logger

  /// Summarises and writes everything; `run.json` last, which is what makes the report finished.
  func write(
    _ store: ObservationStore, _ words: Words, into folder: OutputFolder, source: RunRecord.Source,
    planned: Int, models: [RunRecord.Model], formats: Set<ExportFormat> = [], charts: URL? = nil
  ) throws -> RunRecord {
    let words = words.kept(for: resolved.definition)
    let lack = words.lack(for: resolved.definition)
    if let lack { log.warning("\(folder.url.path): \(lack)") }
    let decisions = try Decisions(in: folder.url)
    let account = try store.account()
    let gaps = gapsInRange(account.gaps)
    let (summary, counts) = try summary(
      of: store, words: words, decisions: decisions, expressions: models.readExpressions, gaps: gaps)
    let unplaced = decisions.sentences(of: summary.unplacedDecisions)
    for sentence in unplaced { log.warning("\(folder.url.path): \(sentence)") }
    var description = RunDescription(
      recording: source.name, title: source.heading?.title, started: source.heading?.started,
      software: Installation.software, pipeline: pipelineName,
      settings: resolved.values.map { key, value in
        let listed = key == "setting" ? resolved.definition.setting.listed : value
        return RunDescription.Setting(key: key, value: listed)
      },
      models: models.map {
        RunDescription.Model(name: "\($0.role): \($0.name)", card: $0.card, accuracy: $0.accuracy)
      },
      skipped: gaps.map(\.sentence) + (words.unread ?? []) + [lack].compactMap { $0 } + unplaced)
    description.leadIn = source.information?.leadIn.seconds ?? 0
    let isPersonal = !resolved.definition.report.aggregateOnly
    if let charts { try writeCharts(of: summary, includingPeople: isPersonal, to: charts) }
    try folder.reopenRunRecord()
    try Reporting.write(
      summary: summary, run: description, to: folder.url.path, formats: formats
    ) { body in
      try store.forEachSample(
        of: resolved.definition, formats.contains(where: \.wantsAllLandmarks) ? .everything : .tables, body)
    }
    try writeAtomically(words.json, to: folder.words.path)
    try writeAtomically(resolved.listing(origins: false), to: folder.pipeline.path)
    let record = RunRecord(
      software: Installation.software, recording: source, pipeline: try pipelineDigests(store),
      models: models,
      samples: RunRecord.Samples(
        planned: planned, measured: counts.samples, faces: counts.faces,
        unreadableFaces: account.unreadableFaces),
      gaps: gaps, stages: account.stages,
      slices: try store.slices().map {
        RunRecord.Slice(first: $0.first, last: $0.last, account: Account(json: $0.account))
      }, formats: formats.isEmpty ? nil : formats.map(\.rawValue).sorted(), files: try folder.digests())
    try writeAtomically(try record.json, to: folder.runRecord.path)
    return record
  }

  /// What the samples in the range amount to, with the user's decisions on who is who, and how many they are.
  func summary(
    of store: ObservationStore, words: Words, decisions: Decisions, expressions: Bool, gaps: [Gap] = []
  ) throws -> (summary: Summary, counts: (samples: Int, faces: Int)) {
    var settings = resolved.definition.summarySettings
    if !expressions { settings.observableOnly = true }
    var accumulator = SummaryAccumulator(settings: settings)
    var counts = (samples: 0, faces: 0)
    try store.forEachSample(of: resolved.definition, .summary) { sample in
      accumulator.add(sample)
      counts = (counts.samples + 1, counts.faces + sample.faces.count)
    }
    var companions = words.companions
    companions.decisions = decisions.list
    return (accumulator.summary(companions: companions, losses: gaps.map(loss)), counts)
  }

  /// The record of a report that this very run would make again, with all of its files as they were written.
  func finishedRecord(in folder: OutputFolder, for identity: Provenance) -> RunRecord? {
    guard let record = RunRecord(in: folder), record.state == .finished,
      record.recording.sha256 == identity.recordingDigest, record.software == Installation.software,
      record.pipeline.measuringDigest == identity.settingsDigest,
      record.pipeline.summarisingDigest == ContentDigest.of(resolved.definition.summarisingText),
      let digests = try? folder.digests(), digests == record.files
    else { return nil }
    return record
  }

  private func pipelineDigests(_ store: ObservationStore) throws -> RunRecord.Settings {
    RunRecord.Settings(
      name: pipelineName, measuringDigest: try store.provenance().settingsDigest,
      summarisingDigest: ContentDigest.of(resolved.definition.summarisingText))
  }

  /// The gaps that reach into the range that the definition asks for.
  private func gapsInRange(_ gaps: [Gap]) -> [Gap] {
    let sample = resolved.definition.sample
    return gaps.filter { gap in
      gap.end > sample.from.time && sample.to.map { gap.start < $0.time } ?? true
    }
  }
}

extension Reporter {
  /// What a gap takes of the range that the definition asks for.
  private func loss(_ gap: Gap) -> Loss {
    let sample = resolved.definition.sample
    let start = max(gap.start, sample.from.time).seconds
    let end = min(gap.end, sample.to?.time ?? gap.end).seconds
    let length = (gap.end - gap.start).seconds
    let share = length > 0 ? (end - start) / length : 1
    return Loss(samples: Int((Double(gap.indices.count) * share).rounded()), start: start, end: end)
  }
}

extension ObservationStore {
  /// The samples in the range that a definition asks for, since the store may hold more, with grids lent.
  func forEachSample(of definition: Definition, _ detail: Detail, _ body: (SampleObservation) throws -> Void)
    throws
  {
    let sample = definition.sample
    var lending = GridLending()
    try forEachSample(detail) { observation in
      guard observation.time >= sample.from.time else { return }
      if let end = sample.to, observation.time >= end.time { return }
      try lending.admit(observation).forEach(body)
    }
    try lending.finish().forEach(body)
  }
}
