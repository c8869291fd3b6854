/// The name label at a tile's lower left corner: light letters on a dark ground.
struct LabelStrip {
  /// Ink by column over the letters, in steps of 0.3 of their height, then the length of the text in 20 of
  /// their heights. Too coarse to read; empty where there are no letters.
  let shape: [Float]
  /// Where the letters are.
  private(set) var letters: PixelRect?

  static let bins = 32
  /// Letters are lighter than this, and the label's ground is darker.
  private static let light = 130
  /// Ink is counted from here on.
  private static let dark = 90
  /// Steps of ink from bin to bin in all its ink: names have 0.17 and more, edges of a picture mostly below 0.1.
  private static let leastGaps: Float = 0.12

  init(_ pixels: Pixels, _ tile: PixelRect) {
    // Labels stand in the corner or, in other software, a little inside.
    for inset in [0, tile.height / 28, tile.height / 16] {
      let left = max(0, inset == 0 ? tile.left - 2 : tile.left + inset)
      guard let rows = LabelStrip.letterRows(pixels, left: left, tile: tile),
        let columns = LabelStrip.letterColumns(pixels, left: left, rows: rows, tile: tile),
        columns.count >= rows.count
      else { continue }
      let profile = LabelStrip.profile(pixels, rows, columns, reach: LabelStrip.reach(tile))
      guard LabelStrip.hasGaps(profile) else { continue }
      letters = PixelRect(
        left: columns.lowerBound, top: rows.lowerBound, right: columns.upperBound, bottom: rows.upperBound)
      shape = profile
      return
    }
    shape = []
  }

  /// Columns that hold the first letters of any name, and so surely lie on the label's ground.
  private static func reach(_ tile: PixelRect) -> Int { max(8, tile.height / 8) }

  /// Rows of the lowest line of ink under the first letters, with the label's ground above and below.
  private static func letterRows(_ pixels: Pixels, left: Int, tile: PixelRect) -> Range<Int>? {
    let end = min(left + reach(tile), tile.right)
    func hasInk(_ y: Int) -> Bool { (left..<end).contains { pixels[$0, y].luma >= light } }
    let lowest = tile.bottom - max(1, tile.height / 100)
    let highest = tile.bottom - tile.height / 5
    var bottom = lowest
    // The picture below a label that stands inside.
    while bottom > lowest - tile.height / 14, hasInk(bottom - 1) { bottom -= 1 }
    guard bottom > highest, !hasInk(bottom - 1) else { return nil }
    while bottom > highest, !hasInk(bottom - 1) { bottom -= 1 }
    var top = bottom
    while top > highest, hasInk(top - 1) { top -= 1 }
    // Ink up to the top is a bright picture, not letters.
    guard top > highest, bottom - top >= 4, bottom - top <= tile.height / 7 else { return nil }
    return top..<bottom
  }

  /// From the first letter to the gap after the last one, or to where the ground above and below ends.
  private static func letterColumns(_ pixels: Pixels, left: Int, rows: Range<Int>, tile: PixelRect)
    -> Range<Int>?
  {
    var first: Int?
    var last = left
    for x in left..<(tile.left + tile.width * 3 / 5) {
      let above = pixels[x, rows.lowerBound - 2].luma
      let below = pixels[x, min(tile.bottom - 1, rows.upperBound + 1)].luma
      if above >= light && below >= light { break }
      if rows.contains(where: { pixels[x, $0].luma >= light }) {
        first = first ?? x
        last = x
      } else if first != nil, x - last > max(3, rows.count * 3 / 4) {
        break
      }
    }
    return first.map { $0..<last + 1 }
  }

  /// Letters have gaps between them; a bright edge of the picture below an inset label has none.
  private static func hasGaps(_ profile: [Float]) -> Bool {
    let ink = profile.dropLast().prefix { $0 > 0 }
    guard ink.count >= 8 else { return true }
    let steps = zip(ink, ink.dropFirst()).dropLast(2).reduce(Float(0)) { $0 + abs($1.0 - $1.1) }
    return steps > leastGaps * ink.reduce(0, +)
  }

  private static func profile(_ pixels: Pixels, _ rows: Range<Int>, _ columns: Range<Int>, reach: Int)
    -> [Float]
  {
    let letters = columns.lowerBound..<min(columns.lowerBound + reach, columns.upperBound)
    func brightest(row y: Int) -> Int { letters.reduce(0) { max($0, pixels[$1, y].luma) } }
    func brightest(column x: Int) -> Int { rows.reduce(0) { max($0, pixels[x, $1].luma) } }
    // Whole pixels are too coarse: one row more or less would stretch the profile by a tenth.
    let top = crossing(rows.lowerBound, brightest(row: rows.lowerBound - 1), brightest(row: rows.lowerBound))
    let bottom = -crossing(
      -rows.upperBound, brightest(row: rows.upperBound), brightest(row: rows.upperBound - 1))
    let start = crossing(
      columns.lowerBound, brightest(column: max(0, columns.lowerBound - 1)),
      brightest(column: columns.lowerBound))
    let height = max(4, bottom - top)
    let bin = 0.3 * height
    var profile = [Float](repeating: 0, count: bins + 1)
    for x in columns {
      let ink = Double(rows.reduce(0) { $0 + max(0, pixels[x, $1].luma - dark) }) / Double(255 - dark)
      // A column that lies across two bins is shared between them.
      let position = max(0, (Double(x) - start) / bin)
      let index = Int(position)
      let beyond = min(1, max(0, (position + 1 / bin - Double(index + 1)) * bin))
      if index < bins { profile[index] += Float(ink * (1 - beyond) / (bin * height)) }
      if index + 1 < bins { profile[index + 1] += Float(ink * beyond / (bin * height)) }
    }
    profile[bins] = Float(Double(columns.count) / (20 * height))
    return profile
  }

  /// Where between the centres of a dark pixel and the light one at `position` the letters begin.
  private static func crossing(_ position: Int, _ before: Int, _ after: Int) -> Double {
    guard after > before else { return Double(position) }
    return Double(position) - Double(min(after - before, after - light)) / Double(after - before)
  }
}
