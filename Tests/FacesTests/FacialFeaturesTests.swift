import Faces
import Foundation
import Testing
import Vocabulary

/// 68 points of a face drawn by rule: eye centres 100 apart at (±50, 0), each eye 40 wide and 12 open.
func drawnFace(turnedBy angle: Double = 0, scale: Double = 1) -> [Point] {
  var points = (0..<17).map { Point(x: -80 + 10 * Double($0), y: 100) }
  points += (0..<5).map { Point(x: -70 + 12 * Double($0), y: -30) }  // 18...22, inner end at -22
  points += (0..<5).map { Point(x: 22 + 12 * Double($0), y: -30) }  // 23...27
  points += (0..<4).map { Point(x: 0, y: 15 * Double($0)) }  // 28...31, tip at y = 45
  points += (0..<5).map { Point(x: -20 + 10 * Double($0), y: 60) }  // 32...36
  for centre in [-50.0, 50] {
    points += [(-20.0, 0.0), (-10, -6), (10, -6), (20, 0), (10, 6), (-10, 6)].map {
      Point(x: centre + $0.0, y: $0.1)
    }
  }
  // Outer lips: corners at (±30, 90), top at 85, bottom at 105; inner lips 8 apart.
  points += [(-30.0, 90.0), (-20, 87), (-10, 85), (0, 85), (10, 85), (20, 87), (30, 90)].map {
    Point(x: $0.0, y: $0.1)
  }
  points += [(20.0, 100.0), (10, 105), (0, 105), (-10, 105), (-20, 100)].map { Point(x: $0.0, y: $0.1) }
  points += [(-25.0, 92.0), (-10, 91), (0, 91), (10, 91), (25, 92), (10, 99), (0, 99), (-10, 99)].map {
    Point(x: $0.0, y: $0.1)
  }
  return points.map { point in
    Point(
      x: 300 + scale * (cos(angle) * point.x - sin(angle) * point.y),
      y: 200 + scale * (sin(angle) * point.x + cos(angle) * point.y))
  }
}

@Suite struct FacialFeaturesTests {
  @Test(arguments: [(0.0, 1.0), (0.4, 0.3), (-1.2, 5)])
  func aDrawnFaceHasTheFeaturesItWasDrawnWith(angle: Double, scale: Double) throws {
    let landmarks = Landmarks(five: [], all: drawnFace(turnedBy: angle, scale: scale), confidence: 1)
    let features = try #require(FacialFeatures(landmarks))
    func near(_ value: Double, _ wanted: Double) -> Bool { abs(value - wanted) < 1e-9 }
    #expect(near(features.rightEyeOpenness, 12.0 / 40))
    #expect(near(features.leftEyeOpenness, 12.0 / 40))
    #expect(near(features.browRaise, 0.30))
    #expect(near(features.browKnit, 1 - 44.0 / 60))
    #expect(near(features.mouthOpening, 0.08))
    #expect(near(features.mouthWidth, 0.60))
    #expect(near(features.mouthCornerLift, 0.05))
    #expect(near(features.noseTip.x, 0) && near(features.noseTip.y, 0.45))
  }

  @Test func fewerPointsHaveNoFeatures() {
    #expect(FacialFeatures(Landmarks(five: [], all: [], confidence: 1)) == nil)
    let same = Array(repeating: Point(x: 1, y: 1), count: 68)
    #expect(FacialFeatures(Landmarks(five: [], all: same, confidence: 1)) == nil)
    let broken = Array(repeating: Point(x: .nan, y: 1), count: 68)
    #expect(FacialFeatures(Landmarks(five: [], all: broken, confidence: 1)) == nil)
  }

  @Test func fiveOfSixtyEightAreEyesNoseTipAndMouthCorners() throws {
    let five = try #require(Landmarks.five(of: drawnFace()))
    let wanted = [(-50.0, 0.0), (50, 0), (0, 45), (-30, 90), (30, 90)].map {
      Point(x: 300 + $0.0, y: 200 + $0.1)
    }
    for (point, place) in zip(five, wanted) { #expect(point.distance(to: place) < 1e-9) }
  }
}
