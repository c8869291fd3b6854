import ArgumentParser
import Foundation
import Pipeline

/// Which pipeline to run, and what to change in it.
struct PipelineOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Pipeline file, or the name of one that ships: gallery (the default), classroom, observable-only.",
      valueName: "file"))
  var pipeline: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change one key of the pipeline, for instance summarise.window=20. `afterclass pipeline show` lists all keys.",
      valueName: "key=value"))
  var settings: [String] = []

  func validate() throws {
    for setting in settings where !setting.dropFirst().contains("=") {
      throw ValidationError("--set wants key=value, not '\(setting)'")
    }
  }

  /// - Parameter more: settings of the command's own options.
  func resolve(more: [(key: String, value: String)] = [], otherwise file: URL? = nil) throws
    -> ResolvedDefinition
  {
    let overrides = settings.map { setting in
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (key: String(parts[0]), value: String(parts[1]))
    }
    return try ResolvedDefinition(file: self.file(otherwise: file), overrides: overrides + more)
  }

  /// What the pipeline is called in a report.
  func name(otherwise file: URL? = nil) -> String {
    self.file(otherwise: file)?.deletingPathExtension().lastPathComponent ?? "built-in"
  }

  private func file(otherwise file: URL?) -> URL? {
    if pipeline == nil, let file { return file }
    return Installation().pipeline(pipeline)
  }
}
