import OpenCVBridge
public import Vocabulary

/// A point in space, in the object's frame and unit.
public struct SolidPoint: Hashable, Sendable {
  public let x, y, z: Double

  public init(x: Double, y: Double, z: Double) { (self.x, self.y, self.z) = (x, y, z) }
}

/// How an object stands before a camera.
public struct SolvedPose: Hashable, Sendable {
  /// Row-major 3x3, from the object's frame to the camera's: x right, y down, z away from the camera.
  public let rotation: [Double]

  /// The pose whose projection fits `picture` best in the sense of least squares (what OpenCV's `solvePnP` finds by
  /// Levenberg-Marquardt, from the object upright before the camera), for a camera of square pixels without
  /// distortion.
  ///
  /// - Parameters:
  ///   - object: four points or more, six or more where they are noisy.
  ///   - picture: as many points in pixels.
  ///   - focal: focal length in pixels.
  ///   - principal: the point of the picture that the camera looks at.
  public init(object: [SolidPoint], picture: [Point], focal: Double, principal: Point) throws(ImagingError) {
    guard object.count == picture.count else {
      throw ImagingError(
        operation: "pose", reason: "\(object.count) points in space, \(picture.count) in the picture")
    }
    let solid = object.flatMap { [$0.x, $0.y, $0.z] }
    let flat = picture.flatMap { [$0.x, $0.y] }
    var rotation = [Double](repeating: 0, count: 9)
    try bridged("pose") {
      cvb_pose(solid, flat, object.count, focal, principal.x, principal.y, &rotation, $0)
    }
    self.rotation = rotation
  }
}
