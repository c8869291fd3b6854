import Foundation
import Logging
import Pipeline

/// Shows how far a recording is: a bar on a terminal, a log line every so often otherwise.
struct ProgressDisplay: Sendable {
  let name: String
  /// Seconds of recording a sample stands for.
  let secondsPerSample: Double
  let tally: Tally

  /// Shows until cancelled.
  func run() async {
    let start = ContinuousClock.now
    let pause: Duration = Terminal.isInteractive ? .milliseconds(200) : .seconds(30)
    while !Task.isCancelled {
      try? await Task.sleep(for: pause)
      if Task.isCancelled { break }
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      let line = Self.line(name, tally.count, secondsPerSample: secondsPerSample, elapsed: elapsed)
      guard let line else { continue }
      if Terminal.isInteractive { Terminal.replaceLine(line) } else { LineLog.log.info("\(line)") }
    }
    if Terminal.isInteractive { Terminal.replaceLine("") }
  }

  /// `class.mp4 ████████░░░░  62 %  31.4 × real time  1,204 faces  0:00:41 left`; `nil` before the plan is known.
  static func line(_ name: String, _ count: Tally.Count, secondsPerSample: Double, elapsed: Double) -> String?
  {
    guard count.planned > 0 else { return nil }
    let done = Double(count.before + count.samples) / Double(count.planned)
    let cells = 24
    let full = min(cells, Int(done * Double(cells)))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
    var line = "\(name.prefix(30)) \(bar) \(Int(done * 100)) %"
    if elapsed > 0.5, count.samples > 0 {
      let rate = Double(count.samples) / elapsed
      let left = Double(count.planned - count.before - count.samples) / rate
      line +=
        "  \(oneDecimal(rate * secondsPerSample)) × real time  \(count.faces) faces  \(clock(left)) left"
    }
    return line
  }

  static func oneDecimal(_ value: Double) -> String { String(format: "%.1f", value) }
}
