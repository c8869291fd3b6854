import ArgumentParser
import Foundation
import Logging
import Pipeline

struct Analyze: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure recordings and report on them.",
    discussion: """
      A report is a folder: report.html, class.csv, faces.csv, summary.json and their description; \
      Reports/NAME for NAME.mp4 where --output names no other. Run again, it goes on where it was stopped or \
      killed, or says that nothing has changed. The same recording and pipeline give the same files, byte by \
      byte, on one kind of processor, whatever --jobs.

        afterclass analyze class.mp4
        afterclass analyze class.mp4 --every keyframe          a quick look
        afterclass analyze *.mp4 --pipeline observable-only    no expressions at all
      """)

  @Argument(help: "Video files.", completion: .file())
  var recordings: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The report's folder; of several recordings, the folder of their folders.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @OptionGroup var pipeline: PipelineOptions

  @Option(
    help: ArgumentHelp("Distance of samples (1s, 500ms), or keyframe for a quick look.", valueName: "time"))
  var every: String?

  @Option(help: ArgumentHelp("Where to begin, for instance 00:05:00.", valueName: "time"))
  var from: String?

  @Option(help: ArgumentHelp("Where to end, for instance 00:50:00.", valueName: "time"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "What was said: WebVTT or SubRip. By default the one beside the recording under its name.",
      valueName: "file"), completion: .file(extensions: ["vtt", "srt"]))
  var transcript: String?

  @Option(
    help: ArgumentHelp("What was written: Zoom's saved chat. By default the one beside.", valueName: "file"),
    completion: .file(extensions: ["txt"]))
  var chat: String?

  @Option(
    help: ArgumentHelp("Who took part: Zoom's list as CSV. By default the one beside.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var participants: String?

  @Option(help: ArgumentHelp("The report's heading; by default the file's name.", valueName: "text"))
  var title: String?

  @Option(help: .hidden)
  var started: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Pieces of a recording measured at a time; as many as cores by default.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Measure again from the start, whatever is there.")
  var force = false

  @Flag(help: "Show where the time went, stage by stage.")
  var profile = false

  @Flag(name: [.short, .long], help: "Show neither progress nor where the report is.")
  var quiet = false

  @Flag(help: .hidden)
  var lifeline = false

  /// The named companions are all that a night found for the recording, and it goes on without them.
  @Flag(help: .hidden)
  var found = false

  @Option(help: .hidden, transform: readPortion)
  var portion: Portion?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs wants a number from 1 to 1024") }
    guard recordings.count > 1 else { return }
    if transcript != nil || chat != nil || participants != nil || title != nil || portion != nil {
      throw ValidationError("--transcript, --chat, --participants and --title go with a single recording")
    }
  }

  func run() async throws {
    let options = [("sample.every", every), ("sample.from", from), ("sample.to", to)]
    let resolved = try pipeline.resolve(more: options.compactMap { key, value in value.map { (key, $0) } })
    try resolved.definition.enforcePolicy()
    let stages = try Composition(resolved.definition).stageSet()
    var log = LineLog.log
    if quiet { log.logLevel = .error }
    var analysis = Analysis(
      resolved: resolved, pipelineName: pipeline.name(), stages: stages,
      jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, log: log)
    analysis.heading = title.map { Heading(title: $0, started: started) }
    try await interruptible(lifeline: lifeline) { [analysis] in try await run(analysis) }
  }

  /// All recordings one after another; a bad one does not stop the others.
  private func run(_ analysis: Analysis) async throws {
    var failures: [any Error] = []
    for recording in recordings {
      do {
        try await run(analysis, URL(fileURLWithPath: recording))
      } catch let error where recordings.count > 1 && !(error is CancellationError) {
        Terminal.complain(String(describing: error))
        failures.append(error)
      }
    }
    if let worst = failures.first {
      Terminal.complain("\(failures.count) of \(recordings.count) recordings failed")
      throw ExitCode(Outcome(worst).rawValue)
    }
  }

  private func run(_ analysis: Analysis, _ recording: URL) async throws {
    let tally = Tally()
    if let portion {
      return try await analysis.measure(portion, of: recording, for: folder(of: recording), tally: tally)
    }
    let display = ProgressDisplay(
      name: recording.lastPathComponent, secondsPerSample: analysis.resolved.definition.sample.every.seconds,
      tally: tally)
    let progress = quiet ? nil : Task { await display.run() }
    let outcome: Swift.Result<Analysis.Result, any Error>
    do {
      outcome = .success(
        try await analysis.run(
          recording, into: folder(of: recording), companions: companions, force: force, tally: tally))
    } catch {
      outcome = .failure(error)
    }
    progress?.cancel()
    await progress?.value
    if case .failure(let error) = outcome, error is CancellationError {
      let count = tally.count
      Terminal.complain(
        "\(recording.path): stopped with \(count.before + count.samples) of \(count.planned) samples measured; "
          + "the same command goes on")
      throw ExitCode(Outcome.stopped.rawValue)
    }
    let result = try outcome.get()
    if !quiet { print(describe(result, recording).printable) }
    if profile { print(Profile.table(result.record, of: analysis.resolved.definition.sample)) }
  }

  private var companions: CompanionFiles {
    func url(_ path: String?) -> URL? { path.map { URL(fileURLWithPath: $0) } }
    var files = CompanionFiles(transcript: url(transcript), chat: url(chat), roster: url(participants))
    files.areChosen = !found
    return files
  }

  private func folder(of recording: URL) -> URL {
    if recordings.count == 1, let output { return URL(fileURLWithPath: output, isDirectory: true) }
    let reports = URL(fileURLWithPath: output ?? "Reports", isDirectory: true)
    return OutputFolder.location(of: recording, in: reports)
  }

  private func describe(_ result: Analysis.Result, _ recording: URL) -> String {
    let record = result.record
    let report = result.folder.appendingPathComponent("report.html").path
    var lines: [String] = []
    switch result.state {
    case .unchanged: lines.append("\(recording.lastPathComponent): nothing has changed since the last report")
    case .summarisedAgain: lines.append("\(recording.lastPathComponent): measured before, reported again")
    case .new, .continued:
      lines.append(
        "\(recording.lastPathComponent): \(record.samples.measured) samples, \(record.samples.faces) faces")
    }
    for gap in record.gaps { lines.append("  lost: \(gap.sentence)") }
    let faces = record.files["faces.csv"] == nil ? "windows.csv" : "faces.csv"
    lines += [
      "  report  \(report)", "  tables  \(result.folder.appendingPathComponent("class.csv").path), \(faces)",
    ]
    return lines.joined(separator: "\n")
  }
}

@Sendable private func readPortion(_ text: String) throws -> Portion {
  guard let portion = Portion(text) else { throw ValidationError("'\(text)' is no portion such as 3/8") }
  return portion
}
