import Foundation
import Networks

/// A training that goes epoch by epoch and can be stopped between any two.
protocol EpochTraining {
  associatedtype Settings: Codable, Equatable
  associatedtype Record: Codable, EpochSummary

  var settings: Settings { get }
  var epochs: Int { get }
  var session: TrainingSession { get }

  /// Trains one epoch, counted from 0: a pure function of the session's state, the settings and `epoch`.
  ///
  /// - Throws: `CancellationError` between two batches once the task is cancelled.
  func run(epoch: Int) throws -> Record
}

extension TrainingSession {
  /// Moves the weights along the gradients, whose norm is cut to 10, by AdamW, and their average after them; it follows
  /// faster at first, when the weights that it holds are hardly trained.
  ///
  /// - Parameters:
  ///   - count: steps before this one.
  ///   - averaging: the share of itself that the average keeps, once there were many steps.
  func step(after count: Int, rate: Float, weightDecay: Float, averaging: Float) {
    clipGradients(norm: 10)
    step(.adamW(learningRate: rate, weightDecay: weightDecay))
    let steps = Float(count)
    updateAverage(decay: min(averaging, (1 + steps) / (10 + steps)))
  }
}

/// What an epoch showed, as columns of a table.
protocol EpochSummary {
  var columns: [(name: String, value: Double)] { get }
}

/// The epochs of a training in a folder of its own: `model.onnx` (the averaged weights), `history.csv` and
/// `last.checkpoint`, all three written after every epoch.
struct EpochLoop<Training: EpochTraining> {
  let training: Training
  let folder: URL
  /// Digests of what is learned from and begun with: with others a training is not gone on with.
  var sources: [String] = []

  private struct Progress: Codable {
    var settings: Training.Settings
    var sources: [String]?
    var records: [Training.Record] = []
  }

  /// - Parameters:
  ///   - resumes: goes on from the folder's checkpoint, to the same weights as if it had never stopped.
  ///   - report: is told a line an epoch.
  /// - Returns: the network with its averaged weights.
  func run(resumes: Bool, report: (String) -> Void) throws -> Graph {
    let folder = try TrainingFolder(folder)
    var progress = try start(in: folder, resumes: resumes)
    // A kill may have come between the checkpoint and the other two.
    if !progress.records.isEmpty { try write(progress, to: folder) }
    while progress.records.count < training.epochs {
      let record = try training.run(epoch: progress.records.count)
      progress.records.append(record)
      try write(progress, to: folder)
      let values = record.columns.map { "\($0.name) \(String(format: "%.4g", $0.value))" }
      report("epoch \(progress.records.count)/\(training.epochs)  \(values.joined(separator: "  "))")
    }
    return averaged()
  }

  private func start(in folder: TrainingFolder, resumes: Bool) throws -> Progress {
    let file = folder.url.appending(path: "last.checkpoint")
    // Stopped in its first epoch, nothing is there to go on from.
    guard resumes, !TrainingFolder.content(of: folder.url).isEmpty else {
      try TrainingFolder.requireEmpty(folder.url)
      return Progress(settings: training.settings, sources: sources)
    }
    guard let state = try? TrainingState(contentsOf: file),
      let progress = try? JSONDecoder().decode(Progress.self, from: state.attachment)
    else { throw TrainingError.noCheckpoint(path: file.path) }
    guard progress.settings == training.settings else { throw TrainingError.otherSettings(path: file.path) }
    guard progress.sources ?? sources == sources else { throw TrainingError.otherData(path: file.path) }
    try training.session.restore(state)
    return progress
  }

  private func averaged() -> Graph {
    training.session.exchangeAverage()
    defer { training.session.exchangeAverage() }
    return training.session.graph()
  }

  private func write(_ progress: Progress, to folder: TrainingFolder) throws {
    let names = progress.records.first?.columns.map(\.name) ?? []
    let rows = progress.records.enumerated().map { index, record in
      ([String(index + 1)] + record.columns.map { String($0.value) }).joined(separator: ",")
    }
    let table = ([(["epoch"] + names).joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    do {
      // First, so that there is something to go on from whenever the others are there.
      try training.session.state(attachment: JSONEncoder().encode(progress))
        .write(to: folder.url.appending(path: "last.checkpoint"))
      try ONNXWriter.write(averaged(), to: folder.url.appending(path: "model.onnx"))
    } catch { throw TrainingError.unwritable(path: folder.url.path) }
    try folder.write(Data(table.utf8), to: "history.csv")
  }
}
