import ArgumentParser
import Foundation
import Pipeline
import Reporting

struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render reports again from what was measured, without the video.",
    discussion: """
      Uses the pipeline of the last run (pipeline.yaml in the folder; edit it as you like), or another one. \
      A key that measures (sample, layout, detect, preprocess, classify) cannot be changed here: --set of one is \
      refused, and a pipeline file's is kept as measured.

        afterclass report Reports/class --set summarise.window=30
        afterclass report Reports/class --charts Slides           each chart as SVG and PNG
        afterclass report Reports/class --format py-feat,json     more tables
      """)

  @Argument(help: "Folders that `analyze` wrote.", completion: .directory)
  var folders: [String]

  @Option(
    help: ArgumentHelp(
      "Tables to write besides CSV, separated by commas: \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "formats"), transform: formats)
  var format: Set<ExportFormat> = []

  @Option(
    help: ArgumentHelp("Write each chart as SVG and PNG into this folder.", valueName: "dir"),
    completion: .directory)
  var charts: String?

  @OptionGroup var pipeline: PipelineOptions

  func run() async throws {
    for folder in folders {
      let url = URL(fileURLWithPath: folder, isDirectory: true)
      let saved = url.appendingPathComponent(ReportFile.pipeline)
      let isThere = FileManager.default.fileExists(atPath: saved.path)
      let resolved = try pipeline.resolve(otherwise: isThere ? saved : nil)
      try reportAgain(
        url, resolved: resolved, pipelineName: pipeline.pipeline.map { _ in pipeline.name() },
        formats: format, charts: charts.map { chartFolder($0, of: url) }, log: LineLog.log)
      print("\(url.lastPathComponent): \(url.appendingPathComponent("report.html").path)".printable)
    }
  }

  /// Of several reports each gets a folder of its own.
  private func chartFolder(_ path: String, of report: URL) -> URL {
    let folder = URL(fileURLWithPath: path, isDirectory: true)
    return folders.count == 1 ? folder : folder.appendingPathComponent(report.lastPathComponent)
  }
}

/// Reads `py-feat,json`; csv and html are what a report always has.
@Sendable private func formats(_ text: String) throws -> Set<ExportFormat> {
  try text.split(separator: ",").reduce(into: []) { formats, word in
    let name = word.filter { $0 != " " }.lowercased()
    guard name != "csv", name != "html" else { return }
    guard let format = ExportFormat(rawValue: name) else {
      let known = (["csv", "html"] + ExportFormat.allCases.map(\.rawValue)).joined(separator: ", ")
      throw ValidationError("'\(word)' is no format; there are \(known)")
    }
    formats.insert(format)
  }
}
