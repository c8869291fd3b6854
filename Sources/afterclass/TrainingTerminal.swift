import ArgumentParser
import Foundation
import Pipeline
import Synchronization
import Training

/// Shows a training: a line that moves with each batch on a terminal; elsewhere a line an epoch, and one a minute in
/// long ones.
final class TrainingTerminal: Sendable {
  private struct State {
    var start = ContinuousClock.now
    var lastShown = ContinuousClock.now
  }

  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  func show(_ progress: TrainingProgress) {
    switch progress {
    case .batch(let epoch, let position, let count, let accuracy, let loss):
      guard let elapsed = secondsIfDue(isLast: position == count) else { return }
      let left = elapsed / Double(position) * Double(count - position)
      let words =
        "epoch \(epoch)  batch \(position)/\(count)  loss \(text(loss, 4))  "
        + "accuracy \(text(accuracy, 3))  \(clock(left)) left in this epoch"
      if isTerminal { write("\r\u{1B}[K" + words) } else { line(words) }
    case .resumed(let epochs): line("going on after epoch \(epochs)")
    case .epoch(let record, let epochs, let best):
      let left = record.seconds * Double(epochs - record.epoch)
      state.withLock { ($0.start, $0.lastShown) = (.now, .now) }
      line(
        "epoch \(record.epoch)/\(epochs)  loss \(text(record.loss, 4))  accuracy \(text(record.accuracy, 4))  "
          + "val_loss \(text(record.validationLoss, 4))  val_accuracy \(text(record.validationAccuracy, 4))  "
          + (record.averagedAccuracy.map { "averaged \(text($0, 4))  " } ?? "")
          + "best \(text(best, 4))  \(text(record.seconds, 0)) s  \(clock(left)) left")
    }
  }

  func line(_ text: String) {
    write((isTerminal ? "\r\u{1B}[K" : "") + text.printable + "\n")
  }

  /// Seconds since the epoch began; `nil` oftener than ten times a second, or once a minute where lines stay.
  private func secondsIfDue(isLast: Bool) -> Double? {
    state.withLock { state in
      let now = ContinuousClock.now
      let isDue = state.lastShown.duration(to: now) > (isTerminal ? .milliseconds(100) : .seconds(60))
      guard isDue || (isTerminal && isLast) else { return nil }
      state.lastShown = now
      return state.start.duration(to: now) / .seconds(1)
    }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  private func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}

extension TrainingTerminal {
  /// Runs a training so that SIGINT and SIGTERM stop it between two batches, with a word on how to go on.
  func watch<Value: Sendable>(_ training: @escaping @Sendable () async throws -> Value) async throws -> Value
  {
    do { return try await interruptible(training) } catch is CancellationError {
      line("stopped; with --resume the same command goes on after the last whole epoch")
      throw ExitCode(Outcome.stopped.rawValue)
    }
  }
}
