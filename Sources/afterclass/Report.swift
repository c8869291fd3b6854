import ArgumentParser
import Foundation
import Pipeline

struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render reports again from what was measured, without the video.",
    discussion: """
      Uses the pipeline of the last run (pipeline.yaml in the folder; edit it as you like), or another one. \
      Only keys that summarise have an effect; what was measured stays as it is.

        afterclass report Reports/class --set summarise.window=30
      """)

  @Argument(help: "Folders that `analyze` wrote.", completion: .directory)
  var folders: [String]

  @OptionGroup var pipeline: PipelineOptions

  func run() async throws {
    for folder in folders {
      let url = URL(fileURLWithPath: folder, isDirectory: true)
      let saved = url.appendingPathComponent("pipeline.yaml")
      let isThere = FileManager.default.fileExists(atPath: saved.path)
      let resolved = try pipeline.resolve(otherwise: isThere ? saved : nil)
      try reportAgain(
        url, resolved: resolved, pipelineName: pipeline.pipeline.map { _ in pipeline.name() },
        log: LineLog.log)
      print("\(url.lastPathComponent): \(url.appendingPathComponent("report.html").path)".printable)
    }
  }
}
