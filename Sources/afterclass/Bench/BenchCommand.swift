import ArgumentParser
import Benchmarking
import Foundation

/// Speed on this machine, next to programs that are known for theirs.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure speed on this machine, next to ffmpeg and other engines.",
    discussion: """
      Runs take turns and CPU time counts first. Without a recording it draws its own: 25 faces, 720p and \
      1080p. Writes speed.json, speed.md and speed.html to --output. Needs the ffmpeg program to compare \
      with; networks are compared with onnxruntime, OpenCV \
      and PyTorch where Python has them.
      """)

  @Argument(help: "Your own recording; without it, recordings are drawn.", completion: .file())
  var recording: String?

  @Option(help: ArgumentHelp("How often each contender runs.", valueName: "n")) var rounds = 5

  @Option(help: ArgumentHelp("Length of the drawn recordings in minutes.", valueName: "n")) var minutes = 10

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder for results and drawn recordings.", valueName: "dir"))
  var output = "Reports/Bench"

  @Option(help: ArgumentHelp("The Python whose engines are compared with.", valueName: "program"))
  var python = "python3"

  @Option(help: ArgumentHelp("Only the parts whose title contains this.", valueName: "text")) var only = ""

  func validate() throws {
    guard (1...99).contains(rounds) else { throw ValidationError("--rounds takes 1 to 99.") }
    guard (1...600).contains(minutes) else { throw ValidationError("--minutes takes 1 to 600.") }
  }

  func run() throws {
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    let recordings = try BenchRecordings(folder: folder.appendingPathComponent("Recordings"))
    var report = BenchmarkReport()
    let suite = BenchSuite(rounds: rounds, minutes: minutes, python: python, scratch: folder)
    let parts =
      try recording.map { try suite.parts(on: URL(fileURLWithPath: $0)) }
      ?? suite.parts(on: recordings)
    for part in parts where only.isEmpty || part.title.localizedCaseInsensitiveContains(only) {
      print(part.title)
      guard let comparison = try part.run() else { continue }
      report.comparisons.append(comparison)
      // Written after each part, so that a long session that is stopped leaves what it has.
      try report.json().write(to: folder.appendingPathComponent("speed.json"))
      try Data(report.markdown(command: commandLine).utf8).write(
        to: folder.appendingPathComponent("speed.md"))
      try Data(report.page().utf8).write(to: folder.appendingPathComponent("speed.html"))
    }
    print("results in \(folder.path): speed.md, speed.html, speed.json")
  }

  private var commandLine: String {
    (["afterclass"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
  }
}
