import Imaging
public import Vocabulary

extension Image {
  /// The face as a square gray chip of `side` pixels, registered to FER2013's template: by its landmarks where it
  /// has five, by its box otherwise. One warp, antialiased where the face is larger than the chip; beyond the
  /// picture's edge its nearest pixel is repeated.
  ///
  /// - Throws: ``FaceError`` where landmarks coincide or are not finite; ``ImagingError`` from the warp.
  public func faceChip(_ five: [Point]?, box: Box, side: Int = 48) throws -> Image {
    let template = ChipTemplate.fer2013
    let map =
      five.map { template.registration(of: $0, side: side) }
      ?? template.registration(of: box, side: side)
    guard let map else { throw FaceError("a face whose landmarks or box cannot be registered") }
    return try warped(by: map.affine, width: side, height: side).gray()
  }
}
