import Imaging
public import Vocabulary

extension FaceQuality {
  /// How well the face in `box` can be read.
  ///
  /// | part | formula |
  /// | --- | --- |
  /// | size | `(s - 12) / 36` for a box of `s = sqrt(w h)` pixels: 0 at 12, 1 from 48, the chip's size |
  /// | sharpness | `r / (r + 0.05)`, where `r` is the variance of the Laplacian over that of the gray values, on a chip of 48 pixels |
  /// | exposure | share of the chip's pixels from 12 to 243, times `min(1, deviation / 24)` |
  /// | completeness | share of the box that lies within `image` |
  ///
  /// - Parameter image: the participant's tile cut out, or the whole frame.
  /// - Throws: ``ImagingError`` where the box cannot be cut out.
  public init(of box: Box, in image: Image) throws {
    let side = box.area.squareRoot()
    guard side.isFinite, side > 0, let map = Self.chip.registration(of: box, side: 48) else {
      throw FaceError("a face box of no size")
    }
    let chip = try image.warped(by: map.affine, width: 48, height: 48).gray()
    let count = Double(chip.pixels.count)
    let mean = chip.pixels.reduce(0) { $0 + Double($1) } / count
    let variance = chip.pixels.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    let detail = try chip.laplacianVariance() / max(variance, 1)
    let lit = Double(chip.pixels.count { (12...243).contains($0) }) / count
    self.init(
      size: min(max((side - 12) / 36, 0), 1), sharpness: detail / (detail + 0.05),
      exposure: lit * min(1, variance.squareRoot() / 24),
      completeness: box.intersection(image.bounds).area / box.area)
  }

  /// The box as it is.
  private static let chip = ChipTemplate(five: [], boxCentre: Point(x: 0.5, y: 0.5), boxSide: 1)
}
