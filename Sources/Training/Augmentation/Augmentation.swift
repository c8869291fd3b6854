/// How a training picture is varied: the ranges from which each sample draws.
///
/// Geometry has the meaning that it has in Keras's `ImageDataGenerator`.
public struct Augmentation: Hashable, Sendable {
  public var horizontalFlip = false
  /// Degrees either way.
  public var rotation: Float = 0
  /// Zoom in [1 - zoom, 1 + zoom].
  public var zoom: Float = 0
  /// Whether height and width draw a zoom each, as Keras does, which stretches faces.
  public var zoomsAxesApart = false
  /// Shares of the side, either way.
  public var widthShift: Float = 0
  public var heightShift: Float = 0
  /// Added share of full white, either way.
  public var brightness: Float = 0
  /// Factor on the distance from mid-gray in [1 - contrast, 1 + contrast].
  public var contrast: Float = 0
  /// Exponent in [1 / (1 + gamma), 1 + gamma].
  public var gamma: Float = 0
  public var cutout: Cutout?
  public var mixup: Mixup?
  public var webcam: Webcam?

  public init() {}

  /// A square set to mid-gray (DeVries and Taylor, 2017).
  public struct Cutout: Hashable, Sendable {
    public var probability: Float
    /// Side in pixels, drawn from smallest to largest.
    public var smallest: Int
    public var largest: Int
  }

  /// Two pictures and their targets blended (Zhang et al., 2018).
  public struct Mixup: Hashable, Sendable {
    public var probability: Float
    /// Both shape parameters of the beta distribution that draws the share.
    public var alpha: Float
  }

  /// What a gallery tile does to a face: few pixels, blur, block compression, low light and noise.
  public struct Webcam: Hashable, Sendable {
    public var probability: Float
    /// The side in pixels that the face has in the tile, drawn from smallest up to 48.
    public var smallestSide: Int
  }

  /// Draws a variation and applies it to one gray face. Samples of the result are 0 to 255.
  func apply(
    to source: UnsafeBufferPointer<UInt8>, into result: UnsafeMutableBufferPointer<Float>,
    using generator: inout CounterGenerator
  ) {
    let side = Face.side
    map(using: &generator).warp(source, side: side, into: result)
    if let webcam, generator.uniform() < webcam.probability {
      Degradation(webcam, using: &generator).apply(to: result, side: side, using: &generator)
    }
    varyLight(of: result, using: &generator)
    if let cutout, generator.uniform() < cutout.probability {
      cutout.apply(to: result, side: side, using: &generator)
    }
  }

  private func map(using generator: inout CounterGenerator) -> AffineMap {
    let side = Float(Face.side)
    let angle = generator.uniform(-rotation, rotation)
    let rowShift = generator.uniform(-heightShift, heightShift) * side
    let columnShift = generator.uniform(-widthShift, widthShift) * side
    let rowZoom = generator.uniform(1 - zoom, 1 + zoom)
    let columnZoom = zoomsAxesApart ? generator.uniform(1 - zoom, 1 + zoom) : rowZoom
    let flips = horizontalFlip && generator.uniform() < 0.5
    return AffineMap(
      rotation: angle, rowShift: rowShift, columnShift: columnShift, rowZoom: rowZoom,
      columnZoom: columnZoom, flips: flips, side: Face.side)
  }

  private func varyLight(
    of picture: UnsafeMutableBufferPointer<Float>, using generator: inout CounterGenerator
  ) {
    guard brightness > 0 || contrast > 0 || gamma > 0 else { return }
    let shift = generator.uniform(-brightness, brightness) * 255
    let factor = generator.uniform(1 - contrast, 1 + contrast)
    let tone = ToneCurve(exponent: drawnExponent(using: &generator))
    for index in picture.indices {
      let value = (picture[index] - 127.5) * factor + 127.5 + shift
      picture[index] = tone[min(max(value, 0), 255)]
    }
  }

  private func drawnExponent(using generator: inout CounterGenerator) -> Float {
    guard gamma > 0 else { return 1 }
    let exponent = 1 + generator.uniform(0, gamma)
    return generator.uniform() < 0.5 ? exponent : 1 / exponent
  }
}

extension Augmentation.Cutout {
  func apply(
    to picture: UnsafeMutableBufferPointer<Float>, side: Int, using generator: inout CounterGenerator
  ) {
    let length = smallest + generator.index(below: largest - smallest + 1)
    let top = generator.index(below: side) - length / 2
    let left = generator.index(below: side) - length / 2
    for row in max(0, top)..<max(0, min(side, top + length)) {
      for column in max(0, left)..<max(0, min(side, left + length)) {
        picture[row * side + column] = 127.5
      }
    }
  }
}
