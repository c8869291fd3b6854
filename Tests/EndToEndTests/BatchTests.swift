import Foundation
import Testing

/// `batch` and what goes with it, as a school runs them.
@Suite struct BatchTests {
  private let place = TemporaryFolder()
  private var folder: URL { place.url.appendingPathComponent("2026-03-01 10.02.11 Data structures 123456") }
  private var output: URL { place.url.appendingPathComponent("Reports") }
  private static let quick = [
    "--set", "sample.every=10s", "--set", "detect.detector=cascade", "--set", "detect.long-side=640",
    "--settle", "0",
  ]

  private func batch(_ more: [String] = []) throws -> CommandLine.Result {
    try CommandLine.run(["batch", place.url.path, "--output", output.path] + Self.quick + more)
  }

  private func addMeeting() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: CommandLine.sample, to: folder.appendingPathComponent("video1234567.mp4"))
    try Data("10:02:15\tFrom  Ana Ruiz : hello\n".utf8).write(
      to: folder.appendingPathComponent("meeting_saved_chat.txt"))
  }

  @Test func aMeetingsTitleDateAndChatReachItsReport() throws {
    try addMeeting()
    let first = try batch()
    #expect(first.output == "1 recording: 1 new report\n", "\(first.errors)")
    let report = output.appendingPathComponent(
      try #require(FileManager.default.contentsOfDirectory(atPath: output.path).first { $0.contains("Data") })
    )
    let page = try String(contentsOf: report.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(page.contains("<h1>Data structures</h1>"))
    #expect(page.contains("2026-03-01 10:02"))
    let words = try String(contentsOf: report.appendingPathComponent("words.json"), encoding: .utf8)
    #expect(words.contains("hello"))
    #expect(try batch().output == "1 recording: 1 unchanged\n")

    let index = try String(contentsOf: output.appendingPathComponent("index.html"), encoding: .utf8)
    #expect(index.contains("Data structures"))

    // The transcript is ready an hour later.
    let transcript = folder.appendingPathComponent("video1234567.transcript.vtt")
    try Data("WEBVTT\n\n00:01.000 --> 00:04.000\nAna Ruiz: welcome\n".utf8).write(to: transcript)
    try FileManager.default.setAttributes([.modificationDate: Date() + 5], ofItemAtPath: transcript.path)
    #expect(try batch().output == "1 recording: 1 renewed\n")
    let more = try String(contentsOf: report.appendingPathComponent("words.json"), encoding: .utf8)
    #expect(more.contains("welcome"))
  }

  @Test func aShareThatIsNotMountedIsNoNightWithoutRecordings() throws {
    let missing = place.url.appendingPathComponent("share").path
    let result = try CommandLine.run(["batch", missing, "--output", output.path] + Self.quick)
    #expect(result.status == 2 && result.errors.contains("\(missing): no such folder"))
    for arguments in [["batch", missing, "--dry-run"], ["schedule", "cron", missing]] {
      let result = try CommandLine.run(arguments + ["--output", output.path])
      #expect(result.status == 2 && result.errors.contains("\(missing): no such folder"))
    }
  }

  @Test func theFiguresForMonitoringCanBeReadByItsExporter() throws {
    let file = place.url.appendingPathComponent("night.prom").path
    #expect(try batch(["--prometheus", file]).status == 0)
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o644)
  }

  @Test func `every line of a JSON log is an object with level, message and time`() throws {
    let file = place.url.appendingPathComponent("\"minutes\".mp4")
    try Data("Minutes of the meeting\n".utf8).write(to: file)
    let result = try batch(["--json-log"])
    #expect(result.status == 2)
    let lines = try result.errors.split(separator: "\n").map {
      try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
    }
    #expect(lines.allSatisfy { Set($0.keys) == ["level", "message", "time"] }, "\(result.errors)")
    #expect(lines.map { $0["level"] } == ["info", "error"], "\(result.errors)")
    #expect(lines.first?["message"]?.hasPrefix("\(file.path): analysing into ") == true)
    #expect(lines.last?["message"]?.contains("it is not a video file") == true)
    let times = lines.compactMap { try? Date($0["time"] ?? "", strategy: .iso8601) }
    #expect(times.count == 2 && times.allSatisfy { (-5...60).contains(Date().timeIntervalSince($0)) })
  }

  @Test func aScheduleOfAMisspeltPipelineIsRefused() throws {
    let result = try CommandLine.run(["schedule", "cron", place.url.path, "--pipeline", "observable"])
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors.contains("did you mean observable-only?"))
  }

  /// The program alone elsewhere, as cron would start it from `/`.
  @Test func pipelinesInTheWorkingDirectoryAloneAreToldAndScheduledThere() throws {
    let work = place.url.appendingPathComponent("work", isDirectory: true)
    let program = place.url.appendingPathComponent("bin/afterclass")
    for folder in [work, program.deletingLastPathComponent()] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(at: CommandLine.executable, to: program)
    try FileManager.default.createSymbolicLink(
      at: work.appendingPathComponent("Pipelines"),
      withDestinationURL: CommandLine.root.appendingPathComponent("Pipelines"))
    func run(_ arguments: String) throws -> String {
      let script = "cd '\(work.path)' && ../bin/afterclass \(arguments)"
      return try CommandLine.run(["-c", script], executable: URL(fileURLWithPath: "/bin/sh")).output
    }
    let line = try run("schedule cron .. --output Reports")
    #expect(line.contains(" cd \(work.path) && nice"), "\(line)")
    #expect(line.contains("--output \(work.path)/Reports"))
    #expect(try run("doctor").contains("found through the working directory alone"))
  }

  @Test func aReportIsDeletedWhenItsTimeIsOverAndNotMadeAgain() throws {
    try addMeeting()
    #expect(try batch(["--set", "report.retain=1s"]).status == 0)
    sleep(2)
    let second = try batch(["--set", "report.retain=1s"])
    #expect(second.output == "1 recording: 1 unchanged\n")
    #expect(second.errors.contains("deleted"))
    #expect(try batch(["--set", "report.retain=1s"]).output == "1 recording: 1 unchanged\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: output.path)
    #expect(!names.contains { $0.contains("Data") } && names.contains("purge.log"))
  }

  @Test func anAgeWithoutItsUnitDeletesNothing() throws {
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    func purge(_ age: String) throws -> CommandLine.Result {
      try CommandLine.run(["purge", "--older-than", age, "--output", output.path])
    }
    for age in ["180", "5000", "01:00:00", "90m", "0d", "0.5h"] { #expect(try purge(age).status == 64) }
    for age in ["1h", "180d", "26w"] { #expect(try purge(age).output == "0 reports deleted\n") }
  }

  @Test func doctorFindsThisMachineFitAndAMissingFolderBad() throws {
    try addMeeting()
    let fit = try CommandLine.run(["doctor", place.url.path, "--output", output.path])
    #expect(fit.status == 0, "\(fit.output)")
    #expect(fit.output.contains("recordings  1 below"))
    let bad = try CommandLine.run(["doctor", "/no/such/folder", "--output", output.path])
    #expect(bad.status == 8)
    #expect(bad.output.contains("→ check the path"))
  }

  @Test func portionsGiveTheSameBytesAsTheWhole() throws {
    func analyze(_ name: String, _ more: [String] = []) throws -> CommandLine.Result {
      let output = place.url.appendingPathComponent(name).path
      return try CommandLine.run(
        ["analyze", CommandLine.sample.path, "--output", output] + AnalyzeTests.quick + more)
    }
    #expect(try analyze("whole").status == 0)
    for portion in ["3/3", "1/3"] { #expect(try analyze("portions", ["--portion", portion]).status == 0) }
    let folder = place.url.appendingPathComponent("portions")
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("run.json").path))
    // The second portion was lost: it is measured with the report.
    #expect(try analyze("portions").status == 0)
    #expect(
      try reproducibleFiles(in: folder) == reproducibleFiles(in: place.url.appendingPathComponent("whole")))
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent(".portions").path))
  }
}
