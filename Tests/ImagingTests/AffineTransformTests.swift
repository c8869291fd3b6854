import Foundation
import Testing
import Vocabulary

@testable import Imaging

@Suite struct AffineTransformTests {
  @Test func followedByAppliesTheFirstMapFirst() {
    let map = AffineTransform(translation: Point(x: 1, y: 2)).followed(by: AffineTransform(scale: 3))
    #expect(map(Point(x: 1, y: 1)) == Point(x: 6, y: 9))
  }

  @Test func inverseLeadsBack() throws {
    let map = AffineTransform(a: 2, b: 1, tx: 5, c: -1, d: 3, ty: -7)
    let back = try #require(map.inverse)
    let point = back(map(Point(x: 3, y: 4)))
    #expect(point.distance(to: Point(x: 3, y: 4)) < 1e-12)
  }

  @Test func aFlatMapHasNoInverse() {
    #expect(AffineTransform(a: 1, b: 2, tx: 0, c: 2, d: 4, ty: 0).inverse == nil)
  }

  @Test func aQuarterTurnIsClockwiseAsSeen() {
    let turned = AffineTransform(rotation: .pi / 2)(Point(x: 1, y: 0))
    #expect(turned.distance(to: Point(x: 0, y: 1)) < 1e-12)
  }

  @Test func doublingMovesPixelCentresByHalfAPixel() {
    // The pixel centre 0 is the continuous 0.5, which doubling takes to 1.0: the centre 0.5.
    let centres = AffineTransform(scale: 2).betweenPixelCentres(Point(x: 0, y: 0))
    #expect(centres == Point(x: 0.5, y: 0.5))
  }
}
