import Faces
import Testing
import Vocabulary

@Suite struct NonMaximumSuppressionTests {
  func face(_ x: Double, _ score: Double) -> FaceDetection {
    FaceDetection(box: Box(x: x, y: 0, width: 10, height: 10), score: score)
  }

  @Test func theSurestOfTwoOverlappingFacesStays() {
    // Shifted by 2 of 10: overlap 8 / 12 = 0.67.
    #expect([face(0, 0.6), face(2, 0.9)].suppressed(overlap: 0.5) == [face(2, 0.9)])
  }

  @Test func facesThatOverlapLittleStayBoth() {
    // Shifted by 5 of 10: overlap 5 / 15 = 0.33.
    #expect([face(0, 0.6), face(5, 0.9)].suppressed(overlap: 0.5).count == 2)
  }

  @Test func aSuppressedFaceSuppressesNoOther() {
    // 0 and 4 overlap 6 / 14 = 0.43 each with the next; 0 and 8 only 2 / 18. With 0.4 the middle one goes.
    let kept = [face(0, 0.9), face(4, 0.8), face(8, 0.7)].suppressed(overlap: 0.4)
    #expect(kept == [face(0, 0.9), face(8, 0.7)])
  }

  @Test func theOrderOfEqualScoresDoesNotMatter() {
    let faces = [face(0, 0.5), face(1, 0.5), face(30, 0.5)]
    #expect(faces.suppressed() == Array(faces.reversed()).suppressed())
  }
}
