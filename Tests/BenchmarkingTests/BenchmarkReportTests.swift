import Foundation
import Testing

@testable import Benchmarking

@Suite struct BenchmarkReportTests {
  private func report(_ quantity: Comparison.Quantity, _ figures: [[Double]]) -> BenchmarkReport {
    let names = ["reference", "ours"]
    let contenders = zip(names, figures).map { name, figures in
      Comparison.Contender(
        name: name, command: "\(name) --fast",
        runs: figures.map { ProcessUsage(cpuSeconds: $0, wallSeconds: 2 * $0, peakMegabytes: 10 * $0) })
    }
    let comparison = Comparison(
      title: "Start", subject: "an hour", quantity: quantity, contenders: contenders)
    return BenchmarkReport(
      machine: .init(processor: "CPU", cores: 2, load: 0), comparisons: [comparison])
  }

  @Test func `a table's row holds medians, their spread and the ratio to the first`() {
    let table = report(.cpu, [[2, 4], [1, 2]]).markdown(command: "make bench")
    #expect(table.contains("    make bench\n") && table.contains("an hour; 2 rounds."))
    let reference = "| reference | 3.00 (2.00-4.00) | 6.00 (4.00-8.00) | 30 (20-40) | 1 |"
    #expect(table.contains("\(reference) `reference --fast` |"), "\(table)")
    let ours = "| ours | 1.50 (1.00-2.00) | 3.00 (2.00-4.00) | 15 (10-20) | 0.500 (0.500-0.500) |"
    #expect(table.contains("\(ours) `ours --fast` |"), "\(table)")
  }

  @Test func `each run is drawn in proportion to the largest, under an axis of round values`() {
    let page = report(.cpu, [[2, 4], [1, 2]]).page()
    for (x, y) in [("440.0", 18), ("680.0", 18), ("320.0", 52), ("440.0", 52)] {
      #expect(page.contains("<circle class=\"dot\" r=\"6\" cx=\"\(x)\" cy=\"\(y)\"/>"), "\(x), \(y)")
    }
    for (x, y) in [("560.0", 7), ("380.0", 41)] {
      #expect(page.contains("<line class=\"median\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(y)\""), "\(x), \(y)")
    }
    #expect(page.contains(">3.00 s</text>") && page.contains(">1.50 s, × 0.50</text>"))
    let axis = page.matches(of: /y="\d+">([\d.]+) s<\/text>/).map { String($0.output.1) }
    #expect(axis.filter { !$0.contains(".") } == ["0", "1", "2", "3", "4"], "\(axis)")
  }

  @Test func `memory is drawn in megabytes, and nothing measured as nothing`() {
    #expect(report(.memory, [[2, 4], [1, 2]]).page().contains(">15 MB, × 0.50</text>"))
    let nothing = report(.wall, [[0], [0]]).page()
    #expect(nothing.contains("cx=\"200.0\"") && !nothing.contains("nan") && !nothing.contains("inf"))
  }
}

@Suite struct ProcessUsageTests {
  @Test func `what work takes of this process is in its account`() {
    let usage = ProcessUsage.measure {
      let start = Self.threadSeconds()
      while Self.threadSeconds() - start < 0.05 {}
    }
    #expect(usage.cpuSeconds > 0.04 && usage.wallSeconds > 0.04 && usage.peakMegabytes > 1)
    let idle = ProcessUsage.measure { usleep(60_000) }
    #expect(idle.wallSeconds > 0.05)
  }

  @Test func `an error of the work is handed on`() {
    #expect(throws: CancellationError.self) { try ProcessUsage.measure { throw CancellationError() } }
  }

  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  @Test func `a command is told with its paths shortened`() {
    let command = Command("/usr/bin/ffmpeg", ["-i", "/home/ana/class.mp4", "-f", "null", "-"])
    #expect(command.line == "ffmpeg -i class.mp4 -f null -")
  }
}
