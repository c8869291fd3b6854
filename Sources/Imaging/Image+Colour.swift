import OpenCVBridge
public import Vocabulary

extension Image {
  /// Luma of ITU-R BT.601 in full range: `0.299 R + 0.587 G + 0.114 B`, rounded; a gray picture is itself.
  ///
  /// FER2013 was made with these weights (they are also PIL's and OpenCV's), so networks trained on it
  /// see the same gray.
  public func gray() throws(ImagingError) -> Image {
    guard channels == 3 else { return self }
    return try transformed("gray", channels: 1) { cvb_gray($0, $1, $2) }
  }

  /// Three equal channels made of one; a coloured picture is itself.
  public func colour() throws(ImagingError) -> Image {
    guard channels == 1 else { return self }
    return try transformed("colour", channels: 3) { cvb_colour($0, $1, $2) }
  }
}
