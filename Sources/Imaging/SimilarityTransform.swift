import Foundation
public import Vocabulary

/// Turning, uniform scaling and shifting: what keeps shapes.
public struct SimilarityTransform: Hashable, Sendable {
  /// Above 0.
  public let scale: Double
  /// Radians, clockwise as seen (x to the right, y downwards).
  public let angle: Double
  public let translation: Point

  public init(scale: Double, angle: Double, translation: Point) {
    self.scale = scale
    self.angle = angle
    self.translation = translation
  }

  /// The similarity that takes `source` closest to `target`, point by point, in the sense of least squares.
  ///
  /// Closed form of Umeyama (IEEE PAMI 13(4), 1991) in two dimensions, without reflection. With centred
  /// points `p`, `q`: `angle = atan2(Σ p×q, Σ p·q)`, `scale = hypot(Σ p×q, Σ p·q) / Σ p·p`.
  ///
  /// - Returns: `nil` for fewer than two points, lists of unequal length, points that are not finite, and
  ///   where all points of one list coincide.
  public init?(from source: [Point], to target: [Point]) {
    guard source.count == target.count, source.count >= 2 else { return nil }
    let (from, to) = (Self.mean(source), Self.mean(target))
    var (dot, cross, spread) = (0.0, 0.0, 0.0)
    for (first, second) in zip(source, target) {
      let (p, q) = (first - from, second - to)
      dot += p.x * q.x + p.y * q.y
      cross += p.x * q.y - p.y * q.x
      spread += p.x * p.x + p.y * p.y
    }
    let length = (dot * dot + cross * cross).squareRoot()
    guard length.isFinite, spread.isFinite, spread > 0, length > 0 else { return nil }
    scale = length / spread
    angle = atan2(cross, dot)
    guard scale.isFinite, scale > 0 else { return nil }
    let turned = AffineTransform(rotation: angle)(from) * scale
    translation = to - turned
  }

  public var affine: AffineTransform {
    AffineTransform(rotation: angle).followed(by: AffineTransform(scale: scale))
      .followed(by: AffineTransform(translation: translation))
  }

  public func callAsFunction(_ point: Point) -> Point { affine(point) }

  public var inverse: SimilarityTransform {
    let back = AffineTransform(rotation: -angle)(translation) * (-1 / scale)
    return SimilarityTransform(scale: 1 / scale, angle: -angle, translation: back)
  }

  private static func mean(_ points: [Point]) -> Point {
    points.reduce(Point(x: 0, y: 0), +) * (1 / Double(points.count))
  }
}
