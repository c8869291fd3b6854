import Foundation
import Imaging
import Testing
import Vocabulary

@testable import Faces

@Suite struct HeadPoseTests {
  /// Rotations about x (right), y (down) and z (away), as matrices.
  static func about(_ axis: Character, _ degrees: Double) -> [Double] {
    let (c, s) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    return switch axis {
    case "x": [1, 0, 0, 0, c, -s, 0, s, c]
    case "y": [c, 0, s, 0, 1, 0, -s, 0, c]
    default: [c, -s, 0, s, c, 0, 0, 0, 1]
    }
  }

  static func times(_ a: [Double], _ b: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: 9)
    for row in 0..<3 {
      for column in 0..<3 {
        for k in 0..<3 { product[3 * row + column] += a[3 * row + k] * b[3 * k + column] }
      }
    }
    return product
  }

  @Test func anUprightFaceHasNoAngles() throws {
    let pose = try #require(HeadPose(rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1]))
    #expect(pose.yaw == 0 && pose.pitch == 0 && abs(pose.roll) == 0)
  }

  @Test(arguments: [("y", -30.0, (30.0, 0.0, 0.0)), ("x", -20, (0, 20, 0)), ("z", -15, (0, 0, 15))])
  func aTurnAboutOneAxisIsOneAngle(axis: String, degrees: Double, wanted: (Double, Double, Double)) throws {
    let rotation = Self.about(Character(axis), degrees)
    let pose = try #require(HeadPose(rotation: rotation))
    #expect(abs(pose.yaw - wanted.0) < 1e-9)
    #expect(abs(pose.pitch - wanted.1) < 1e-9)
    #expect(abs(pose.roll - wanted.2) < 1e-9)
  }

  @Test func yawMeansThatTheNosePointsToThePicturesRight() throws {
    // The nose is at -z; turned by -30° about the downward axis it moves to +x.
    let rotation = Self.about("y", -30)
    #expect(rotation[2] * -1 > 0)
    #expect(try #require(HeadPose(rotation: rotation)).yaw > 0)
  }

  /// The template itself, turned and projected, leads back to its angles, by 68 points and by five.
  @Test(arguments: [(0.0, 0.0, 0.0), (25, 0, 0), (0, -15, 0), (-30, 10, 20)])
  func aProjectedTemplateIsFoundAgain(yaw: Double, pitch: Double, roll: Double) throws {
    let rotation = Self.times(
      Self.times(Self.about("y", -yaw), Self.about("x", -pitch)), Self.about("z", -roll))
    func project(_ p: SolidPoint) -> Point {
      let turned = (0..<3).map { row -> Double in
        rotation[3 * row] * p.x + rotation[3 * row + 1] * p.y + rotation[3 * row + 2] * p.z
      }
      let depth = turned[2] + 700
      return Point(x: 400 + 900 * turned[0] / depth, y: 300 + 900 * turned[1] / depth)
    }
    var all = Array(repeating: Point(x: 0, y: 0), count: 68)
    for (number, point) in HeadPose.face { all[number - 1] = project(point) }
    let five = HeadPose.fivePointFace.map(project)
    for landmarks in [
      Landmarks(five: five, all: all, confidence: 1), Landmarks(five: five, confidence: 1),
    ] {
      let pose = try #require(HeadPose(landmarks))
      #expect(abs(pose.yaw - yaw) < 4)
      #expect(abs(pose.pitch - pitch) < 4)
      #expect(abs(pose.roll - roll) < 4)
    }
  }

  @Test func pointsThatCoincideAreNoHead() {
    #expect(HeadPose(Landmarks(five: Array(repeating: Point(x: 1, y: 1), count: 5), confidence: 1)) == nil)
    #expect(HeadPose(Landmarks(five: [], confidence: 1)) == nil)
  }
}
