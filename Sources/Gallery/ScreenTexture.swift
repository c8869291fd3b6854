/// Tells a shared screen from a camera's picture: drawn text has many sharp edges between flat areas.
struct ScreenTexture {
  let flat: Double
  let sharp: Double

  init(_ pixels: Pixels, _ rect: PixelRect) {
    let step = max(1, rect.height / 180)
    var (flat, sharp, all) = (0, 0, 0)
    for y in stride(from: rect.top, to: rect.bottom, by: step) {
      var before = pixels[rect.left, y].luma
      for x in stride(from: rect.left + 1, to: rect.right, by: 1) {
        let luma = pixels[x, y].luma
        let difference = abs(luma - before)
        if difference <= 1 { flat += 1 }
        if difference >= 60 { sharp += 1 }
        all += 1
        before = luma
      }
    }
    self.flat = Double(flat) / Double(max(1, all))
    self.sharp = Double(sharp) / Double(max(1, all))
  }

  var isScreen: Bool { flat > 0.75 && sharp > 0.008 }

  /// Mean luma, 0 to 1, of a grid of 16 × 9 cells, row by row.
  static func cells(_ pixels: Pixels, _ rect: PixelRect) -> [Float] {
    (0..<9).flatMap { row in
      (0..<16).map { column in
        let top = rect.top + rect.height * row / 9
        let left = rect.left + rect.width * column / 16
        let step = max(1, rect.height / 90)
        var (sum, count) = (0, 0)
        for y in stride(from: top, to: rect.top + rect.height * (row + 1) / 9, by: step) {
          for x in stride(from: left, to: rect.left + rect.width * (column + 1) / 16, by: step) {
            sum += pixels[x, y].luma
            count += 1
          }
        }
        return Float(sum) / Float(max(1, count) * 255)
      }
    }
  }
}
