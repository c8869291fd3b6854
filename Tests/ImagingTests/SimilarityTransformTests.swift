import Foundation
import Imaging
import Testing
import Vocabulary

@Suite struct SimilarityTransformTests {
  @Test func twoPointsAreTakenExactly() throws {
    // (0,0) -> (10,10) and (1,0) -> (10,12): twice as large, a quarter turn clockwise as seen.
    let map = try #require(
      SimilarityTransform(
        from: [Point(x: 0, y: 0), Point(x: 1, y: 0)], to: [Point(x: 10, y: 10), Point(x: 10, y: 12)]))
    #expect(abs(map.scale - 2) < 1e-12)
    #expect(abs(map.angle - .pi / 2) < 1e-12)
    #expect(map(Point(x: 0, y: 1)).distance(to: Point(x: 8, y: 10)) < 1e-12)
  }

  @Test func threePointsAreFittedInTheMiddle() throws {
    // A unit square's corner that is 1 off pulls scale and shift by what least squares says:
    // centred p = (-2/3,-1/3) (1/3,-1/3) (1/3,2/3), q = (-1,-1/3) (1,-1/3) (0,2/3)
    // Σp·q = 2/3+1/9 + 1/3+1/9 + 0+4/9 = 5/3, Σp×q = (2/9-1/3) + (-1/9+1/3) + (2/9-0) = 1/3, Σp·p = 4/3.
    let map = try #require(
      SimilarityTransform(
        from: [Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1)],
        to: [Point(x: 0, y: 0), Point(x: 2, y: 0), Point(x: 1, y: 1)]))
    #expect(abs(map.angle - atan2(1.0 / 3, 5.0 / 3)) < 1e-12)
    #expect(abs(map.scale - (26.0 / 9).squareRoot() * 3 / 4) < 1e-12)
  }

  @Test func inverseLeadsBack() {
    let map = SimilarityTransform(scale: 1.7, angle: 0.3, translation: Point(x: 4, y: -9))
    let point = map.inverse(map(Point(x: 3, y: 5)))
    #expect(point.distance(to: Point(x: 3, y: 5)) < 1e-12)
  }

  @Test func pointsWithoutSpreadFitNothing() {
    let same = [Point(x: 1, y: 1), Point(x: 1, y: 1)]
    let apart = [Point(x: 1, y: 1), Point(x: 2, y: 1)]
    #expect(SimilarityTransform(from: same, to: apart) == nil)
    #expect(SimilarityTransform(from: apart, to: same) == nil)
    #expect(SimilarityTransform(from: [Point(x: 1, y: 1)], to: [Point(x: 1, y: 1)]) == nil)
    #expect(SimilarityTransform(from: apart, to: [Point(x: .nan, y: 0), Point(x: 1, y: .infinity)]) == nil)
  }
}
