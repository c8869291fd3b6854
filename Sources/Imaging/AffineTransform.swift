import Foundation
public import Vocabulary

/// A map of the plane: `(x, y) -> (a x + b y + tx, c x + d y + ty)`.
public struct AffineTransform: Hashable, Sendable {
  public var a, b, tx, c, d, ty: Double

  public init(a: Double, b: Double, tx: Double, c: Double, d: Double, ty: Double) {
    (self.a, self.b, self.tx, self.c, self.d, self.ty) = (a, b, tx, c, d, ty)
  }

  /// Enlarges by `scale` about the origin.
  public init(scale: Double) {
    self.init(a: scale, b: 0, tx: 0, c: 0, d: scale, ty: 0)
  }

  public init(translation: Point) {
    self.init(a: 1, b: 0, tx: translation.x, c: 0, d: 1, ty: translation.y)
  }

  /// Turns by `angle` radians about the origin, clockwise as seen (x to the right, y downwards).
  public init(rotation angle: Double) {
    let (cosine, sine) = (cos(angle), sin(angle))
    self.init(a: cosine, b: -sine, tx: 0, c: sine, d: cosine, ty: 0)
  }

  public func callAsFunction(_ point: Point) -> Point {
    Point(x: a * point.x + b * point.y + tx, y: c * point.x + d * point.y + ty)
  }

  /// First this map, then `next`.
  public func followed(by next: AffineTransform) -> AffineTransform {
    AffineTransform(
      a: next.a * a + next.b * c, b: next.a * b + next.b * d, tx: next.a * tx + next.b * ty + next.tx,
      c: next.c * a + next.d * c, d: next.c * b + next.d * d, ty: next.c * tx + next.d * ty + next.ty)
  }

  /// The map back; `nil` where this one flattens the plane.
  public var inverse: AffineTransform? {
    let determinant = a * d - b * c
    guard determinant.isFinite, abs(determinant) > 1e-300 else { return nil }
    let (e, f, g, h) = (d / determinant, -b / determinant, -c / determinant, a / determinant)
    return AffineTransform(a: e, b: f, tx: -(e * tx + f * ty), c: g, d: h, ty: -(g * tx + h * ty))
  }

  /// By how much lengths grow: the square root of the determinant's size.
  public var scale: Double { abs(a * d - b * c).squareRoot() }

  public var isFinite: Bool { rows.allSatisfy(\.isFinite) }

  /// Row by row, as a 2x3 matrix.
  var rows: [Double] { [a, b, tx, c, d, ty] }

  /// The same map between coordinates whose origin is the top left pixel's centre instead of its corner.
  var betweenPixelCentres: AffineTransform {
    AffineTransform(translation: Point(x: 0.5, y: 0.5)).followed(by: self)
      .followed(by: AffineTransform(translation: Point(x: -0.5, y: -0.5)))
  }
}
