import Foundation
import Testing
import Vocabulary

@testable import Training

@Suite struct LandmarkLossTests {
  @Test func wingIsLogarithmicInsideAndStraightOutside() {
    #expect(abs(LandmarkLoss.wing(0.01).loss - 0.08 * log(Float(2))) < 1e-6)
    let slope: Float = 0.08 / 0.09
    #expect(abs(LandmarkLoss.wing(0.2).gradient - slope) < 1e-6)
    #expect(abs(LandmarkLoss.wing(-0.2).gradient + slope) < 1e-6)
    // The two pieces meet.
    #expect(abs(LandmarkLoss.wing(0.07999).loss - LandmarkLoss.wing(0.08001).loss) < 1e-4)
  }

  @Test func theGradientOfFivePointsReachesAllThatMakeThem() {
    let found = [Float](repeating: 0, count: 136)
    let marked = [Float](repeating: 0.05, count: 10)
    let gradient = LandmarkLoss.points(found[...], marked: marked).gradient
    #expect(gradient[2 * 36] < 0 && gradient[2 * 47 + 1] < 0 && gradient[2 * 30] < 0)
    // The jaw was not marked.
    #expect(gradient[0] == 0)
    // Six points of an eye share what one nose tip gets.
    #expect(abs(gradient[2 * 36] * 6 - gradient[2 * 30]) < 1e-6)
  }

  @Test func theGradientIsTheSlopeOfTheLoss() {
    let found = (0..<136).map { Float($0 % 17) * 0.01 - 0.1037 }
    let marked = (0..<136).map { Float($0 % 13) * 0.012 - 0.07 }
    let gradient = LandmarkLoss.points(found[...], marked: marked).gradient
    for index in stride(from: 0, to: 136, by: 7) {
      var (above, below) = (found, found)
      above[index] += 1e-3
      below[index] -= 1e-3
      let slope =
        (LandmarkLoss.points(above[...], marked: marked).loss
          - LandmarkLoss.points(below[...], marked: marked).loss)
        / 2e-3
      #expect(abs(slope - gradient[index]) < 1e-3)
    }
  }

  @Test func trustFallsWithTheErrorInEyeDistances() {
    // Five points; eyes 0.4 apart, every point 0.032 off: an error of 0.08, so e^-1.
    let marked: [Float] = [-0.2, 0, 0.2, 0, 0, 0.1, -0.1, 0.3, 0.1, 0.3]
    var found = [Float](repeating: 0, count: 136)
    for (number, group) in LandmarkShape.five.enumerated() {
      for member in group {
        found[2 * member] = marked[2 * number] + 0.032
        found[2 * member + 1] = marked[2 * number + 1]
      }
    }
    #expect(abs(LandmarkLoss.trust(found[...], marked: marked) - exp(-1)) < 1e-3)
  }
}

@Suite struct LandmarkShapeTests {
  @Test func aMirrorTwiceIsNoMirror() {
    #expect(LandmarkShape.mirror.sorted() == Array(0..<68))
    #expect((0..<68).allSatisfy { LandmarkShape.mirror[LandmarkShape.mirror[$0]] == $0 })
    // Chin, nose and lips' middles stay; the outer corners of the eyes and of the mouth change places.
    for middle in [8, 27, 30, 33, 51, 57, 62, 66] { #expect(LandmarkShape.mirror[middle] == middle) }
    #expect(LandmarkShape.mirror[36] == 45 && LandmarkShape.mirror[48] == 54)
  }

  @Test func anErrorIsAShareOfTheDistanceOfTheOuterEyeCorners() {
    var marked = Array(repeating: Point(x: 0, y: 0), count: 68)
    marked[45] = Point(x: 50, y: 0)
    let found = marked.map { $0 + Point(x: 3, y: 4) }
    #expect(abs(LandmarkShape.error(found, marked: marked) - 0.1) < 1e-12)
  }
}
