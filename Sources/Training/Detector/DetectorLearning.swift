import Foundation
import Networks
import Vocabulary

/// What a batch of scenes teaches a detector: the loss and the gradient of each of its outputs.
struct DetectorLearning: Sendable {
  /// How much each part of the loss weighs.
  struct Weights: Hashable, Sendable {
    var score: Float = 1
    var box: Float = 1.5
    var points: Float = 0.5
  }

  /// Sums over a batch, for the log.
  struct Sums: Hashable, Sendable {
    var score: Float = 0
    var box: Float = 0
    var points: Float = 0
    var faces: Float = 0
    var total: Float { score + box + points }

    mutating func add(_ other: Sums) {
      score += other.score
      box += other.box
      points += other.points
    }
  }

  let grid: CellGrid
  var weights = Weights()

  /// - Parameters:
  ///   - outputs: the network's three outputs, `[N, 15, side / stride, side / stride]`.
  ///   - gradients: of the same sizes; what is there is added to.
  func learn(
    _ scenes: [[LabelledFace]], outputs: [[Float]], gradients: inout [[Float]]
  ) -> Sums {
    let predictions = scenes.indices.map { self.predictions(of: $0, outputs: outputs) }
    let matches = zip(scenes, predictions).map { faces, predictions in
      let learned = faces.indices.filter { !faces[$0].isIgnored }
      return SimOTA.assign(learned.map { faces[$0].box }, predictions: predictions, grid: grid)
        .map { SimOTA.Match(cell: $0.cell, face: learned[$0.face], overlap: $0.overlap) }
    }
    let positives = Float(max(1, matches.reduce(0) { $0 + $1.count }))
    var sums = Sums()
    sums.faces = positives
    for scene in scenes.indices {
      var targets = [Float](repeating: 0, count: grid.cells.count)
      for face in scenes[scene] where face.isIgnored { ignore(face.box, in: &targets) }
      for match in matches[scene] {
        targets[match.cell] = max(match.overlap, 0.05)
        learnPlace(
          scenes[scene][match.face], cell: match.cell, scene: scene, outputs: outputs, scale: 1 / positives,
          gradients: &gradients, sums: &sums)
      }
      for (cell, target) in targets.enumerated() where !target.isNaN {
        let result = DetectionLoss.score(logit: predictions[scene][cell].logit, target: target)
        sums.score += weights.score * result.loss / positives
        add(weights.score * result.gradient / positives, channel: 0, cell: cell, scene: scene, to: &gradients)
      }
    }
    return sums
  }

  /// Marks the cells whose middle lies in `box`, with a margin of a quarter, as teaching nothing.
  private func ignore(_ box: Box, in targets: inout [Float]) {
    let wide = Box(
      x: box.x - box.width / 4, y: box.y - box.height / 4, width: box.width * 1.5, height: box.height * 1.5)
    for (index, cell) in grid.cells.enumerated() {
      let middle = Point(x: Double(cell.x + cell.stride / 2), y: Double(cell.y + cell.stride / 2))
      if wide.contains(middle) { targets[index] = .nan }
    }
  }

  private func learnPlace(
    _ face: LabelledFace, cell index: Int, scene: Int, outputs: [[Float]], scale: Float,
    gradients: inout [[Float]], sums: inout Sums
  ) {
    let cell = grid.cells[index]
    func raw(_ channel: Int) -> Float { outputs[cell.head][position(channel, cell, scene)] }
    let step = Double(cell.stride)
    let target = SIMD4<Float>(
      Float((face.box.centre.x - Double(cell.x)) / step), Float((face.box.centre.y - Double(cell.y)) / step),
      Float(face.box.width / step), Float(face.box.height / step))
    let box = DetectionLoss.box(raw: SIMD4(raw(1), raw(2), raw(3), raw(4)), target: target)
    sums.box += weights.box * scale * box.loss
    for channel in 0..<4 {
      add(
        weights.box * scale * box.gradient[channel], channel: 1 + channel, cell: index, scene: scene,
        to: &gradients)
    }
    guard let five = face.five else { return }
    let size = (target[2] * target[3]).squareRoot()
    for (number, point) in five.enumerated() {
      let goal = (
        Float((point.x - Double(cell.x)) / step), Float((point.y - Double(cell.y)) / step)
      )
      for (axis, wanted) in [goal.0, goal.1].enumerated() {
        let result = DetectionLoss.smooth((raw(5 + 2 * number + axis) - wanted) / size)
        sums.points += weights.points * scale * result.loss
        add(
          weights.points * scale * result.gradient / size, channel: 5 + 2 * number + axis, cell: index,
          scene: scene, to: &gradients)
      }
    }
  }

  private func predictions(of scene: Int, outputs: [[Float]]) -> [CellPrediction] {
    grid.cells.map { cell in
      func value(_ channel: Int) -> Float { outputs[cell.head][position(channel, cell, scene)] }
      return CellPrediction(logit: value(0), raw: SIMD4(value(1), value(2), value(3), value(4)))
    }
  }

  private func add(
    _ gradient: Float, channel: Int, cell index: Int, scene: Int, to gradients: inout [[Float]]
  ) {
    let cell = grid.cells[index]
    gradients[cell.head][position(channel, cell, scene)] += gradient
  }

  /// Where a channel of a cell stands in its output.
  func position(_ channel: Int, _ cell: CellGrid.Cell, _ scene: Int) -> Int {
    (scene * DetectorNetwork.channels + channel) * grid.counts[cell.head] + cell.index
  }
}
