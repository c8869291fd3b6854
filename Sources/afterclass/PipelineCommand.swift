import ArgumentParser
import Pipeline

struct PipelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Check a pipeline file, or show every key with its value and where it came from.",
    subcommands: [Check.self, Show.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a pipeline file as a whole: every mistake with its line, and the networks it names.")

    @Argument(
      help: "A pipeline file, or the name of one that ships.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    func run() throws {
      let resolved = try ResolvedDefinition(file: Installation().pipeline(file))
      let composition = Composition(resolved.definition)
      let faults = composition.faults()
      for fault in faults { Terminal.complain(String(describing: fault)) }
      if let first = faults.first { throw ExitCode(Outcome(first).rawValue) }
      let stages = try composition.stageSet()
      _ = try stages.make()
      print("\(file): right".printable)
      for model in stages.models { print("  \(model.role): \(model.name)".printable) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show every key with its value, where that came from, what it means and what it may be.",
      discussion: "The output is itself a pipeline file.")

    @Argument(
      help: "A pipeline file, or the name of one that ships, as --pipeline takes it.",
      completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @OptionGroup var pipeline: PipelineOptions

    func validate() throws {
      guard file == nil || pipeline.pipeline == nil else {
        throw ValidationError("name one pipeline: \(file ?? "") or --pipeline \(pipeline.pipeline ?? "")")
      }
    }

    func run() throws {
      var options = pipeline
      options.pipeline = pipeline.pipeline ?? file
      print(try options.resolve().listing(origins: true).printable, terminator: "")
    }
  }
}
