import Foundation
import Testing

/// What a user does wrong: one clear line that names the file, and the documented exit code.
@Suite struct BadInputTests {
  let folder = TemporaryFolder()

  private func file(_ name: String, _ bytes: Data) throws -> String {
    let file = folder.url.appendingPathComponent(name)
    try bytes.write(to: file)
    return file.path
  }

  private func analyze(_ recording: String, _ more: String...) throws -> CommandLine.Result {
    let output = folder.url.appendingPathComponent("report").path
    return try CommandLine.run(
      ["analyze", recording, "--output", output, "--quiet", "--set", "classify.bundle=none"] + more)
  }

  private func expectOneLine(_ result: CommandLine.Result, status: Int32, naming file: String) {
    #expect(result.status == status)
    #expect(result.errors.contains(file))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func noSuchFile() throws {
    expectOneLine(try analyze("/no/such/class.mp4"), status: 2, naming: "class.mp4")
  }

  @Test func aMisspeltPipelineIsAnsweredWithThoseThatShip() throws {
    let result = try CommandLine.run(["pipeline", "check", "observabel-only"])
    expectOneLine(result, status: 64, naming: "did you mean observable-only?")
    #expect(result.errors.contains("pipelines that ship: classroom, gallery, observable-only"))
    #expect(try analyze("class.mp4", "-p", "observable").errors.contains("did you mean observable-only?"))
  }

  @Test func aFolderWithoutAReportSaysWhereReportsAre() throws {
    func errors(_ path: String) throws -> String { try CommandLine.run(["report", path]).errors }
    #expect(try errors("/no/such/folder").contains("/no/such/folder: no such folder"))
    let below = folder.url.appendingPathComponent("monday")
    try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
    #expect(try errors(folder.url.path).contains("no observations here"))
    try Data().write(to: below.appendingPathComponent("observations.sqlite"))
    #expect(try errors(folder.url.path).contains("name one of them: \(below.path)"))
  }

  @Test func aFolderOfReportsThatIsNotThere() throws {
    for command in [["index", "/no/such/folder"], ["status", "--output", "/no/such/folder"]] {
      expectOneLine(try CommandLine.run(command), status: 6, naming: "/no/such/folder: no such folder")
    }
  }

  @Test func aRangeBehindTheEndIsAnsweredWithTheLength() throws {
    let result = try analyze(CommandLine.sample.path, "--from", "00:10:00")
    expectOneLine(result, status: 2, naming: "lecture.mp4: is 00:02:10 long")
    #expect(result.errors.contains("sample.from (--from) is 600s"))
  }

  @Test func aPictureThatIsNoneGivesNoTable() throws {
    let path = try file("notes.jpg", Data("Minutes of the meeting\n".utf8))
    let table = folder.url.appendingPathComponent("faces.csv").path
    let result = try CommandLine.run(["inspect", path])
    expectOneLine(result, status: 2, naming: "notes.jpg")
    #expect(result.output.isEmpty)
    #expect(try CommandLine.run(["inspect", path, "--csv", table]).status == 2)
    #expect(!FileManager.default.fileExists(atPath: table))
  }

  @Test func drawingNeverReplacesAPictureThatIsRead() throws {
    let original = Data("an original\n".utf8)
    let first = try file("x.png", original)
    let second = try file("x.png.png", original)
    let result = try CommandLine.run(["inspect", first, second, "--draw", folder.url.path])
    expectOneLine(result, status: 6, naming: "x.png.png")
    #expect(try Data(contentsOf: URL(fileURLWithPath: second)) == original)
  }

