import Vocabulary

/// Finds the colour between tiles and cuts the picture along it.
struct Gutters {
  let pixels: Pixels
  let colour: Colour
  private let luma: Int
  /// The picture without black bars around it.
  let frame: PixelRect

  /// How far a gutter's lightness may lie from its colour's; the colour's parts may lie three times as far.
  private let tolerance: Int
  /// Of a picture as most recordings have it, and of one that compression has stained.
  static let clean = 8
  static let stained = 16
  /// A line across is a gutter when this share of it has the gutters' colour.
  private static let line = 0.92

  /// `nil` where the picture has no border of one colour.
  init?(_ pixels: Pixels, tolerance: Int = clean) {
    let frame = Gutters.withoutBars(pixels)
    var tally = ColourTally()
    let step = max(1, frame.width / 640)
    for x in stride(from: frame.left, to: frame.right, by: step) {
      tally.add(pixels[x, frame.top])
      tally.add(pixels[x, frame.bottom - 1])
    }
    for y in stride(from: frame.top, to: frame.bottom, by: step) {
      tally.add(pixels[frame.left, y])
      tally.add(pixels[frame.right - 1, y])
    }
    guard let colour = tally.commonest else { return nil }
    self.tolerance = tolerance
    self.pixels = pixels
    self.colour = colour
    luma = colour.luma
    self.frame = frame
    let edges = [
      PixelRect(left: frame.left, top: frame.top, right: frame.right, bottom: frame.top + 1),
      PixelRect(left: frame.left, top: frame.bottom - 1, right: frame.right, bottom: frame.bottom),
      PixelRect(left: frame.left, top: frame.top, right: frame.left + 1, bottom: frame.bottom),
      PixelRect(left: frame.right - 1, top: frame.top, right: frame.right, bottom: frame.bottom),
    ]
    let like = edges.map { pixels.share(of: colour, within: Self.clean, in: $0, step: (step, step)) }
    guard like.filter({ $0 > 0.8 }).count >= 2 else { return nil }
  }

  /// Bands of rows between gutters that run across the whole frame.
  func bands() -> [Range<Int>] {
    runs(from: frame.top, to: frame.bottom) { y in
      isGutter(PixelRect(left: frame.left, top: y, right: frame.right, bottom: y + 1))
    }
  }

  /// Runs of columns between gutters that run through a band.
  func columns(in band: Range<Int>) -> [Range<Int>] {
    runs(from: frame.left, to: frame.right) { x in
      isGutter(PixelRect(left: x, top: band.lowerBound, right: x + 1, bottom: band.upperBound))
    }
  }

  /// Whether a rectangle has the gutters' colour but for a fiftieth: no tile is there.
  func isEmpty(_ rect: PixelRect) -> Bool {
    let step = max(1, min(rect.width, rect.height) / 48)
    return pixels.isUniform(rect, colour, within: tolerance, exceptions: 0.02, step: (step, step))
  }

  /// The vivid frame around a speaker's tile may lie across a gutter, over less than half of it.
  private func isGutter(_ line: PixelRect) -> Bool {
    let step = max(1, max(line.width, line.height) / 160)
    let samples = (max(line.width, line.height) + step - 1) / step
    var others = Int(Double(samples) * (1 - Self.line))
    var vivid = samples * 9 / 20
    let (dx, dy) = line.width > line.height ? (step, 0) : (0, step)
    var (x, y) = (line.left, line.top)
    for _ in 0..<samples {
      let seen = pixels[x, y]
      if !isGround(seen) {
        if seen.isVivid && vivid > 0 { vivid -= 1 } else { others -= 1 }
        if others < 0 { return false }
      }
      x &+= dx
      y &+= dy
    }
    return true
  }

  /// Compression stains a gutter's colour more than its lightness.
  @inline(__always)
  private func isGround(_ seen: Colour) -> Bool {
    seen.distance(to: colour) <= 3 * tolerance && abs(seen.luma &- luma) <= tolerance
  }

  /// Runs of at least 1/60 of the range where `isGutter` does not hold.
  private func runs(from start: Int, to end: Int, isGutter: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first: Int?
    for position in start..<end {
      if isGutter(position) {
        if let begun = first { runs.append(begun..<position) }
        first = nil
      } else if first == nil {
        first = position
      }
    }
    if let first { runs.append(first..<end) }
    return runs.filter { $0.count * 60 >= end - start }
  }

  /// Takes away bars that are black all along: a recording of another shape than its frame has them.
  private static func withoutBars(_ pixels: Pixels) -> PixelRect {
    var frame = pixels.bounds
    let black = Colour(blue: 0, green: 0, red: 0)
    func isBar(_ line: PixelRect) -> Bool {
      pixels.isUniform(line, black, within: 6, exceptions: 0, step: (4, 4))
    }
    let (mostX, mostY) = (frame.width * 2 / 5, frame.height * 2 / 5)
    while frame.top < mostY,
      isBar(PixelRect(left: 0, top: frame.top, right: pixels.width, bottom: frame.top + 1))
    {
      frame.top += 1
    }
    while pixels.height - frame.bottom < mostY,
      isBar(PixelRect(left: 0, top: frame.bottom - 1, right: pixels.width, bottom: frame.bottom))
    {
      frame.bottom -= 1
    }
    while frame.left < mostX,
      isBar(PixelRect(left: frame.left, top: 0, right: frame.left + 1, bottom: pixels.height))
    {
      frame.left += 1
    }
    while pixels.width - frame.right < mostX,
      isBar(PixelRect(left: frame.right - 1, top: 0, right: frame.right, bottom: pixels.height))
    {
      frame.right -= 1
    }
    // A gallery on pure black: what was taken for bars are its gutters.
    let kept = PixelRect(
      left: max(0, frame.left - 2), top: max(0, frame.top - 2), right: min(pixels.width, frame.right + 2),
      bottom: min(pixels.height, frame.bottom + 2))
    let ring = pixels[frame.left, frame.top]
    return ring.distance(to: black) > 6 && isUniform(pixels, frame) ? frame : kept
  }

  /// True where the frame's own edge has one colour: then the bars around it are no gutters.
  private static func isUniform(_ pixels: Pixels, _ frame: PixelRect) -> Bool {
    let corners = [
      pixels[frame.left, frame.top], pixels[frame.right - 1, frame.top],
      pixels[frame.left, frame.bottom - 1], pixels[frame.right - 1, frame.bottom - 1],
    ]
    return corners.allSatisfy { $0.distance(to: corners[0]) <= clean }
  }
}
