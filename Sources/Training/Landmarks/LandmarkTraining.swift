import Faces
import Foundation
import Networks
import Vocabulary

/// One training of the landmark network, from marked faces to averaged weights.
struct LandmarkTraining: EpochTraining {
  struct Settings: Hashable, Sendable, Codable {
    var epochs: Int
    var chipsPerEpoch = 8192
    var batch = 64
    var learningRate: Float = 2e-3
    var weightDecay: Float = 0.02
    var averaging: Float = 0.998
    var seed: UInt64 = 1
    var precision = Precision.bfloat16

    var stepsPerEpoch: Int { chipsPerEpoch / batch }

    /// Linear warm-up over the first epoch, then level, then straight down over the last half.
    func rate(at epoch: Double) -> Float {
      let left = (Double(epochs) - epoch) / (0.5 * Double(epochs))
      return learningRate * Float(min(1, max(epoch, 0.01), max(left, 0.005)))
    }
  }

  /// Means over an epoch.
  struct Record: Hashable, Sendable, Codable, EpochSummary {
    var points = 0.0
    var confidence = 0.0
    var seconds = 0.0

    var columns: [(name: String, value: Double)] {
      [("points_loss", points), ("confidence_loss", confidence), ("seconds", seconds)]
    }
  }

  var settings: Settings
  let chips: LandmarkChipSource
  let session: TrainingSession
  var epochs: Int { settings.epochs }

  init(settings: Settings, chips: LandmarkChipSource) throws {
    self.settings = settings
    self.chips = chips
    session = try TrainingSession(
      graph: LandmarkGraph.graph(startingAt: try Self.meanShape(chips), seed: settings.seed),
      batch: settings.batch, precision: settings.precision, seed: settings.seed)
  }

  /// The mean of the marked shapes as a thousand drawn chips show them.
  private static func meanShape(_ chips: LandmarkChipSource) throws -> [Float] {
    var mean = [Float](repeating: 0, count: 136)
    let shapes = try (0..<1000).map { try chips.chip($0, epoch: -1).points }.filter { $0.count == 136 }
    for shape in shapes { for index in mean.indices { mean[index] += shape[index] / Float(shapes.count) } }
    return mean
  }

  /// Trains one epoch, counted from 0.
  func run(epoch: Int) throws -> Record {
    let clock = ContinuousClock.now
    var record = Record()
    for step in 0..<settings.stepsPerEpoch {
      try Task.checkCancellation()
      let batch = try (0..<settings.batch).map { try chips.chip(step * settings.batch + $0, epoch: epoch) }
      let loss = try learn(batch)
      guard loss.points.isFinite else { throw TrainingError.diverged(epoch: epoch + 1, hasRecipe: false) }
      let rate = settings.rate(at: Double(epoch) + Double(step) / Double(settings.stepsPerEpoch))
      session.step(
        after: epoch * settings.stepsPerEpoch + step, rate: rate, weightDecay: settings.weightDecay,
        averaging: settings.averaging)
      record.points += Double(loss.points) / Double(settings.stepsPerEpoch)
      record.confidence += Double(loss.confidence) / Double(settings.stepsPerEpoch)
    }
    record.seconds = clock.duration(to: .now) / .seconds(1)
    return record
  }

  private func learn(_ batch: [LandmarkChipSource.Chip]) throws -> (points: Float, confidence: Float) {
    try session.setInput(batch.flatMap(\.values))
    try session.forward(training: true)
    let (found, logits) = (try session.output(0), try session.output(1))
    var gradients = ([Float](repeating: 0, count: found.count), [Float](repeating: 0, count: logits.count))
    var sums: (points: Float, confidence: Float) = (0, 0)
    let scale = 1 / Float(batch.count)
    for (row, chip) in batch.enumerated() {
      let own = found[(136 * row)..<(136 * row + 136)]
      var target: Float = 0
      if !chip.points.isEmpty {
        let result = LandmarkLoss.points(own, marked: chip.points)
        sums.points += scale * result.loss
        for index in 0..<136 { gradients.0[136 * row + index] = 10 * scale * result.gradient[index] }
        target = LandmarkLoss.trust(own, marked: chip.points)
      }
      let result = LandmarkLoss.confidence(logits[row], target: target)
      sums.confidence += scale * result.loss
      gradients.1[row] = 0.1 * scale * result.gradient
    }
    try session.setOutputGradient(0, gradients.0)
    try session.setOutputGradient(1, gradients.1)
    try session.backward()
    return sums
  }
}
