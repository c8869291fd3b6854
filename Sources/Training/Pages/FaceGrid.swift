public import Vocabulary

/// Faces side by side in one picture.
public enum FaceGrid {
  /// - Parameters:
  ///   - faces: gray pictures of one size.
  ///   - scale: whole pixels for one.
  /// - Returns: as many rows as needed, with a white gap of two pixels; `nil` without faces.
  public static func picture(_ faces: [Image], columns: Int, scale: Int = 2) -> Image? {
    guard let first = faces.first, columns > 0, scale > 0 else { return nil }
    let gap = 2
    let (width, height) = (first.width * scale + gap, first.height * scale + gap)
    let rows = (faces.count + columns - 1) / columns
    var sheet = Image(
      width: min(columns, faces.count) * width + gap, height: rows * height + gap, filledWith: 255)
    for (index, face) in faces.enumerated() where face.width == first.width && face.height == first.height {
      let (left, top) = (index % columns * width + gap, index / columns * height + gap)
      for row in 0..<face.height * scale {
        for column in 0..<face.width * scale {
          sheet.pixels[(top + row) * sheet.width + left + column] =
            face.pixels[row / scale * face.width + column / scale]
        }
      }
    }
    return sheet
  }
}
