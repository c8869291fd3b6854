import ArgumentParser
import Foundation
import Pipeline

@main
struct Afterclass: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "afterclass",
    abstract: "Turns recorded online classes into reports of displayed engagement, on this machine alone.",
    discussion: """
      Start with `afterclass analyze class.mp4`: the report is Reports/class/report.html, the tables for a \
      spreadsheet or pandas are beside it. Measuring is done once; `afterclass report` renders again with \
      other weights in seconds. Nothing is sent anywhere.

      What a face displays is not what a person feels: read the notes at the end of each report.

      EXIT CODES
      \(Outcome.allCases.map { "  \($0.rawValue)\t\($0.meaning)" }.joined(separator: "\n"))
      """,
    version: Installation.version,
    subcommands: [
      Analyze.self,
      Report.self,
      IndexCommand.self,
      ParticipantsCommand.self,
      Inspect.self,
      Probe.self,
      PipelineCommand.self,
      BatchCommand.self,
      StatusCommand.self,
      ScheduleCommand.self,
      UnscheduleCommand.self,
      PurgeCommand.self,
      DoctorCommand.self,
      ClusterCommand.self,
      Train.self,
      Evaluate.self,
      Dataset.self,
      BundleCommand.self,
      BenchCommand.self,
      SampleCommand.self,
      StageCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(reporting: error)
    }
  }

  /// Ends the process: usage errors and `--help` as the argument parser has them, all others with one line (or
  /// one a mistake) and the exit code that `Outcome` gives them. Names in them are anybody's and must not drive the
  /// terminal.
  private static func exit(reporting error: any Error) -> Never {
    let outcome = Outcome(error)
    guard outcome == .failure else {
      Terminal.complain(String(describing: error))
      Self.exit(withError: ExitCode(outcome.rawValue))
    }
    let code = Self.exitCode(for: error)
    if code.isSuccess { Self.exit(withError: error) }
    let text = Self.fullMessage(for: error)
    if !text.isEmpty { FileHandle.standardError.write(Data("\(text.printable)\n".utf8)) }
    Self.exit(withError: code)
  }
}
