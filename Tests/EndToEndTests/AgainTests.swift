import Foundation
import Testing

/// What a second run finds: when it measures, when it renders alone, and when there is nothing to do.
@Suite struct AgainTests {
  private let folder = TemporaryFolder()
  private static let coarse = [
    "--set", "detect.detector=cascade", "--set", "detect.long-side=640", "--set", "classify.bundle=none",
  ]

  private func place(_ name: String) -> URL { folder.url.appendingPathComponent(name, isDirectory: true) }

  private func analyze(_ name: String, every: String, _ more: String...) throws -> CommandLine.Result {
    try CommandLine.run(
      ["analyze", CommandLine.sample.path, "--output", place(name).path, "--every", every] + Self.coarse
        + more)
  }

  private struct Record: Decodable {
    struct Samples: Decodable, Equatable { var planned, measured: Int }
    var state: String
    var samples: Samples
  }

  private func record(_ name: String) throws -> Record {
    let file = place(name).appendingPathComponent("run.json")
    return try JSONDecoder().decode(Record.self, from: Data(contentsOf: file))
  }

  @Test func measuresAgainOnlyWhatWasMeasuredOtherwiseOrByForce() throws {
    #expect(try analyze("again", every: "20s", "--quiet").status == 0)
    #expect(try record("again").samples == Record.Samples(planned: 7, measured: 7))
    let finer = try analyze("again", every: "10s")
    #expect(finer.status == 0 && finer.errors.contains("measuring again"), "\(finer.errors)")
    #expect(finer.errors.contains("sample.every: 10s, sample.every: 20s"), "\(finer.errors)")
    #expect(try record("again").samples == Record.Samples(planned: 13, measured: 13))

    let same = try analyze("again", every: "10s")
    #expect(same.status == 0 && same.output.contains("nothing has changed"), "\(same.output)")
    #expect(same.errors.isEmpty)

    let before = try reproducibleFiles(in: place("again"))
    try FileManager.default.removeItem(at: place("again").appendingPathComponent("class.csv"))
    let rendered = try analyze("again", every: "10s")
    #expect(rendered.status == 0 && rendered.output.contains("measured before, reported again"))
    #expect(!rendered.errors.contains("measuring again"), "\(rendered.errors)")
    #expect(try reproducibleFiles(in: place("again")) == before)

    let forced = try analyze("again", every: "10s", "--force")
    #expect(forced.status == 0 && forced.output.contains(/13 samples, [1-9]\d* faces/), "\(forced.output)")
    #expect(!forced.output.contains("nothing has changed") && !forced.output.contains("measured before"))
    #expect(try reproducibleFiles(in: place("again")) == before)
  }

  @Test func aRenderingThatFailsHalfWayLeavesAReportThatIsUnfinishedUntilTheNext() throws {
    #expect(try analyze("half", every: "20s", "--quiet").status == 0)
    let path = place("half").path
    let before = try reproducibleFiles(in: place("half"))
    let page = try #require(before["report.html"])
    // There is room for the record and all tables, and for half of the page.
    let failed = try CommandLine.run(
      ["report", path, "--set", "summarise.window=30"], fileBlocks: page.count / 512 / 2)
    #expect(failed.status == 6, "\(failed.errors)")
    #expect(failed.errors.contains("report.html: cannot write"), "\(failed.errors)")
    #expect(try record("half").state == "unfinished")
    let left = place("half").appendingPathComponent("report.html")
    #expect(try Data(contentsOf: left) == page)

    let whole = try CommandLine.run(["report", path])
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(try record("half").state == "finished")
    #expect(try reproducibleFiles(in: place("half")) == before)
  }

  @Test func aPortionThatWasMeasuredOtherwiseIsLeftAloneUntilItIsAskedFor() throws {
    let portion = place("portion").appendingPathComponent(".portions/1-of-2")
    func isThere(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: portion.appendingPathComponent(name).path)
    }
    #expect(try analyze("portion", every: "20s", "--quiet", "--portion", "1/2").status == 0)
    #expect(isThere("finished") && isThere("observations.sqlite"))

    #expect(try analyze("portion", every: "10s", "--quiet").status == 0)
    #expect(try analyze("fresh", every: "10s", "--quiet").status == 0)
    #expect(isThere("finished") && isThere("observations.sqlite"))
    #expect(try reproducibleFiles(in: place("portion")) == reproducibleFiles(in: place("fresh")))

    #expect(try analyze("portion", every: "20s", "--quiet").status == 0)
    #expect(!FileManager.default.fileExists(atPath: portion.deletingLastPathComponent().path))
  }
}
