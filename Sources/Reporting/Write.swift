public import Engagement
import Glibc
public import Vocabulary

/// Every file that `write` may make or remove.
public let fileNames =
  ["report.html", "class.csv", "windows.csv", "datapackage.json", "summary.json", "events.vtt"]
  + personalTables
  + ExportFormat.files
private let personalTables = ["participants.csv", "faces.csv", "presence.csv"]

/// Writes a report into a folder, which is made where it is absent: `report.html`, `class.csv`, `windows.csv`,
/// `participants.csv`, `faces.csv`, `presence.csv`, `events.vtt`, `datapackage.json`, `summary.json`, and what
/// `formats` ask for. Every file appears whole or not at all, readable by its owner alone.
///
/// A summary that tells nothing about single participants (``SummarySettings/aggregateOnly``) gets no table of them, and
/// what an earlier run wrote is removed.
///
/// - Parameter forEachSample: walks the observations that the summary was made from, in the same order, so that
///   `faces.csv` is written without holding them.
public func write(
  summary: Summary, run: RunDescription, to directory: String, formats: Set<ExportFormat> = [],
  forEachSample: ((SampleObservation) throws -> Void) throws -> Void
) throws {
  guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
    throw ReportError.failed("make the folder", directory)
  }
  let aggregateOnly = summary.settings.aggregateOnly
  for name in ExportFormat.files + (aggregateOnly ? personalTables : []) { unlink("\(directory)/\(name)") }
  if !aggregateOnly {
    var tables = try ObservationTables(
      summary, recording: run.recording, formats: formats, in: directory)
    try forEachSample { try tables.add($0) }
    try tables.commit()
    try writeRows(participantRows(summary), participantsColumns(), to: "\(directory)/participants.csv")
  }
  for ending in formats.contains(.json) ? ["csv", "jsonl"] : ["csv"] {
    let expressions = !summary.settings.observableOnly
    try writeRows(
      summary.samples, classColumns(windows: false, expressions: expressions),
      to: "\(directory)/class.\(ending)")
    try writeRows(
      summary.windows, classColumns(windows: true, expressions: expressions),
      to: "\(directory)/windows.\(ending)")
  }
  let package = dataPackage(
    run: run, expressions: !summary.settings.observableOnly, aggregateOnly: aggregateOnly)
  try writeAtomically(jsonText(package, pretty: true), to: "\(directory)/datapackage.json")
  try writeAtomically(jsonText(summary, pretty: false), to: "\(directory)/summary.json")
  try writeAtomically(chapters(summary.events, leadIn: run.leadIn), to: "\(directory)/events.vtt")
  let page = Page(summary: summary, run: run, library: ChartLibrary())
  try writeAtomically(page.html(), to: "\(directory)/report.html")
}

private func writeRows<Row>(_ rows: [Row], _ columns: [CSVColumn<Row>], to path: String) throws(ReportError) {
  let table = try TableFile(path, columns)
  for row in rows { try table.add(row) }
  try table.commit()
}
