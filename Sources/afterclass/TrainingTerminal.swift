import Foundation
import Synchronization
import Training

/// Shows a training: a line that moves with each batch on a terminal, a line an epoch elsewhere.
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
      guard isTerminal, let elapsed = secondsIfDue(isLast: position == count) else { return }
      let left = elapsed / Double(position) * Double(count - position)
      write(
        "\r\u{1B}[Kepoch \(epoch)  batch \(position)/\(count)  loss \(text(loss, 4))  "
          + "accuracy \(text(accuracy, 3))  \(clock(left)) left in this epoch")
    case .epoch(let record, let epochs, let best):
      let left = record.seconds * Double(epochs - record.epoch)
      state.withLock { $0.start = .now }
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

  /// Seconds since the epoch began; `nil` oftener than ten times a second.
  private func secondsIfDue(isLast: Bool) -> Double? {
    state.withLock { state in
      let now = ContinuousClock.now
      guard isLast || state.lastShown.duration(to: now) > .milliseconds(100) else { return nil }
      state.lastShown = now
      return state.start.duration(to: now) / .seconds(1)
    }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  private func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  private func clock(_ seconds: Double) -> String {
    let total = Int(seconds.rounded())
    return String(format: "%d:%02d:%02d", total / 3600, total / 60 % 60, total % 60)
  }
}
