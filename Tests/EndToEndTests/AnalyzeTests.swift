import Foundation
import Observations
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

  @Test func keepsTheSamplesOfASliceThatIsStoppedInItsMiddle() throws {
    // All in one slice.
    let more = ["--every", "1s", "--to", "00:00:20", "--jobs", "1"]
    #expect(try analyze("whole", more).status == 0)
    let process = CommandLine.process(
      ["analyze", CommandLine.sample.path, "--output", place("middle").path] + Self.quick + more)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let store = place("middle").appendingPathComponent("observations.sqlite")
    while process.isRunning, !FileManager.default.fileExists(atPath: store.path) { usleep(20_000) }
    usleep(500_000)
    process.terminate()
    process.waitUntilExit()
    if process.terminationStatus == 3 { #expect(try SliceCount.of(store) == 1) }
    #expect(try analyze("middle", more).status == 0)
    #expect(try reproducibleFiles(in: place("middle")) == reproducibleFiles(in: place("whole")))
  }

  @Test func `the profile of a range tells the speed of that range`() throws {
    struct Record: Decodable {
      struct Effort: Decodable { var seconds: Double }
      var stages: [String: Effort]
    }
    let range = ["--every", "10s", "--from", "00:00:10", "--to", "00:00:30"]
    let result = try analyze("profiled", range + ["--profile"])
    try #require(result.status == 0, "\(result.errors)")
    let record = try JSONDecoder().decode(Record.self, from: Data(text("profiled", "run.json").utf8))
    let speed = 20 / record.stages.values.reduce(0) { $0 + $1.seconds }
    #expect(
      result.output.hasSuffix(String(format: " (%.1f × real time a core)\n", speed)), "\(result.output)")
  }

  @Test func overwritesNothingThatIsNotOfAReport() throws {
    let table = place("mine").appendingPathComponent("class.csv")
    try FileManager.default.createDirectory(at: place("mine"), withIntermediateDirectories: true)
    try Data("name,grade".utf8).write(to: table)
    let refused = try analyze("mine")
    #expect(refused.status == 6 && refused.errors.contains("holds a class.csv that is not of a report"))
    #expect(try String(contentsOf: table, encoding: .utf8) == "name,grade")
  }

  @Test func participantsHaveNamesOfTheirOwnAndOneTileAtATime() throws {
    #expect(try analyze("people", ["--every", "10s"]).status == 0)
    let path = place("people").path
    #expect(try CommandLine.run(["report", path, "--format", "py-feat"]).status == 0)
    func participants(_ arguments: String...) throws -> CommandLine.Result {
      try CommandLine.run(["participants"] + arguments)
    }
    let merged = try participants("merge", path, "1", "2")
    #expect(merged.status == 64 && merged.errors.contains("are on screen together"), "\(merged.errors)")
    #expect(try participants(path).output.contains(/0:00:00 +0:0\d:\d\d/))
    #expect(try participants("rename", path, "3", "Ana").status == 0)
    let taken = try participants("rename", path, "2", "Ana")
    #expect(taken.status == 64 && taken.errors.contains("participant 3 is called Ana already"))
    #expect(try participants("rename", path, "2", "A\nB").status == 64)
    // What was asked for once stays.
    #expect(try text("people", "faces.py-feat.csv").contains("Ana"))
    let refused = try CommandLine.run(["report", path, "--set", "setting=eu-education"])
    #expect(refused.status == 5 && refused.errors.contains("its observations hold expressions"))
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
    let gap = try #require(try record("damaged").gaps.first)
    #expect(try text("damaged", "report.html").contains(gap.reason))

    // A setting of summarising: what was measured is not measured again.
    let refused = try CommandLine.run(
      ["analyze", damaged.path, "--output", place("damaged").path, "--set", "sample.maximum-loss=0"]
        + Self.quick)
    #expect(refused.status == 2 && refused.errors.contains("raise sample.maximum-loss"))
  }

  private func text(_ report: String, _ name: String) throws -> String {
    try String(contentsOf: place(report).appendingPathComponent(name), encoding: .utf8)
  }

  /// A copy of the sample with these files beside it.
  private func recording(with companions: [String: String]) throws -> String {
    let file = folder.url.appendingPathComponent("class.mp4")
    try FileManager.default.copyItem(at: CommandLine.sample, to: file)
    for (name, words) in companions {
      try Data(words.utf8).write(to: folder.url.appendingPathComponent(name))
    }
    return file.path
  }

  private func analyze(_ recording: String, into report: String, _ more: String...) throws
    -> CommandLine.Result
  {
    try CommandLine.run(
      ["analyze", recording, "--output", place(report).path] + Self.quick + ["--every", "20s"] + more)
  }

  @Test func aCompanionThatSaysNothingIsRefusedWhereItIsNamedAndToldWhereItIsFound() throws {
    let sentence = "class.vtt: nothing in it could be read as WebVTT or SubRip."
    let recording = try recording(with: [
      "class.vtt": "no cue here", "chat": "nobody wrote", "roster.csv": "",
    ])
    for (option, file) in [("transcript", "class.vtt"), ("chat", "chat"), ("participants", "roster.csv")] {
      let path = folder.url.appendingPathComponent(file).path
      let refusal = try analyze(recording, into: "refused", "--\(option)", path)
      #expect(refusal.status == 2 && refusal.errors.contains("\(path): "), "\(refusal.errors)")
      #expect(refusal.errors.contains("as --\(option), or leave the option out"))
    }
    #expect(!FileManager.default.fileExists(atPath: place("refused").path))
    let path = folder.url.appendingPathComponent("class.vtt").path
    #expect(try analyze(recording, into: "night", "--transcript", path, "--found").status == 0)
    #expect(try text("night", "report.html").contains(sentence))
    #expect(try analyze(recording, into: "found").status == 0)
    #expect(try text("found", "report.html").contains(sentence))
    #expect(try CommandLine.run(["report", place("found").path]).status == 0)
    #expect(try text("found", "report.html").contains(sentence))
  }

  @Test func aRecordingThatGrewWhileItWasReadIsAnalysedOnceItIsComplete() throws {
    let recording = try recording(with: [:])
    let process = CommandLine.process(
      ["analyze", recording, "--output", place("grown").path, "--jobs", "1"] + Self.quick)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let store = place("grown").appendingPathComponent("observations.sqlite")
    while process.isRunning, try SliceCount.of(store) < 1 { usleep(20_000) }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: recording))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    try file.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
    let complete = try analyze(recording, into: "grown")
    #expect(complete.status == 0, "\(complete.errors)")
  }

  @Test func renderingAgainKeepsWhatWasMeasured() throws {
    #expect(try analyze("again", ["--every", "20s"]).status == 0)
    let path = place("again").path
    let refused = try CommandLine.run(["report", path, "--set", "sample.every=2s"])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("sample.every was measured as 20s"))
    #expect(refused.errors.contains("`afterclass analyze --force RECORDING --set sample.every=2s`"))

    let file = folder.url.appendingPathComponent("mine.yaml")
    try Data("sample: {every: 2s}\nclassify: {bundle: geometric}\nsummarise: {window: 30}\n".utf8).write(
      to: file)
    let charts = place("charts")
    let kept = try CommandLine.run(["report", path, "-p", file.path, "--charts", charts.path])
    #expect(kept.status == 0 && kept.errors.contains("sample.every, "), "\(kept.errors)")
    #expect(
      kept.errors.contains("classify.bundle as measured") && kept.errors.split(separator: "\n").count == 1)
    let pipeline = try text("again", "pipeline.yaml")
    #expect(
      pipeline.contains("every: 20s") && pipeline.contains("window: 30")
        && pipeline.contains("afterclass-fer"))
    let drawn = ["timeline", "shares", "heat", "presence"].flatMap { ["\($0).svg", "\($0).png"] }
    #expect(try FileManager.default.contentsOfDirectory(atPath: charts.path).sorted() == drawn.sorted())
    for name in drawn {
      let path = charts.appendingPathComponent(name).path
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func renderingAgainAfterAFailureKeepsTheExpressions() throws {
    #expect(try analyze("failed", ["--every", "20s"]).status == 0)
    let report = place("failed")
    let before = try text("failed", "class.csv")
    let folder = report.appendingPathComponent("taken/charts")
    try FileManager.default.createDirectory(
      at: report.appendingPathComponent("taken"), withIntermediateDirectories: true)
    try Data().write(to: folder)
    #expect(try CommandLine.run(["report", report.path, "--charts", folder.path]).status != 0)
    #expect(try text("failed", "run.json").contains("\"finished\""))
    #expect(try text("failed", "class.csv") == before)

    try FileManager.default.removeItem(at: report.appendingPathComponent("run.json"))
    #expect(try CommandLine.run(["report", report.path]).status == 0)
    #expect(try text("failed", "class.csv") == before)
  }

  @Test func theRangeIsJudgedByWhatLiesInItself() throws {
    var bytes = try Data(contentsOf: CommandLine.sample)
    for offset in stride(from: bytes.count / 2, to: bytes.count * 8 / 10, by: 7) { bytes[offset] ^= 0x5A }
    let damaged = folder.url.appendingPathComponent("damaged.mp4")
    try bytes.write(to: damaged)
    let whole = [
      "analyze", damaged.path, "--output", place("range").path, "--every", "2s", "--set",
      "sample.maximum-loss=1",
    ]
    #expect(try CommandLine.run(whole).status == 0)
    #expect(try !record("range").gaps.isEmpty)
    #expect(try CommandLine.run(whole + ["--to", "00:00:10"]).status == 0)
    let range = try record("range")
    #expect(range.gaps.isEmpty && range.samples == Record.Samples(planned: 5, measured: 5))
  }

  private struct Record: Decodable {
    struct Gap: Decodable { var reason: String }
    struct Samples: Decodable, Equatable { var planned, measured: Int }
    var gaps: [Gap]
    var samples: Samples
  }

  private func record(_ report: String) throws -> Record {
    try JSONDecoder().decode(Record.self, from: Data(text(report, "run.json").utf8))
  }

  @Test func whatIsKeptOfWordsNamesNobodyWhomTheReportDoesNotName() throws {
    let recording = try recording(with: [
      "class.vtt": "WEBVTT\n\n00:01.000 --> 00:04.000\nAna Ruiz: welcome\n",
      "class.newChat.txt": "00:00:05\tCy Ng:\tpardon?\n00:00:40\tAna Ruiz:\tyes\n",
      "class.participants.csv": "Name\nAna Ruiz\nDi Om\n",
    ])
    let people = ["Ana Ruiz", "Cy Ng", "Di Om"]
    func named() throws -> [String] {
      let files = try FileManager.default.contentsOfDirectory(atPath: place("words").path)
      let bytes = try files.map { try Data(contentsOf: place("words").appendingPathComponent($0)) }
      return people.filter { name in bytes.contains { $0.range(of: Data(name.utf8)) != nil } }
    }
    func report(_ setting: String) throws -> CommandLine.Result {
      try CommandLine.run(["report", place("words").path, "--set", setting])
    }
    #expect(try analyze(recording, into: "words").status == 0)
    #expect(try named() == [])
    #expect(try text("words", "words.json").contains("Voice B"))
    let before = try reproducibleFiles(in: place("words"))
    #expect(try report("summarise.window=10").errors.isEmpty)
    #expect(try reproducibleFiles(in: place("words")) == before)

    let late = try report("summarise.pseudonyms=false")
    #expect(late.status == 0 && late.errors.contains("names from transcript, chat and roster were not kept"))
    #expect(try text("words", "report.html").contains("names from transcript, chat and roster were not kept"))
    #expect(try analyze(recording, into: "words", "--set", "summarise.pseudonyms=false").status == 0)
    #expect(try named() == people)
    #expect(try !text("words", "report.html").contains("were not kept"))

    #expect(try report("report.aggregate-only=true").status == 0)
    #expect(try named() == [] && !text("words", "words.json").contains("pardon"))
    #expect(try report("report.aggregate-only=false").errors.contains("the chat and who spoke were not kept"))
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
    #expect(try text("run.json").contains("\"accuracy\" : 0."))
    #expect(try text("faces.csv").split(separator: "\n").dropFirst().allSatisfy { !$0.hasSuffix(",,") })

    // Who is seen for longer is read from another face at rest.
    #expect(try analyze("geometric-short", chosen + ["--to", "30s"]).status == 0)
    let tables = try ["geometric", "geometric-short"].map { name in
      try String(contentsOf: place(name).appendingPathComponent("faces.csv"), encoding: .utf8)
        .split(separator: "\n").prefix(2).map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }
    let angry = try #require(tables[0][0].firstIndex(of: "angry"))
    #expect(tables[0][1].prefix(angry) == tables[1][1].prefix(angry))
    #expect(tables[0][1].dropFirst(angry) != tables[1][1].dropFirst(angry))
  }

  @Test func observableOnlyStoresNoExpression() throws {
    #expect(try analyze("observable", ["--every", "20s", "--pipeline", "observable-only"]).status == 0)
    #expect(try !text("observable", "faces.csv").contains("happy"))
    let store = try ObservationStore(
      reading: place("observable").appendingPathComponent("observations.sqlite"))
    let faces = try store.samples().flatMap(\.faces)
    #expect(!faces.isEmpty && faces.allSatisfy { $0.expression == nil })
  }
}
