import Foundation
import Observations
import Testing
import Vocabulary

/// What a run does to the world around it, as the kernel sees it.
@Suite(.enabled(if: SystemCalls.canBeTraced, "needs strace"))
struct PrivacyTests {
  let folder = TemporaryFolder()
  private var output: URL { folder.url.appendingPathComponent("report", isDirectory: true) }

  private func analyze(_ more: String...) throws -> SystemCalls {
    let (result, calls) = try SystemCalls.traced(
      ["analyze", CommandLine.sample.path, "--output", output.path, "--every", "20s", "--quiet"] + more)
    #expect(result.status == 0)
    return calls
  }

  @Test func aRunCallsNobodyAndWritesNowhereElse() throws {
    let calls = try analyze()
    #expect(calls.toTheNetwork == [])
    #expect(!calls.writtenFiles.isEmpty)
    #expect(calls.writtenFiles.filter { !$0.hasPrefix(output.path) } == [])
    let (again, reporting) = try SystemCalls.traced(
      ["report", output.path, "--format", "json", "--set", "summarise.window=30"])
    #expect(again.status == 0 && reporting.toTheNetwork == [])
    #expect(reporting.writtenFiles.filter { !$0.hasPrefix(output.path) } == [])
  }

  @Test func theTraceSeesAFileThatIsWrittenElsewhere() throws {
    let (_, calls) = try SystemCalls.traced(
      ["sample", "make", "--help"], through: ["/bin/sh", "-c", "echo > \"\(folder.url.path)/other\""])
    #expect(calls.writtenFiles == ["\(folder.url.path)/other"])
  }

  @Test func observableOnlyNeverOpensWhatReadsExpressions() throws {
    let shipped = try analyze().openedFiles.filter { $0.contains("/Models/afterclass-fer/") }
    #expect(!shipped.isEmpty)
    try FileManager.default.removeItem(at: output)
    let opened = try analyze("--pipeline", "observable-only").openedFiles
    #expect(opened.contains { $0.contains("/Models/detector/") })
    #expect(
      opened.filter { $0.contains("/Models/afterclass-fer/") || $0.contains("/Models/geometric/") } == [])
    let store = try ObservationStore(reading: output.appendingPathComponent("observations.sqlite"))
    let faces = try store.samples().flatMap(\.faces)
    #expect(!faces.isEmpty && faces.allSatisfy { $0.expression == nil })
  }
}

/// What is kept of people.
@Suite struct KeptDataTests {
  let folder = TemporaryFolder()
  private var report: URL { folder.url.appendingPathComponent("report", isDirectory: true) }
  private var location: URL { report.appendingPathComponent("observations.sqlite") }

  /// What store and files of the report hold that a face could be drawn from or recognised by.
  private func facesHeld() throws -> [String] {
    let samples = try ObservationStore(reading: location).samples()
    let measured = samples.flatMap { sample in
      excess(of: sample).map { "sample \(sample.index): \($0)" }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: report.path).sorted()
    let drawn = try names.flatMap { name in
      pictures(in: try Data(contentsOf: report.appendingPathComponent(name))).map { "\(name): \($0)" }
    }
    return measured + drawn
  }

  /// Places are kept, and no more numbers of a tile than say where it went: an embedding takes 128, a picture
  /// thousands.
  private func excess(of sample: SampleObservation) -> [String] {
    var found: [String] = []
    for landmarks in sample.faces.compactMap(\.landmarks) {
      if landmarks.five.count != 5 { found.append("five landmarks") }
      if ![0, 68].contains(landmarks.all.count) { found.append("all landmarks") }
    }
    for tile in sample.tiles {
      if tile.appearance.count > 64 { found.append("appearance") }
      if tile.labelShape.count > 64 { found.append("label shape") }
      if tile.label != nil { found.append("label") }
    }
    // A grid of 16 by 9 over a shared screen.
    if sample.screen.count > 144 { found.append("screen") }
    return found
  }

  private func pictures(in bytes: Data) -> [String] {
    let starts = [
      ("JPEG", Data([0xFF, 0xD8, 0xFF, 0xE0])), ("PNG", Data([0x89, 0x50, 0x4E, 0x47])),
      ("img", Data("<img".utf8)),
    ]
    let found = starts.filter { bytes.range(of: $0.1) != nil }.map(\.0)
    // The chart library draws its handles from a picture of 9 by 16 pixels.
    let embedded = String(decoding: bytes, as: UTF8.self).matches(of: /data:image[^"]*/)
    return found + embedded.filter { $0.output.count >= 1000 }.map { _ in "data:image" }
  }

  @Test func neitherStoreNorReportHoldsAPicture() throws {
    #expect(
      try CommandLine.run(
        ["analyze", CommandLine.sample.path, "--output", report.path, "--every", "20s", "--quiet"]
      ).status == 0)
    #expect(try !ObservationStore(reading: location).samples().flatMap(\.faces).isEmpty)
    #expect(try facesHeld() == [])
  }

  @Test func `a picture or an embedding would be found`() throws {
    try FileManager.default.createDirectory(at: report, withIntermediateDirectories: true)
    let store = try ObservationStore(
      at: location,
      for: Provenance(
        recordingDigest: "a", recordingName: "class.mp4", settingsDigest: "b", settings: "", software: "c"))
    let embedding = [Float](repeating: 0.5, count: 128)
    let points = [Point](repeating: Point(x: 1, y: 2), count: 64)
    let box = Box(x: 0, y: 0, width: 90, height: 90)
    func face(_ five: [Point], _ all: [Point] = []) -> FaceObservation {
      FaceObservation(box: box, score: 1, landmarks: Landmarks(five: five, all: all, confidence: 1))
    }
    var samples = (Int64(0)..<7).map { index in
      SampleObservation(
        index: index, time: Timestamp(index), frameTime: Timestamp(index), frameWidth: 160, frameHeight: 90)
    }
    samples[0].tiles = [TileObservation(box: box, cameraOn: true, appearance: Array(embedding.prefix(54)))]
    samples[0].faces = [face(Array(points.prefix(5)))]
    samples[1].faces = [face(points)]
    samples[2].faces = [face(Array(points.prefix(5)), points)]
    samples[3].tiles = [TileObservation(box: box, cameraOn: true, appearance: embedding)]
    samples[4].tiles = [TileObservation(box: box, cameraOn: true, labelShape: embedding)]
    samples[5].tiles = [TileObservation(box: box, cameraOn: true, label: "Ana Ruiz")]
    samples[6].screen = embedding + embedding
    try store.commit(SliceRecord(first: 0, last: 6, account: "{}"), samples: samples)
    let measured = [
      "five landmarks", "all landmarks", "appearance", "label shape", "label", "screen",
    ].enumerated().map { "sample \($0 + 1): \($1)" }
    #expect(try facesHeld() == measured)

    let encoded = String(repeating: "A", count: 1000)
    for (name, bytes) in [
      ("a.csv", Data("time,".utf8) + [0xFF, 0xD8, 0xFF, 0xE0]), ("b.json", Data([0x89]) + Data("PNG".utf8)),
      ("c.html", Data("<p><img src=x>".utf8)), ("d.html", Data("url(data:image/webp;base64,\(encoded)".utf8)),
    ] { try bytes.write(to: report.appendingPathComponent(name)) }
    #expect(
      try facesHeld() == measured + ["a.csv: JPEG", "b.json: PNG", "c.html: img", "d.html: data:image"])
  }
}
