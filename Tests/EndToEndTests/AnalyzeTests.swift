import Foundation
import Testing

/// `analyze` and `report` on the sample, every few seconds of it: debug builds are slow.
@Suite struct AnalyzeTests {
  let folder = TemporaryFolder()
  static let quick = [
    "--every", "4s", "--set", "detect.detector=cascade", "--set", "detect.long-side=640", "--quiet",
  ]

  private func place(_ name: String) -> URL { folder.url.appendingPathComponent(name, isDirectory: true) }

  private func analyze(_ name: String, _ more: [String] = []) throws -> CommandLine.Result {
    try CommandLine.run(
      ["analyze", CommandLine.sample.path, "--output", place(name).path] + Self.quick + more)
  }

  @Test func givesTheSameBytesForAnyNumberOfJobsAndAfterAKill() throws {
    #expect(try analyze("one", ["--jobs", "1"]).status == 0)
    let expected = try reproducibleFiles(in: place("one"))
    #expect(try analyze("three", ["--jobs", "3"]).status == 0)
    #expect(try reproducibleFiles(in: place("three")) == expected)

    try kill(after: 1, place("killed"))
    try kill(after: 2, place("killed"))
    #expect(!FileManager.default.fileExists(atPath: place("killed").appendingPathComponent("run.json").path))
    #expect(try analyze("killed").status == 0)
    #expect(try reproducibleFiles(in: place("killed")) == expected)
    let names = try FileManager.default.contentsOfDirectory(atPath: place("killed").path)
    #expect(Set(names) == Set(expected.keys).union(["observations.sqlite", "run.json"]))
  }

  /// Starts an analysis and kills it with SIGKILL once so many slices are in its store.
  private func kill(after slices: Int, _ output: URL) throws {
    let process = CommandLine.process(
      ["analyze", CommandLine.sample.path, "--output", output.path, "--jobs", "1"] + Self.quick)
    try process.run()
    let store = output.appendingPathComponent("observations.sqlite")
    while process.isRunning, try SliceCount.of(store) < slices { usleep(20_000) }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
  }

  @Test func goesOnWhereItWasStoppedAndSaysWhenNothingHasChanged() throws {
    let process = CommandLine.process(
      ["analyze", CommandLine.sample.path, "--output", place("stopped").path, "--jobs", "1"] + Self.quick)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let store = place("stopped").appendingPathComponent("observations.sqlite")
    while process.isRunning, try SliceCount.of(store) < 1 { usleep(20_000) }
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 3)

    #expect(try analyze("stopped").status == 0)
    let again = try CommandLine.run(
      ["analyze", CommandLine.sample.path, "--output", place("stopped").path] + Self.quick.dropLast())
    #expect(again.status == 0)
    #expect(again.output.contains("nothing has changed"))
    try reportsAgainWithoutTheVideo(place("stopped"))
    try refusesAFolderOfAnotherRecording(place("stopped"))
  }

  private func reportsAgainWithoutTheVideo(_ output: URL) throws {
    let before = try reproducibleFiles(in: output)
    #expect(try CommandLine.run(["report", output.path]).status == 0)
    #expect(try reproducibleFiles(in: output) == before)
    #expect(try CommandLine.run(["report", output.path, "--set", "summarise.window=30"]).status == 0)
    let after = try reproducibleFiles(in: output)
    #expect(after["windows.csv"] != before["windows.csv"])
    #expect(after["faces.csv"] == before["faces.csv"])
  }

  private func refusesAFolderOfAnotherRecording(_ output: URL) throws {
    let other = folder.url.appendingPathComponent("other.mp4")
    try (Data(contentsOf: CommandLine.sample) + Data([0])).write(to: other)
    let result = try CommandLine.run(["analyze", other.path, "--output", output.path] + Self.quick)
    #expect(result.status == 6)
    #expect(result.errors.contains("belongs to another recording (lecture.mp4)"))
  }

  @Test func reportsOnWhatDamageLeaves() throws {
    var bytes = try Data(contentsOf: CommandLine.sample)
    for offset in stride(from: bytes.count / 2, to: bytes.count * 6 / 10, by: 7) { bytes[offset] ^= 0x5A }
    let damaged = folder.url.appendingPathComponent("damaged.mp4")
    try bytes.write(to: damaged)
    let result = try CommandLine.run(
      ["analyze", damaged.path, "--output", place("damaged").path] + Self.quick)
    #expect(result.status == 0)
    let record = try String(contentsOf: place("damaged").appendingPathComponent("run.json"), encoding: .utf8)
    #expect(record.contains("\"gaps\" : ["))
  }

  @Test func whatCouldNotBeReadIsNamedAndRenderingAgainKeepsWhatWasMeasured() throws {
    let garbage = folder.url.appendingPathComponent("class.vtt")
    try Data("no cue here".utf8).write(to: garbage)
    let first = try analyze("again", ["--every", "20s", "--transcript", garbage.path])
    #expect(first.status == 0, "\(first.errors)")
    func text(_ name: String) throws -> String {
      try String(contentsOf: place("again").appendingPathComponent(name), encoding: .utf8)
    }
    #expect(try text("report.html").contains("class.vtt: nothing in it could be read as WebVTT or SubRip."))

    let charts = place("charts")
    let second = try CommandLine.run(
      [
        "report", place("again").path, "--set", "sample.every=2s", "--set", "summarise.window=30", "--charts",
        charts.path,
      ])
    #expect(second.status == 0 && second.errors.contains("sample.every as measured"))
    #expect(try text("pipeline.yaml").contains("every: 20s") && text("pipeline.yaml").contains("window: 30"))
    #expect(try text("report.html").contains("class.vtt: nothing in it could be read"))
    for name in try FileManager.default.contentsOfDirectory(atPath: charts.path) {
      let path = charts.appendingPathComponent(name).path
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func writesNothingThatOthersCanRead() throws {
    #expect(try analyze("private", ["--every", "20s"]).status == 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: place("private").path) {
      let path = place("private").appendingPathComponent(name).path
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(name)")
    }
  }

  @Test func aNetworkOverLandmarksReadsExpressionsBehindTheSameSeam() throws {
    let chosen = ["--every", "20s", "--set", "classify.bundle=geometric"]
    #expect(try analyze("geometric", chosen).status == 0)
    func text(_ name: String) throws -> String {
      try String(contentsOf: place("geometric").appendingPathComponent(name), encoding: .utf8)
    }
    #expect(try text("run.json").contains("\"name\" : \"geometric\""))
    #expect(try text("faces.csv").split(separator: "\n").dropFirst().allSatisfy { !$0.hasSuffix(",,") })
  }

  @Test func observableOnlyStoresNoExpression() throws {
    #expect(try analyze("observable", ["--every", "20s", "--pipeline", "observable-only"]).status == 0)
    let faces = try String(
      contentsOf: place("observable").appendingPathComponent("faces.csv"), encoding: .utf8)
    #expect(!faces.contains("happy"))
  }
}
