import Foundation
import Observations
import Testing

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

  @Test func neitherStoreNorReportHoldsAPicture() throws {
    let output = folder.url.appendingPathComponent("report", isDirectory: true)
    #expect(
      try CommandLine.run(
        ["analyze", CommandLine.sample.path, "--output", output.path, "--every", "20s", "--quiet"]
      ).status == 0)
    let store = try ObservationStore(reading: output.appendingPathComponent("observations.sqlite"))
    for sample in try store.samples() {
      // Places, and no more numbers of a tile than say where it went: a picture of a face takes thousands.
      #expect(sample.faces.allSatisfy { [5, nil].contains($0.landmarks?.five.count) })
      #expect(sample.faces.allSatisfy { [0, 68, nil].contains($0.landmarks?.all.count) })
      #expect(sample.tiles.allSatisfy { $0.appearance.count <= 256 && $0.labelShape.count <= 256 })
      #expect(sample.tiles.allSatisfy { $0.label == nil } && sample.screen.count <= 1024)
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: output.path) {
      let bytes = try Data(contentsOf: output.appendingPathComponent(name))
      for start in [Data([0xFF, 0xD8, 0xFF, 0xE0]), Data([0x89, 0x50, 0x4E, 0x47]), Data("<img".utf8)] {
        #expect(bytes.range(of: start) == nil, "\(name)")
      }
      // The chart library draws its handles from a picture of 9 by 16 pixels.
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.matches(of: /data:image[^"]*/).allSatisfy { $0.output.count < 1000 }, "\(name)")
    }
  }
}
