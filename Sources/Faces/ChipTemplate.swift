public import Imaging
public import Vocabulary

/// Where the eyes, the nose tip and the mouth corners stand in a chip.
///
/// A face is registered by the one similarity transform that takes its five landmarks closest to these
/// points (least squares), in one warp from the full-resolution frame.
public struct ChipTemplate: Hashable, Sendable {
  /// Right eye, left eye, nose tip, right and left mouth corner, as shares of the chip's side.
  public let five: [Point]
  /// Middle and side of the square detector box of an average face in this template, as shares of the
  /// chip's side: how a face without landmarks is cut out.
  public let boxCentre: Point
  public let boxSide: Double

  public init(five: [Point], boxCentre: Point, boxSide: Double) {
    self.five = five
    self.boxCentre = boxCentre
    self.boxSide = boxSide
  }

  /// FER2013's own framing, so that a network trained on plain FER2013 sees what it was trained on: the
  /// median place of the landmarks that YuNet finds on 3,100 of its training faces, made symmetric
  /// (Reports/Measurements, "FER2013's framing").
  public static let fer2013 = ChipTemplate(
    five: [
      Point(x: 0.3235, y: 0.390), Point(x: 0.6765, y: 0.390), Point(x: 0.5, y: 0.586),
      Point(x: 0.3555, y: 0.756), Point(x: 0.6445, y: 0.756),
    ], boxCentre: Point(x: 0.503, y: 0.514), boxSide: 0.905)

  /// The similarity that takes five landmarks of a picture onto this template in a chip of `side` pixels.
  public func registration(of five: [Point], side: Int) -> SimilarityTransform? {
    SimilarityTransform(from: five, to: self.five.map { $0 * Double(side) })
  }

  /// The upright similarity that takes a detector's box to where an average face's box lies in the chip.
  public func registration(of box: Box, side: Int) -> SimilarityTransform? {
    let length = (box.width * box.height).squareRoot()
    guard length.isFinite, length > 0, box.centre.x.isFinite, box.centre.y.isFinite else { return nil }
    let scale = boxSide * Double(side) / length
    return SimilarityTransform(
      scale: scale, angle: 0, translation: boxCentre * Double(side) - box.centre * scale)
  }
}
