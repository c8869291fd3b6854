import Foundation
import Testing

@testable import Benchmarking

@Suite struct ComparisonTests {
  private func usage(_ cpu: Double) -> ProcessUsage {
    ProcessUsage(cpuSeconds: cpu, wallSeconds: cpu, peakMegabytes: 10)
  }

  private var comparison: Comparison {
    Comparison(
      title: "a < b", subject: "subject",
      contenders: [
        .init(name: "reference", command: "ref", runs: [usage(2), usage(4)]),
        .init(name: "ours", command: "ours", runs: [usage(1), usage(1)]),
      ])
  }

  @Test func ratiosAreTakenRoundByRound() { #expect(comparison.ratios(1) == [0.5, 0.25]) }

  @Test func theMedianOfAnEvenNumberLiesBetween() throws {
    let spread = try #require(Spread([4, 1, 3, 2]))
    #expect(spread.median == 2.5 && spread.lowest == 1 && spread.highest == 4)
    #expect(Spread([]) == nil)
  }

  @Test func contendersTakeTurnsAndTurnsAreReversed() throws {
    let log = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).log")
    defer { try? FileManager.default.removeItem(at: log) }
    let say = { (word: String) in Command("sh", ["-c", "printf \(word) >> \(log.path)"]) }
    let result = try Comparison.run(
      "turns", subject: "", rounds: 3, contenders: [("a", say("a")), ("b", say("b"))])
    #expect(try String(contentsOf: log, encoding: .utf8) == "abbaab")
    #expect(result.contenders.allSatisfy { $0.runs.count == 3 })
  }

  @Test func theKernelsAccountSeesWorkAndMemory() throws {
    let busy = try Command("sh", ["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"]).measure()
    #expect(busy.cpuSeconds > 0 && busy.peakMegabytes > 0.2)
  }

  @Test func aProgramThatFailsOrIsMissingIsNamed() {
    #expect(throws: BenchmarkError.self) { try Command("false", []).measure() }
    #expect(throws: BenchmarkError.self) { try Command("no-such-program", []).measure() }
  }

  @Test func aProgramMayTimeItself() throws {
    let text = #"{"cpuSeconds":1.5,"wallSeconds":2,"peakMegabytes":3}"#
    let own = try Command("echo", [text], timesItself: true).measure()
    #expect(own.cpuSeconds == 1.5 && own.wallSeconds == 2)
    #expect(throws: BenchmarkError.self) { try Command("echo", ["nothing"], timesItself: true).measure() }
  }

  @Test func theReportNamesEveryContenderAndEscapesMarkup() throws {
    let machine = BenchmarkReport.Machine(processor: "Some & CPU", cores: 2, load: 0.25)
    let report = BenchmarkReport(
      date: Date(timeIntervalSince1970: 0), machine: machine, comparisons: [comparison])
    #expect(report.markdown(command: "make bench").contains("| ours | 1.00 (1.00-1.00)"))
    #expect(report.page().contains("a &lt; b") && report.page().contains("Some &amp; CPU"))
    let read = try JSONDecoder().decode(BenchmarkReport.self, from: report.json())
    #expect(read.comparisons[0].contenders[1].runs.count == 2 && read.date == "1970-01-01")
  }
}
