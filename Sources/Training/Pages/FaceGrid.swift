import Imaging
public import Vocabulary

/// Faces side by side in one picture.
public enum FaceGrid {
  /// - Parameters:
  ///   - faces: gray pictures of one size.
  ///   - scale: whole pixels for one.
  ///   - captions: lines below each face.
  /// - Returns: as many rows as needed, with a white gap of two pixels; `nil` without faces.
  public static func picture(
    _ faces: [Image], columns: Int, scale: Int = 2, captions: [[String]] = []
  ) throws -> Image? {
    guard let first = faces.first, columns > 0, scale > 0 else { return nil }
    let (gap, line) = (2, 13)
    let below = (captions.map(\.count).max() ?? 0) * line
    let (width, height) = (first.width * scale + gap, first.height * scale + gap + below)
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
      for (position, text) in (index < captions.count ? captions[index] : []).enumerated() {
        let base = top + face.height * scale + (position + 1) * line - 3
        try sheet.draw(text, at: Point(x: Double(left + 1), y: Double(base)), height: 7, .black)
      }
    }
    return sheet
  }
}
