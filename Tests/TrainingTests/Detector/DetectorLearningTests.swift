import Foundation
import Testing
import Vocabulary

@testable import Training

@Suite struct DetectorLearningTests {
  let grid = CellGrid(side: 32)

  /// One scene's outputs, all of one value a channel.
  func outputs(_ logit: Float) -> [[Float]] {
    grid.counts.map { plane in
      (0..<DetectorNetwork.channels).flatMap { channel in
        // A little apart, so that no small step changes which cell is the better one.
        (0..<plane).map { cell in
          (channel == 0 ? logit : DetectorNetwork.biases[channel]) + 0.03 * sin(Float(7 * cell + channel))
        }
      }
    }
  }

  @Test func theGradientIsTheSlopeOfTheLossInEveryChannelOfAMatchedCell() {
    let face = LabelledFace(
      box: Box(x: 6, y: 5, width: 18, height: 22),
      five: [(10, 12), (19, 12), (15, 17), (11, 21), (18, 21)].map { Point(x: Double($0.0), y: Double($0.1)) }
    )
    let learning = DetectorLearning(grid: grid)
    let outputs = outputs(-1)
    var gradients = outputs.map { [Float](repeating: 0, count: $0.count) }
    _ = learning.learn([[face]], outputs: outputs, gradients: &gradients)
    for head in outputs.indices {
      // Places of the boxes and points: their loss does not change which cells are matched, for small steps.
      for index in outputs[head].indices where index >= grid.counts[head] && gradients[head][index] != 0 {
        func loss(_ step: Float) -> Float {
          var moved = outputs
          moved[head][index] += step
          var ignored = gradients
          let sums = learning.learn([[face]], outputs: moved, gradients: &ignored)
          return sums.box + sums.points
        }
        #expect(abs((loss(1e-3) - loss(-1e-3)) / 2e-3 - gradients[head][index]) < 0.03)
      }
    }
  }

  @Test func anIgnoredFaceTeachesNothingWhereItLies() {
    let box = Box(x: 8, y: 8, width: 8, height: 8)
    var gradients = outputs(0).map { [Float](repeating: 0, count: $0.count) }
    _ = DetectorLearning(grid: grid).learn(
      [[LabelledFace(box: box, isIgnored: true)]], outputs: outputs(0), gradients: &gradients)
    // The cell of stride 8 in column 1, row 1 has its middle at (12, 12); the one in the corner teaches "no face".
    #expect(gradients[0][1 * 4 + 1] == 0)
    #expect(gradients[0][0] > 0)
  }

  @Test func aTeachersScorePullsTheStudentsTowardsIt() {
    let lesson = DetectorTeacher.Lesson(cells: [
      .init(index: 5, score: 0.9, box: SIMD4(0.5, 0.5, 0.7, 0.9), points: Array(repeating: 0.5, count: 10))
    ])
    var gradients = outputs(0).map { [Float](repeating: 0, count: $0.count) }
    let sums = DetectorLearning(grid: grid).follow([lesson], outputs: outputs(0), gradients: &gradients)
    #expect(gradients[0][5] < 0)
    #expect(gradients[0][6] > 0)
    #expect(sums.points > 0 && sums.box < 0.1)
  }
}
