import Faces
import Testing
import Vocabulary

@testable import Training

@Suite struct DetectionEvaluationTests {
  func box(_ x: Double, _ size: Double = 30) -> Box { Box(x: x, y: 0, width: size, height: size) }
  func found(_ x: Double, _ score: Double, _ size: Double = 30) -> FaceDetection {
    FaceDetection(box: box(x, size), score: score)
  }

  @Test func theAreaIsThatOfTheCurveDrawnByHand() {
    // Two faces; right, wrong, right by falling score: precision 1 at recall 1/2, then 2/3 at recall 1.
    var evaluation = DetectionEvaluation(smallest: 20)
    evaluation.add(
      [found(0, 0.9), found(500, 0.8), found(100, 0.7)],
      marked: [LabelledFace(box: box(0)), LabelledFace(box: box(100))])
    #expect(abs(evaluation.averagePrecision - (0.5 + 0.5 * 2 / 3)) < 1e-12)
  }

  @Test func aFaceIsFoundOnlyOnce() {
    var evaluation = DetectionEvaluation(smallest: 20)
    evaluation.add([found(0, 0.9), found(1, 0.8)], marked: [LabelledFace(box: box(0))])
    #expect(evaluation.recall(falseAlarmsPerPicture: 0).recall == 1)
    #expect(evaluation.averagePrecision == 1)
    #expect(evaluation.recall(falseAlarmsPerPicture: 0).threshold == 0.9)
  }

  @Test func smallFacesAreNeitherMissedNorFalseAlarms() {
    var evaluation = DetectionEvaluation(smallest: 20)
    evaluation.add(
      [found(0, 0.9, 12), found(300, 0.8, 12), found(100, 0.7)],
      marked: [
        LabelledFace(box: box(0, 12)), LabelledFace(box: box(600, 12)), LabelledFace(box: box(100)),
        LabelledFace(box: box(400), isIgnored: true),
      ])
    #expect(evaluation.faces == 1)
    #expect(evaluation.averagePrecision == 1)
  }

  @Test func falseAlarmsAreCountedOverAllPictures() {
    var evaluation = DetectionEvaluation(smallest: 20)
    for number in 0..<10 {
      evaluation.add(
        [found(0, 0.5)] + (number < 2 ? [found(500, 0.9 - 0.2 * Double(number))] : []),
        marked: [LabelledFace(box: box(0))])
    }
    // One false alarm in ten pictures is allowed; the second, at 0.7, comes before every face.
    #expect(evaluation.recall(falseAlarmsPerPicture: 0.1).recall == 0)
    #expect(evaluation.recall(falseAlarmsPerPicture: 0.2).recall == 1)
  }
}
