import Foundation
import Imaging
import Testing
import Vocabulary

@Suite struct SolvedPoseTests {
  /// A box's corners, turned by 20° about the upright axis and seen from 10 away, lead back to that turn.
  @Test func aProjectedTurnIsFoundAgain() throws {
    let solid = [(-1.0, -1.0, -1.0), (1, -1, -1), (-1, 1, -1), (1, 1, -1), (-1, -1, 1), (1, -1, 1)]
      .map { SolidPoint(x: $0.0, y: $0.1, z: $0.2) }
    let (cosine, sine) = (cos(20 * Double.pi / 180), sin(20 * Double.pi / 180))
    let flat = solid.map { p in
      let (x, z) = (cosine * p.x + sine * p.z, -sine * p.x + cosine * p.z + 10)
      return Point(x: 320 + 500 * x / z, y: 240 + 500 * p.y / z)
    }
    let pose = try SolvedPose(object: solid, picture: flat, focal: 500, principal: Point(x: 320, y: 240))
    #expect(abs(pose.rotation[0] - cosine) < 1e-4 && abs(pose.rotation[2] - sine) < 1e-4)
  }

  @Test func pointsThatCoincideAreAnError() {
    let solid = (0..<6).map { SolidPoint(x: Double($0), y: 0, z: 1) }
    let flat = Array(repeating: Point(x: 3, y: 3), count: 6)
    #expect(throws: ImagingError.self) {
      try SolvedPose(object: solid, picture: flat, focal: 100, principal: Point(x: 0, y: 0))
    }
  }
}
