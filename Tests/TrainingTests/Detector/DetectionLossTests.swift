import Foundation
import Testing

@testable import Training

@Suite struct DetectionLossTests {
  @Test func theScoreLossOfARightAnswerVanishesAndOfAWrongOneDoesNot() {
    #expect(DetectionLoss.score(logit: 12, target: 1).loss < 1e-6)
    #expect(DetectionLoss.score(logit: -12, target: 0).loss < 1e-6)
    // p = 0.5 against 1: 0.25 log 2.
    #expect(abs(DetectionLoss.score(logit: 0, target: 1).loss - 0.25 * log(Float(2))) < 1e-6)
  }

  @Test(arguments: [(-3.0, 0.0), (0.5, 1.0), (2.0, 0.6), (-0.4, 0.6), (25.0, 0.0)] as [(Float, Float)])
  func theScoreGradientIsTheSlopeOfTheLoss(logit: Float, target: Float) {
    let step: Float = 1e-2
    let slope =
      (DetectionLoss.score(logit: logit + step, target: target).loss
        - DetectionLoss.score(logit: logit - step, target: target).loss) / (2 * step)
    #expect(abs(slope - DetectionLoss.score(logit: logit, target: target).gradient) < 2e-3)
  }

  @Test func theSameBoxCostsNothing() {
    let result = DetectionLoss.box(
      raw: SIMD4(0.5, 0.25, log(Float(2)), log(Float(3))), target: SIMD4(0.5, 0.25, 2, 3))
    #expect(abs(result.loss) < 1e-6)
  }

  @Test func aShiftedBoxCostsWhatItDoesByHand() {
    // 2 x 2 boxes, one to the right: overlap 2 / 6, hull 3 x 2, squared distance 1 over 9 + 4.
    let result = DetectionLoss.box(raw: SIMD4(1, 0, log(Float(2)), log(Float(2))), target: SIMD4(0, 0, 2, 2))
    #expect(abs(result.loss - (1 - 1.0 / 3 + 1.0 / 13)) < 1e-5)
  }

  @Test(arguments: [
    (SIMD4<Float>(0.3, 0.9, 0.4, 0.8), SIMD4<Float>(0.5, 0.6, 2, 3)),
    (SIMD4<Float>(-3, 4, -0.4, 0.1), SIMD4<Float>(1, 1, 1.5, 1.5)),
    (SIMD4<Float>(0.5, 0.5, 2, 2), SIMD4<Float>(0.4, 0.7, 3, 2)),
  ])
  func theBoxGradientIsTheSlopeOfTheLoss(raw: SIMD4<Float>, target: SIMD4<Float>) {
    let gradient = DetectionLoss.box(raw: raw, target: target).gradient
    for position in 0..<4 {
      var (above, below) = (raw, raw)
      above[position] += 1e-2
      below[position] -= 1e-2
      let slope =
        (DetectionLoss.box(raw: above, target: target).loss
          - DetectionLoss.box(raw: below, target: target).loss)
        / 2e-2
      #expect(abs(slope - gradient[position]) < 5e-3)
    }
  }

  @Test func smoothIsAParabolaInsideAndStraightOutside() {
    #expect(abs(DetectionLoss.smooth(0.05).loss - 0.0125) < 1e-7)
    #expect(DetectionLoss.smooth(0.05).gradient == 0.5)
    #expect(abs(DetectionLoss.smooth(-0.3).loss - 0.25) < 1e-6)
    #expect(DetectionLoss.smooth(-0.3).gradient == -1)
  }
}
