public import Engagement
import Glibc
public import Vocabulary

/// Writes a report into a folder, which is made where it is absent: `report.html`, `class.csv`, `windows.csv`,
/// `faces.csv`, `presence.csv`, `events.vtt`, `datapackage.json` and `summary.json`. Every file appears whole or not at all, readable by its owner alone.
///
/// - Parameters:
///   - forEachSample: walks the observations that the summary was made from, in the same order, so that
///     `faces.csv` is written without holding them.
public func write(
  summary: Summary, run: RunDescription, to directory: String,
  forEachSample: ((SampleObservation) throws -> Void) throws -> Void
) throws {
  guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
    throw ReportError.failed("make the folder", directory)
  }
  let expressions = !summary.settings.observableOnly
  var tables = try ObservationTables(summary, expressions: expressions, in: directory)
  try forEachSample { try tables.add($0) }
  try tables.commit()
  try writeRows(summary.samples, classColumns(windows: false), to: "\(directory)/class.csv")
  try writeRows(summary.windows, classColumns(windows: true), to: "\(directory)/windows.csv")
  try writeAtomically(
    jsonText(dataPackage(run: run, expressions: expressions), pretty: true),
    to: "\(directory)/datapackage.json")
  try writeAtomically(jsonText(summary, pretty: false), to: "\(directory)/summary.json")
  try writeAtomically(chapters(summary.events), to: "\(directory)/events.vtt")
  let page = Page(summary: summary, run: run, library: ChartLibrary())
  try writeAtomically(page.html(), to: "\(directory)/report.html")
}

private func writeRows<Row>(_ rows: [Row], _ columns: [CSVColumn<Row>], to path: String) throws(ReportError) {
  var file = try AtomicFile(path: path)
  let encoder = CSVEncoder(columns: columns)
  try file.write(encoder.header)
  for row in rows { try file.write(row, encoder) }
  try file.commit()
}
