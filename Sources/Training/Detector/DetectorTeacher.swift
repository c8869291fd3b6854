import Faces
import Foundation
import Imaging
import Networks
import Vocabulary

/// A trained detector that a new one imitates, cell by cell (Hinton et al. 2015): a YuNet file of the user's,
/// whose grids are the same. It knows faces that nobody marked, and points where only boxes were marked.
final class DetectorTeacher {
  /// What the teacher says about the cells where it sees something.
  struct Lesson: Sendable {
    struct Cell: Sendable {
      let index: Int
      let score: Float
      /// `dx, dy, log w, log h` in strides.
      let box: SIMD4<Float>
      let points: [Float]
    }

    let cells: [Cell]
  }

  private let network: DetectionNetwork

  init(_ network: DetectionNetwork) { self.network = network }

  func lesson(on image: Image) throws -> Lesson {
    var cells: [Lesson.Cell] = []
    var first = 0
    for head in try network.heads(of: image) {
      for (index, score) in head.scores.enumerated() where score > 0.02 {
        let box = SIMD4(
          head.boxes[4 * index], head.boxes[4 * index + 1], head.boxes[4 * index + 2],
          head.boxes[4 * index + 3])
        cells.append(
          Lesson.Cell(
            index: first + index, score: score, box: box,
            points: Array(head.points[(10 * index)..<(10 * index + 10)])))
      }
      first += head.scores.count
    }
    return Lesson(cells: cells)
  }
}

extension DetectorLearning {
  /// Adds what the teacher's lessons say to the gradients: its score in every cell, and its box and points
  /// where it is fairly sure, weighted by its score.
  func follow(
    _ lessons: [DetectorTeacher.Lesson], outputs: [[Float]], gradients: inout [[Float]]
  ) -> Sums {
    var sums = Sums()
    let total = lessons.reduce(0) { $0 + $1.cells.reduce(0) { $0 + $1.score } }
    let scale = 1 / max(1, total)
    for (scene, lesson) in lessons.enumerated() {
      var targets = [Float](repeating: 0, count: grid.cells.count)
      for cell in lesson.cells {
        targets[cell.index] = cell.score
        guard cell.score > 0.2 else { continue }
        followPlace(
          cell, scene: scene, scale: scale * cell.score, outputs: outputs, gradients: &gradients, sums: &sums)
      }
      for (index, target) in targets.enumerated() {
        let at = position(0, grid.cells[index], scene)
        let head = grid.cells[index].head
        let result = DetectionLoss.score(logit: outputs[head][at], target: target)
        sums.score += weights.score * scale * result.loss
        gradients[head][at] += weights.score * scale * result.gradient
      }
    }
    return sums
  }

  private func followPlace(
    _ lesson: DetectorTeacher.Lesson.Cell, scene: Int, scale: Float, outputs: [[Float]],
    gradients: inout [[Float]], sums: inout Sums
  ) {
    let cell = grid.cells[lesson.index]
    func raw(_ channel: Int) -> Float { outputs[cell.head][position(channel, cell, scene)] }
    let size = SIMD2(exp(lesson.box[2]), exp(lesson.box[3]))
    let box = DetectionLoss.box(
      raw: SIMD4(raw(1), raw(2), raw(3), raw(4)),
      target: SIMD4(lesson.box[0], lesson.box[1], size[0], size[1]))
    sums.box += weights.box * scale * box.loss
    for channel in 0..<4 {
      gradients[cell.head][position(1 + channel, cell, scene)] += weights.box * scale * box.gradient[channel]
    }
    let length = (size[0] * size[1]).squareRoot()
    for (number, wanted) in lesson.points.enumerated() {
      let result = DetectionLoss.smooth((raw(5 + number) - wanted) / length)
      sums.points += weights.points * scale * result.loss
      gradients[cell.head][position(5 + number, cell, scene)] +=
        weights.points * scale * result.gradient / length
    }
  }
}