  @Test func picturesOfOneNameAreDrawnSideBySide() throws {
    let shipped = CommandLine.root.appendingPathComponent("Reports/Examples/lecture.png")
    let pictures = try ["a", "b"].map { name in
      let inner = folder.url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      let file = inner.appendingPathComponent("1.png")
      try FileManager.default.copyItem(at: shipped, to: file)
      return file.path
    }
    let drawn = folder.url.appendingPathComponent("drawn")
    let result = try CommandLine.run(
      ["inspect"] + pictures + ["--draw", drawn.path, "--set", "classify.bundle=none"])
    #expect(result.status == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: drawn.path).sorted()
        == ["1.png-2.png", "1.png.png"])
  }

  @Test func whatStopsTheToolsOfNetworksHasItsExitCode() throws {
    let network = try file("model.onnx", Data("none".utf8))
    let data = try file("faces.csv", Data("emotion,pixels,Usage\n".utf8))
    let bundle = folder.url.path
    for (arguments, status, name) in [
      (["bundle", "check", bundle], 7, "manifest.yaml"),
      (["evaluate", bundle, "--data", data], 2, "no face of PublicTest"),
      (["bundle", "import", network, "--output", bundle + "/new"], 7, "model.onnx"),
      (["bundle", "export", bundle + "/none", "--data", data, "--output", bundle + "/new"], 2, "PublicTest"),
      (["train", "--recipe", bundle + "/none.yaml", "--data", data, "--output", bundle], 64, "none.yaml"),
      (["dataset", "explore", bundle + "/none.csv"], 2, "none.csv"),
    ] as [([String], Int32, String)] {
      expectOneLine(try CommandLine.run(arguments), status: status, naming: name)
    }
    let limit = try CommandLine.run(["bundle", "quantize", bundle, "--data", data, "--limit=-1"])
    #expect(limit.status == 64 && limit.errors.contains("--limit must be 1 or more"))
  }

  @Test func aPipelineIsCheckedToItsEnd() throws {
    let pipeline = try file(
      "mine.yaml",
      Data(
        "setting: eu-education\nclassify: {bundle: nope}\ndetect: {detector: yunet, model: none.onnx}\n".utf8)
    )
    let result = try CommandLine.run(["pipeline", "check", pipeline])
    #expect(result.status == 5)
    for fault in ["eu-education", "none.onnx", "nope"] {
      #expect(result.errors.contains(fault), "\(result.errors)")
    }
  }

  @Test(arguments: ["afterclass-fer", "detector", "geometric", "landmarks"])
  func everyBundleThatShipsIsSound(name: String) throws {
    let result = try CommandLine.run(["bundle", "check", "Pipelines/Models/\(name)"])
    #expect(result.status == 0 && result.output.contains(": sound; "), "\(result.errors)")
  }

  @Test func aNetworkOfTwoAnswersIsImportedByTheNameOfOne() throws {
    let network = CommandLine.root.appendingPathComponent("Pipelines/Models/afterclass-fer/model.onnx").path
    let output = folder.url.appendingPathComponent("imported").path
    let refused = try CommandLine.run(["bundle", "import", network, "--output", output])
    #expect(
      refused.status == 7 && refused.errors.contains("logits, votes; name one of them with --output-name"))
    #expect(!FileManager.default.fileExists(atPath: output))
    let named = try CommandLine.run([
      "bundle", "import", network, "--output", output, "--output-name", "votes",
    ])
    #expect(named.status == 0, "\(named.errors)")
  }

  @Test func aRecipeThatDoesNotShipIsToldWithThoseThatDo() throws {
    let data = try file("faces.csv", Data("emotion,pixels,Usage\n".utf8))
    let result = try CommandLine.run(
      ["train", "--recipe", "sead", "--data", data, "--output", folder.url.path + "/run"])
    expectOneLine(result, status: 64, naming: "afterclass, afterclass-taught, seed; did you mean seed?")
  }

  @Test func whatDoesNothingForLandmarksIsRefusedThere() throws {
    _ = try file("geometric.json", Data("{}".utf8))
    let pixels = Array(repeating: "7", count: 48 * 48).joined(separator: " ")
    let data = try file("faces.csv", Data("emotion,pixels,Usage\n3,\(pixels),PublicTest\n".utf8))
    let result = try CommandLine.run(["evaluate", folder.url.path, "--data", data, "--tta"])
    #expect(result.status == 64 && result.errors.contains("--tta mirrors pictures"))
  }

  @Test func whatIsLeftOutOfTheDataIsTold() throws {
    let classes = ["happy", "contempt"].map { folder.url.appendingPathComponent("faces/\($0)") }
    for folder in classes {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    try Data("no picture".utf8).write(to: classes[0].appendingPathComponent("a.png"))
    let data = folder.url.appendingPathComponent("faces").path
    let result = try CommandLine.run(["evaluate", folder.url.path, "--data", data])
    #expect(result.status == 2)
    #expect(result.errors.contains("left out what no expression is named by: contempt"))
    #expect(result.errors.contains("left out 1 bad pictures"))
  }

  @Test func namesFromANetworksFilesDoNotDriveTheTerminal() throws {
    _ = try file("manifest.yaml", Data("\"\\e[31mred\": 1\n".utf8))
    let result = try CommandLine.run(["bundle", "check", folder.url.path])
    expectOneLine(result, status: 7, naming: "[31mred")
    #expect(!result.errors.contains("\u{1B}"))
  }

  @Test func folderInPlaceOfAFile() throws {
    expectOneLine(try analyze(folder.url.path), status: 2, naming: folder.url.lastPathComponent)
  }

  @Test func emptyFile() throws {
    let path = try file("empty.mp4", Data())
    expectOneLine(try analyze(path), status: 2, naming: (path as NSString).lastPathComponent)
  }

  @Test func textInPlaceOfVideo() throws {
    let path = try file("notes.mp4", Data("Minutes of the meeting\n".utf8))
    expectOneLine(try analyze(path), status: 2, naming: (path as NSString).lastPathComponent)
  }

  @Test func recordingCutOffBeforeItsIndex() throws {
    // The sample's index may stand in front; a file without one is what is left of its media data.
    let whole = try Data(contentsOf: CommandLine.sample)
    let path = try file("cut.mp4", whole.prefix(600))
    expectOneLine(try analyze(path), status: 2, naming: (path as NSString).lastPathComponent)
  }

  @Test func soundWithoutPictures() throws {
    let path = try file("audio.mp4", Self.silence(seconds: 1))
    let result = try analyze(path)
    expectOneLine(result, status: 2, naming: "audio.mp4")
    #expect(result.errors.contains("video"))
  }

  /// A RIFF WAVE file: 8 bits, one channel, 8 kHz.
  private static func silence(seconds: Int) -> Data {
    func little(_ value: Int, _ bytes: Int) -> [UInt8] {
      (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let count = 8000 * seconds
    var wave = Data("RIFF".utf8)
    wave += little(36 + count, 4)
    wave += Data("WAVEfmt ".utf8)
    for (value, bytes) in [(16, 4), (1, 2), (1, 2), (8000, 4), (8000, 4), (1, 2), (8, 2)] {
      wave += little(value, bytes)
    }
    wave += Data("data".utf8)
    wave += little(count, 4)
    wave += Data(repeating: 128, count: count)
    return wave
  }

  @Test func anIndexWithoutOneFrame() throws {
    let whole = try Data(contentsOf: CommandLine.sample)
    let pictures = try #require(whole.range(of: Data("mdat".utf8)))
    let path = try file("hollow.mp4", whole[..<pictures.upperBound])
    expectOneLine(try analyze(path), status: 2, naming: "hollow.mp4")
  }

  @Test func recordingCutOffBehindItsIndexIsReportedAsFarAsItGoes() throws {
    let whole = try Data(contentsOf: CommandLine.sample)
    let path = try file("half.mp4", whole.prefix(whole.count * 6 / 10))
    let result = try analyze(path, "--every", "4s", "--set", "detect.detector=cascade")
    #expect(result.status == 0)
    let run = folder.url.appendingPathComponent("report/run.json")
    let record = try JSONSerialization.jsonObject(with: Data(contentsOf: run)) as? [String: Any]
    #expect((record?["gaps"] as? [Any])?.isEmpty == false)
  }

  @Test(.enabled(if: geteuid() != 0, "root reads everything")) func unreadableFile() throws {
    let path = try file("locked.mp4", Data(contentsOf: CommandLine.sample))
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    expectOneLine(try analyze(path), status: 2, naming: "locked.mp4")
  }

  @Test func outputThatCannotBeMade() throws {
    let taken = try file("taken", Data("a file".utf8))
    let result = try CommandLine.run(["analyze", CommandLine.sample.path, "--output", taken, "--quiet"])
    expectOneLine(result, status: 6, naming: taken)
  }

  /// A limit on the size of files stands for the end of the disk: writes fail in the middle all the same.
  @Test func diskThatIsFull() throws {
    let output = folder.url.appendingPathComponent("full").path
    let result = try CommandLine.run(
      [
        "analyze", CommandLine.sample.path, "--output", output, "--quiet", "--every", "20s", "--set",
        "detect.long-side=640",
      ], fileBlocks: 8)
    expectOneLine(result, status: 6, naming: output)
    #expect(!FileManager.default.fileExists(atPath: output + "/run.json"))
  }

  @Test func unknownKeyOnTheCommandLine() throws {
    let result = try analyze(CommandLine.sample.path, "--set", "sampel.every=2s")
    #expect(result.status == 64)
    #expect(result.errors.contains("did you mean sample.every?"))
  }

  @Test func allMistakesOfAPipelineFile() throws {
    let path = try file("mine.yaml", Data("sampel:\n  every: 1s\nsetting: nowhere\n".utf8))
    let result = try CommandLine.run(["pipeline", "check", path])
    #expect(result.status == 64)
    #expect(result.errors.contains("mine.yaml:1: unknown key sampel; did you mean sample?"))
    #expect(result.errors.contains("mine.yaml:3: setting wants"))
  }

  @Test func expressionsWhereTheLawForbidsThem() throws {
    let result = try CommandLine.run([
      "analyze", CommandLine.sample.path, "--set", "setting=eu-education", "--output", folder.url.path,
      "--quiet",
    ])
    #expect(result.status == 5)
    #expect(result.errors.contains("2024/1689"))
    #expect(result.errors.contains("observable-only"))
  }

  @Test func bundleThatIsNone() throws {
    let path = try file("manifest.yaml", Data("name: x\n".utf8))
    let bundle = (path as NSString).deletingLastPathComponent
    let result = try CommandLine.run([
      "analyze", CommandLine.sample.path, "--set", "classify.bundle=\(bundle)", "--output",
      folder.url.path + "/r",
    ])
    #expect(result.status == 7)
    #expect(result.errors.contains(bundle))
  }

  @Test func bundleThatIsNotThere() throws {
    let result = try CommandLine.run([
      "analyze", CommandLine.sample.path, "--set", "classify.bundle=no-such-network", "--output",
      folder.url.path + "/r",
    ])
    expectOneLine(result, status: 7, naming: "no-such-network")
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/r"))
  }

  @Test func wrongOption() throws {
    let result = try CommandLine.run(["analyze", "--colour"])
    #expect(result.status == 64)
    #expect(try CommandLine.run(["analyze", CommandLine.sample.path, "--jobs", "0"]).status == 64)
  }

  @Test func reportOfAFolderWithoutObservations() throws {
    expectOneLine(try CommandLine.run(["report", folder.url.path]), status: 6, naming: folder.url.path)
  }

  @Test func controlCharactersInANameDoNotReachTheTerminal() throws {
    let result = try analyze("/no/such/\u{1B}[31mclass.mp4")
    #expect(result.status == 2)
    #expect(!result.errors.contains("\u{1B}"))
  }
}
