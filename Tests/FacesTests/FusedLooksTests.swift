import Testing
import Vocabulary

@testable import Faces

@Suite struct FusedLooksTests {
  func face(_ x: Double, _ score: Double, five: [Point]? = nil) -> FaceDetection {
    FaceDetection(box: Box(x: x, y: 0, width: 10, height: 10), score: score, five: five)
  }

  @Test func aFaceOfTwoLooksIsTheirMeanWeightedByScore() {
    // (0.9 * 0 + 0.3 * 2) / 1.2 = 0.5, and (0.9 + 0.3) / 2 = 0.6.
    let points = [0, 4].map { x in (0..<5).map { Point(x: x + Double($0), y: 1) } }
    let fused = [[face(0, 0.9, five: points[0])], [face(2, 0.3, five: points[1])]].fused()
    #expect(fused.count == 1)
    #expect(abs(fused[0].score - 0.6) < 1e-12)
    #expect(abs(fused[0].box.x - 0.5) < 1e-12)
    // (0.9 * 3 + 0.3 * 7) / 1.2 = 4.
    #expect(abs((fused[0].five?[3].x ?? 0) - 4) < 1e-12)
  }

  @Test func whatOneLookAloneTakesForAFaceCountsByItsShareOfTheLooks() {
    let fused = [[face(0, 0.9)], [], []].fused()
    #expect(fused.count == 1)
    #expect(abs(fused[0].score - 0.3) < 1e-12)
    #expect(fused[0].box.x == 0)
  }

  @Test func twoFacesOfOneLookStayTwo() {
    // Shifted by 4 of 10: overlap 6 / 14 = 0.43.
    #expect([[face(0, 0.9), face(4, 0.8)], [face(4, 0.7), face(0, 0.6)]].fused(overlap: 0.4).count == 2)
  }

  @Test func aFaceWithoutPointsInOneLookHasNone() {
    #expect([[face(0, 0.9)], [face(0, 0.9, five: [])]].fused()[0].five == nil)
  }
}
