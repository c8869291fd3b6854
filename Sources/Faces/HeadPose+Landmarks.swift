import Foundation
import Imaging
public import Vocabulary

extension HeadPose {
  /// An adult's face in millimetres, by average anthropometry: x to the picture's right, y down, z away from
  /// the camera, the origin between the eyes at the nose's root. Eye corners stand 90 and 32 mm apart, the
  /// mouth's 52 mm, the nose tip 38 mm below the root and 20 mm before it.
  static let face: [Int: SolidPoint] = [
    28: SolidPoint(x: 0, y: -2, z: 0), 31: SolidPoint(x: 0, y: 38, z: -20),
    32: SolidPoint(x: -15, y: 48, z: 0), 34: SolidPoint(x: 0, y: 50, z: -6),
    36: SolidPoint(x: 15, y: 48, z: 0), 37: SolidPoint(x: -45, y: 0, z: 22),
    40: SolidPoint(x: -16, y: 1, z: 12), 43: SolidPoint(x: 16, y: 1, z: 12),
    46: SolidPoint(x: 45, y: 0, z: 22), 49: SolidPoint(x: -26, y: 72, z: 8),
    55: SolidPoint(x: 26, y: 72, z: 8),
  ]

  /// The same face's five points: eyes, nose tip, mouth corners.
  static let fivePointFace = [
    SolidPoint(x: -31, y: 0, z: 17), SolidPoint(x: 31, y: 0, z: 17), SolidPoint(x: 0, y: 38, z: -20),
    SolidPoint(x: -26, y: 72, z: 8), SolidPoint(x: 26, y: 72, z: 8),
  ]

  /// The head's rotation from 68 landmarks where they are known, from five otherwise.
  ///
  /// Solved as by `solvePnP` (the least squared distance of the projected points, by Levenberg and
  /// Marquardt's method from an upright face on) against the template above for a camera that looks straight at the face from
  /// 70 cm, so angles are relative to the line of sight to this face, whatever tile it is in. The nose,
  /// eyes and mouth corners take part; brows, lips and jaw, which move, do not.
  ///
  /// - Returns: `nil` where the points fit no head.
  public init?(_ landmarks: Landmarks) {
    let solid: [SolidPoint]
    let flat: [Point]
    if let points = FacePoints(landmarks) {
      let numbers = Self.face.keys.sorted()
      solid = numbers.compactMap { Self.face[$0] }
      flat = numbers.map { points[$0] }
    } else if landmarks.five.count == 5 {
      (solid, flat) = (Self.fivePointFace, landmarks.five)
    } else {
      return nil
    }
    let centre = flat.reduce(Point(x: 0, y: 0), +) * (1 / Double(flat.count))
    // Spread of the points in the picture, and in the template seen from the front (millimetres).
    let spread = Self.spread(flat.map { $0 - centre })
    let middle = solid.map { Point(x: $0.x, y: $0.y) }
    let solidCentre = middle.reduce(Point(x: 0, y: 0), +) * (1 / Double(middle.count))
    let focal = 700 * spread / Self.spread(middle.map { $0 - solidCentre })
    guard focal.isFinite, focal > 0,
      let pose = try? SolvedPose(object: solid, picture: flat, focal: focal, principal: centre)
    else { return nil }
    self.init(rotation: pose.rotation)
  }

  /// The angles of a row-major rotation from the face's frame to the camera's: yaw, then pitch, then roll.
  init?(rotation r: [Double]) {
    guard r.count == 9, r.allSatisfy(\.isFinite) else { return nil }
    // Where the face looks is -z of its own frame.
    let forward = (x: -r[2], y: -r[5], z: -r[8])
    let yaw = atan2(forward.x, -forward.z)
    let pitch = asin(min(max(-forward.y, -1), 1))
    // The x axis of a head with the same yaw and pitch but no roll, and the axis at right angles below it.
    let level = (x: cos(yaw), y: 0.0, z: sin(yaw))
    let down = (x: sin(pitch) * sin(yaw), y: cos(pitch), z: -sin(pitch) * cos(yaw))
    let side = (x: r[0], y: r[3], z: r[6])
    let along = side.x * level.x + side.z * level.z
    let below = side.x * down.x + side.y * down.y + side.z * down.z
    let degrees = 180 / Double.pi
    self.init(yaw: yaw * degrees, pitch: pitch * degrees, roll: -atan2(below, along) * degrees)
  }

  private static func spread(_ points: [Point]) -> Double {
    points.reduce(0) { $0 + $1.x * $1.x + $1.y * $1.y }.squareRoot()
  }
}
