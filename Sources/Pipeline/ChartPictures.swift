import Engagement
import Foundation
import Imaging
import Media
import Reporting
import Vocabulary

/// Writes each chart of a report into a folder, as `timeline.svg` for papers and `timeline.png` for slides.
func writeCharts(of summary: Summary, includingPeople: Bool, to folder: URL) throws {
  do {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  } catch {
    throw OutputError.unwritable(folder, reason: error.localizedDescription)
  }
  for chart in charts(of: summary, includingPeople: includingPeople) {
    let file = folder.appendingPathComponent(chart.name)
    try writeAtomically(chart.svg, to: file.appendingPathExtension("svg").path)
    try PictureWriter.write(try chart.picture(scale: 2), to: file.appendingPathExtension("png"))
  }
}

extension Chart {
  /// The chart drawn on white paper, `scale` pixels a unit.
  func picture(scale: Double) throws -> Image {
    var image = Image(
      width: Int((width * scale).rounded(.up)), height: Int((height * scale).rounded(.up)), channels: 3,
      filledWith: 255)
    for shape in shapes { try draw(shape, on: &image, scale) }
    return image
  }

  private func draw(_ shape: Shape, on image: inout Image, _ scale: Double) throws {
    switch shape {
    case .boxes(let boxes, let paint, let opacity):
      for box in boxes {
        // Edges are rounded, not widths: neighbours then touch.
        let (left, top) = ((box.x * scale).rounded(), (box.y * scale).rounded())
        try image.fill(
          Box(
            x: left, y: top, width: max(1, ((box.x + box.width) * scale).rounded() - left),
            height: max(1, ((box.y + box.height) * scale).rounded() - top)),
          Colour(paint, opacity: opacity))
      }
    case .band(let points, let paint):
      for (left, right) in zip(points, points.dropFirst()) {
        // Every column of pixels between two points.
        for x in Int(left.x * scale)...max(Int(left.x * scale), Int(right.x * scale)) {
          let share = min(1, max(0, (Double(x) / scale - left.x) / max(1e-9, right.x - left.x)))
          let high = (left.high + share * (right.high - left.high)) * scale
          let low = (left.low + share * (right.low - left.low)) * scale
          try image.fill(
            Box(x: Double(x), y: high, width: 1, height: max(1, low - high)), Colour(paint, opacity: 1))
        }
      }
    case .line(let points, let paint, let width):
      try image.drawLine(
        points.map { Point(x: $0.x * scale, y: $0.y * scale) }, Colour(paint, opacity: 1),
        thickness: max(1, Int(width * scale)))
    case .text(let text, let x, let y, let size, let anchor, let paint):
      // The strokes that OpenCV draws letters with know ASCII only.
      let plain = text.folding(options: .diacriticInsensitive, locale: nil)
        .replacingOccurrences(of: "–", with: "-")
      let capital = size * scale * 0.66
      let advance = Double(plain.count) * capital * 0.86
      let shift = anchor == .start ? 0 : anchor == .middle ? advance / 2 : advance
      try image.draw(
        plain, at: Point(x: x * scale - shift, y: y * scale), height: capital, Colour(paint, opacity: 1))
    }
  }
}

extension Colour {
  /// The paint on white paper, as it shows through.
  fileprivate init(_ paint: Paint, opacity: Double) {
    func channel(_ shift: UInt32) -> UInt8 {
      UInt8(clamping: Int((255 - (255 - Double(paint.light >> shift & 255)) * opacity).rounded()))
    }
    self.init(red: channel(16), green: channel(8), blue: channel(0))
  }
}
