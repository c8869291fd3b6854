/// The name label at a tile's lower left corner: light letters on a dark ground.
struct LabelStrip {
  /// Ink by column over the letters, in steps of 0.3 of their height, then the length of the text in 20 of
  /// their heights. Too coarse to read; empty where there are no letters.
  let shape: [Float]

  static let bins = 32
  /// What is darker belongs to the label's ground.
  private static let dark = 90

  init(_ pixels: Pixels, _ tile: PixelRect) {
    let left = max(0, tile.left - 2)
    guard let rows = LabelStrip.letterRows(pixels, left: left, tile: tile),
      let columns = LabelStrip.letterColumns(pixels, left: left, rows: rows, tile: tile),
      columns.count >= rows.count
    else {
      shape = []
      return
    }
    shape = LabelStrip.profile(pixels, rows, columns)
  }

  /// Rows of the lowest line of ink under the first letters, which surely stand on the label's ground.
  private static func letterRows(_ pixels: Pixels, left: Int, tile: PixelRect) -> Range<Int>? {
    let reach = max(8, tile.height / 8)
    func hasInk(_ y: Int) -> Bool {
      (left..<min(left + reach, tile.right)).contains { pixels[$0, y].luma > 2 * dark - 20 }
    }
    let lowest = tile.bottom - max(1, tile.height / 100)
    let highest = tile.bottom - tile.height / 6
    var bottom = lowest
    while bottom > highest, !hasInk(bottom - 1) { bottom -= 1 }
    var top = bottom
    while top > highest, hasInk(top - 1) { top -= 1 }
    // Ink down to the edge or up to the top is a bright picture, not letters.
    guard bottom < lowest, top > highest, bottom - top >= 4 else { return nil }
    return top..<bottom
  }

  /// From the first letter to the gap after the last one, or to where the ground above and below ends.
  private static func letterColumns(_ pixels: Pixels, left: Int, rows: Range<Int>, tile: PixelRect) -> Range<
    Int
  >? {
    var first: Int?
    var last = left
    for x in left..<(tile.left + tile.width * 3 / 5) {
      let above = pixels[x, rows.lowerBound - 2].luma
      let below = pixels[x, min(tile.bottom - 1, rows.upperBound + 1)].luma
      if above > dark && below > dark { break }
      if rows.contains(where: { pixels[x, $0].luma > 2 * dark - 20 }) {
        first = first ?? x
        last = x
      } else if first != nil, x - last > rows.count {
        break
      }
    }
    return first.map { $0..<last + 1 }
  }

  private static func profile(_ pixels: Pixels, _ rows: Range<Int>, _ columns: Range<Int>) -> [Float] {
    let height = Double(rows.count)
    var profile = [Float](repeating: 0, count: bins + 1)
    for x in columns {
      let bin = Int(Double(x - columns.lowerBound) / (0.3 * height))
      guard bin < bins else { break }
      let ink = rows.reduce(0) { $0 + max(0, pixels[x, $1].luma - dark) }
      profile[bin] += Float(ink) / Float(0.3 * height * height * Double(255 - dark))
    }
    profile[bins] = Float(Double(columns.count) / (20 * height))
    return profile
  }
}
