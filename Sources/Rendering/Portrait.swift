public import Vocabulary

/// What a person does at one instant.
public struct Pose: Sendable {
  public var units = ActionUnits()
  /// The head's turn in degrees.
  public var head = HeadPose(yaw: 0, pitch: 0, roll: 0)
  /// How far the head has moved, in half face widths: to the right of the picture, up.
  public var shift = SIMD2<Float>(0, 0)
  /// Where the pupils point, from -1 to 1: to the right of the picture, up.
  public var gaze = SIMD2<Float>(0, 0)

  public init() {}
}

/// One drawn person in a room, as a webcam shows them. Nobody's photograph went into it.
public struct Portrait: Sendable {
  public let width: Int
  public let height: Int
  private let appearance: Appearance
  private let backdrop: Canvas

  /// The `index`-th person of a seed, for a tile of the given size in pixels.
  public init(person index: Int, seed: UInt64, width: Int, height: Int) {
    self.init(Appearance(person: index, seed: seed), width: width, height: height)
  }

  init(_ appearance: Appearance, width: Int, height: Int) {
    self.appearance = appearance
    self.width = max(16, width)
    self.height = max(16, height)
    backdrop = Backdrop(appearance: appearance).canvas(width: self.width, height: self.height)
  }

  /// Pixels in half a face's width.
  var scale: Float { Float(height) * appearance.headHeight / 3.26 }

  /// Where the point between the eyes is when the person sits still, in pixels.
  var centre: SIMD2<Float> {
    SIMD2(
      Float(width) / 2 + appearance.offset.x * Float(height),
      Float(height) * (0.47 + appearance.offset.y))
  }

  /// Draws the person; three channels.
  public func image(_ pose: Pose) -> Image { canvas(pose).image() }

  func canvas(_ pose: Pose) -> Canvas {
    var canvas = backdrop
    let placement = HeadPlacement(
      yaw: Float(pose.head.yaw), pitch: Float(pose.head.pitch), roll: Float(pose.head.roll),
      shift: pose.shift)
    let leaning = SIMD2(pose.shift.x, -pose.shift.y) * (0.4 * scale)
    let body = Body(appearance: appearance, scale: scale, centre: centre + leaning)
    body.drawHair(onto: &canvas, sway: Float(pose.head.roll) * -0.1 + pose.shift.x)
    body.drawTorso(onto: &canvas)
    let mesh = HeadMesh(appearance, pose.units, gaze: pose.gaze * 0.08, scale: scale)
    mesh.draw(onto: &canvas, appearance, placement: placement, centre: centre, scale: scale)
    return canvas
  }
}
