import Foundation
import Imaging
import Networks
import Vocabulary

/// One training of the face detector, from labelled photographs to averaged weights.
struct DetectorTraining: EpochTraining {
  struct Settings: Hashable, Sendable, Codable {
    var epochs: Int
    var scenesPerEpoch = 2400
    var batch = 16
    var side = 320
    var learningRate: Float = 2e-3
    var weightDecay: Float = 0.02
    var averaging: Float = 0.998
    var seed: UInt64 = 1
    var precision = Precision.bfloat16

    var stepsPerEpoch: Int { scenesPerEpoch / batch }

    /// Linear warm-up over the first epoch, then level, then straight down to a hundredth over the last
    /// three tenths, where most of the gain of a short training lies (Hägele et al. 2024).
    func rate(at epoch: Double) -> Float {
      let left = (Double(epochs) - epoch) / (0.3 * Double(epochs))
      return learningRate * Float(min(1, max(epoch, 0.01), max(left, 0.01)))
    }
  }

  /// Means over an epoch.
  struct Record: Hashable, Sendable, Codable, EpochSummary {
    var score = 0.0
    var box = 0.0
    var points = 0.0
    var seconds = 0.0

    var columns: [(name: String, value: Double)] {
      [("score_loss", score), ("box_loss", box), ("points_loss", points), ("seconds", seconds)]
    }
  }

  var settings: Settings
  let scenes: SceneSource
  let teacher: DetectorTeacher?
  let session: TrainingSession
  var epochs: Int { settings.epochs }
  private let learning: DetectorLearning

  /// - Parameter beginning: a trained network of the same form to go on from; `nil` draws new weights.
  init(
    settings: Settings, scenes: SceneSource, teacher: DetectorTeacher? = nil, beginning: Graph? = nil
  ) throws {
    self.settings = settings
    self.scenes = scenes
    self.teacher = teacher
    learning = DetectorLearning(grid: CellGrid(side: settings.side))
    session = try TrainingSession(
      graph: beginning ?? DetectorNetwork().graph(seed: settings.seed), batch: settings.batch,
      inputShape: [3, settings.side, settings.side], precision: settings.precision, seed: settings.seed)
  }

  /// Trains one epoch, counted from 0.
  func run(epoch: Int) throws -> Record {
    let clock = ContinuousClock.now
    var record = Record()
    for step in 0..<settings.stepsPerEpoch {
      try Task.checkCancellation()
      let batch = try (0..<settings.batch).map { try scenes.scene(step * settings.batch + $0, epoch: epoch) }
      let sums = try learn(batch)
      guard sums.total.isFinite else { throw TrainingError.diverged(epoch: epoch + 1, hasRecipe: false) }
      let rate = settings.rate(at: Double(epoch) + Double(step) / Double(settings.stepsPerEpoch))
      session.step(
        after: epoch * settings.stepsPerEpoch + step, rate: rate, weightDecay: settings.weightDecay,
        averaging: settings.averaging)
      record.score += Double(sums.score)
      record.box += Double(sums.box)
      record.points += Double(sums.points)
    }
    let count = Double(settings.stepsPerEpoch)
    record.score /= count
    record.box /= count
    record.points /= count
    record.seconds = clock.duration(to: .now) / .seconds(1)
    return record
  }

  private func learn(_ batch: [LabelledPicture]) throws -> DetectorLearning.Sums {
    try session.withInput { input in
      for (index, scene) in batch.enumerated() {
        scene.image.planes(
          into: UnsafeMutableBufferPointer(rebasing: input[(index * 3 * settings.side * settings.side)...]))
      }
    }
    try session.forward(training: true)
    let outputs = try DetectorNetwork.strides.indices.map { try session.output($0) }
    var gradients = outputs.map { [Float](repeating: 0, count: $0.count) }
    var sums = learning.learn(batch.map(\.faces), outputs: outputs, gradients: &gradients)
    if let teacher {
      let lessons = try batch.map { try teacher.lesson(on: $0.image) }
      sums.add(learning.follow(lessons, outputs: outputs, gradients: &gradients))
    }
    for (position, values) in gradients.enumerated() { try session.setOutputGradient(position, values) }
    try session.backward()
    return sums
  }
}
