public import Foundation
public import Logging
import Observations
public import Reporting
import Vocabulary

/// Renders the report in `url` again from its observations: other weights, another window, without the video.
///
/// - Parameters:
///   - pipelineName: what the pipeline is called; `nil` keeps the name of the last run.
///   - formats: tables to write besides the usual ones.
///   - charts: a folder for each chart as SVG and PNG.
public func reportAgain(
  _ url: URL, resolved: ResolvedDefinition, pipelineName: String?, formats: Set<ExportFormat> = [],
  charts: URL? = nil, log: Logger
) throws {
  let observations = url.appendingPathComponent(ReportFile.observations).path
  guard FileManager.default.fileExists(atPath: observations) else { throw OutputError.noReport(url) }
  let folder = try OutputFolder(url)
  let store = try ObservationStore(reading: folder.observations)
  let provenance = try store.provenance()
  let last = RunRecord(in: folder)
  let models = last?.models ?? RunRecord.Model.listed(in: provenance.settings)
  let account = try store.account()
  let source =
    last?.recording
    ?? RunRecord.Source(
      name: provenance.recordingName, sha256: provenance.recordingDigest, bytes: 0, seconds: 0,
      information: nil)
  var resolved = resolved
  let kept = resolved.keep(measured: provenance.settings)
  let refusals = kept.filter { $0.origin == .commandLine }.map(\.refusal)
  guard refusals.isEmpty else { throw DefinitionError(file: url.path, mistakes: refusals) }
  if !kept.isEmpty {
    log.warning(
      "\(url.path): \(kept.map(\.key).joined(separator: ", ")) as measured; to change that, `afterclass analyze --force` the recording"
    )
  }
  if models.readExpressions, let refusal = resolved.definition.setting.refusalOfExpressions {
    throw PolicyRefusal(
      "\(url.path): its observations hold expressions: `afterclass analyze --force --pipeline observable-only RECORDING` "
        + "measures without them. \(refusal)")
  }
  let name = pipelineName ?? last?.pipeline.name ?? "pipeline"
  _ = try Reporter(resolved: resolved, pipelineName: name, log: log).write(
    store, Words(in: folder).moved(by: source.information?.leadIn.seconds ?? 0), into: folder, source: source,
    planned: last?.samples.planned ?? account.samples,
    models: models,
    formats: keptFormats(formats, of: last, aggregateOnly: resolved.definition.report.aggregateOnly, log),
    charts: charts)
}

/// The formats asked for, or else those of the last run.
private func keptFormats(
  _ formats: Set<ExportFormat>, of last: RunRecord?, aggregateOnly: Bool, _ log: Logger
) -> Set<ExportFormat> {
  let asked = formats.isEmpty ? Set((last?.formats ?? []).compactMap(ExportFormat.init)) : formats
  let withheld = asked.filter(\.isPersonal)
  guard aggregateOnly, !withheld.isEmpty else { return asked }
  let names = withheld.map(\.rawValue).sorted().joined(separator: ", ")
  log.warning("\(names): not written, since report.aggregate-only withholds what is of single people")
  return asked.subtracting(withheld)
}

extension ResolvedDefinition.Kept {
  /// What the user who asked for it is told.
  fileprivate var refusal: Mistake {
    Mistake(
      line: nil,
      message: "\(key) was measured as \(measured), and rendering again cannot make it \(asked); "
        + "measure anew with `afterclass analyze --force RECORDING --set \(key)=\(asked)`")
  }
}
