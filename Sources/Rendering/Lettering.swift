/// Text drawn with a font of strokes, so that a recording needs no font file.
///
/// A glyph is an advance and polylines on a grid: baseline 0, x-height 7, capitals 10, descender -3. A
/// stroke that starts with `~` is a smooth curve through its points (Catmull-Rom).
struct Lettering {
  private typealias Segment = (from: SIMD2<Float>, to: SIMD2<Float>)

  private var segments: [Segment] = []
  /// Width of the text in units of the grid.
  private(set) var advance: Float = 0

  init(_ text: String) {
    for character in text {
      guard let glyph = Lettering.glyphs[character] else {
        advance += 4
        continue
      }
      for stroke in glyph.strokes {
        for (from, to) in zip(stroke, stroke.dropFirst()) {
          segments.append((from + SIMD2(advance, 0), to + SIMD2(advance, 0)))
        }
      }
      advance += glyph.advance
    }
    advance = max(0, advance - 2.2)
  }

  /// Draws the text with its baseline's left end at (`x`, `baseline`); `capHeight` in pixels.
  func draw(
    onto canvas: inout Canvas, x: Float, baseline: Float, capHeight: Float, colour: Colour,
    weight: Float = 1.35
  ) {
    let unit = capHeight / 10
    let half = max(0.5, weight * unit / 2)
    for segment in grouped(x: x, baseline: baseline, unit: unit, reach: half + 1, canvas) {
      for (px, py, coverage) in segment { canvas.blend(px, py, colour, coverage) }
    }

    func grouped(
      x: Float, baseline: Float, unit: Float, reach: Float, _ canvas: Canvas
    ) -> [[(Int, Int, Float)]] {
      let left = max(0, Int(x - reach)), right = min(canvas.width - 1, Int(x + advance * unit + reach))
      let top = max(0, Int(baseline - 11 * unit - reach))
      let bottom = min(canvas.height - 1, Int(baseline + 4 * unit + reach))
      guard left <= right, top <= bottom else { return [] }
      return (top...bottom).map { py in
        (left...right).compactMap { px in
          let point = SIMD2((Float(px) + 0.5 - x) / unit, (baseline - Float(py) - 0.5) / unit)
          let coverage = clamp(half - distance(to: point) * unit + 0.5)
          return coverage > 0 ? (px, py, coverage) : nil
        }
      }
    }
  }

  private func distance(to point: SIMD2<Float>) -> Float {
    var nearest: Float = .infinity
    for (from, to) in segments {
      let along = to - from
      let t = clamp(((point - from) * along).sum() / max(1e-6, (along * along).sum()))
      let offset = point - from - along * t
      nearest = min(nearest, (offset * offset).sum())
    }
    return nearest.squareRoot()
  }
}

extension Lettering {
  private struct Glyph: Sendable {
    let advance: Float
    let strokes: [[SIMD2<Float>]]

    init(_ advance: Float, _ strokes: String) {
      self.advance = advance
      self.strokes = strokes.split(separator: "|").map { stroke in
        let points = stroke.drop { $0 == "~" }.split(separator: " ").map { pair in
          let numbers = pair.split(separator: ",").compactMap { Float($0) }
          return SIMD2(numbers.first ?? 0, numbers.last ?? 0)
        }
        return stroke.hasPrefix("~") ? Glyph.smooth(points) : points
      }
    }

    private static func smooth(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
      guard points.count > 2, let first = points.first, let last = points.last else { return points }
      let closed = first == last
      var result = [first]
      for index in 0..<(points.count - 1) {
        let before = index > 0 ? points[index - 1] : closed ? points[points.count - 2] : first
        let after = index + 2 < points.count ? points[index + 2] : closed ? points[1] : last
        let (a, b) = (points[index], points[index + 1])
        for step in 1...4 {
          let t = Float(step) / 4
          let linear = a * 2 + (b - before) * t
          let square = (before * 2 - a * 5 + b * 4 - after) * (t * t)
          let cube = ((a - b) * 3 + after - before) * (t * t * t)
          result.append((linear + square + cube) * 0.5)
        }
      }
      return result
    }
  }

  private static let glyphs: [Character: Glyph] = [
    " ": Glyph(5, ""),
    ".": Glyph(4, "0.7,0 0.9,0.2"),
    "-": Glyph(6, "0.5,4 3.7,4"),
    "'": Glyph(3.4, "0.6,10 0.6,7.6"),
    "A": Glyph(9.6, "0,0 3.7,10 7.4,0|1.3,3.4 6.1,3.4"),
    "B": Glyph(
      8.8,
      "0,0 0,10 3.6,10|~3.6,10 5.6,9.4 5.9,7.8 5.4,6 3.6,5.4|0,5.4 3.8,5.4|~3.8,5.4 5.9,4.6 6.4,2.7 5.8,0.8 3.8,0|0,0 3.8,0"
    ),
    "C": Glyph(9.4, "~7,8 5.9,9.4 3.9,10 1.5,9 0.1,6.6 0.1,3.4 1.5,1 3.9,0 5.9,0.6 7,2"),
    "D": Glyph(9.8, "3.2,0 0,0 0,10 3.2,10|~3.2,10 5.8,9.1 7.3,6.7 7.3,3.3 5.8,0.9 3.2,0"),
    "E": Glyph(8.2, "6,0 0,0 0,10 6,10|0,5.3 5.2,5.3"),
    "F": Glyph(8, "0,0 0,10 6,10|0,5.2 5.2,5.2"),
    "G": Glyph(
      9.9, "~7,8.2 5.7,9.5 3.9,10 1.5,9 0.1,6.6 0.1,3.4 1.5,1 3.9,0 6,0.5 7.3,2|7.3,2 7.3,4.6 4.4,4.6"),
    "H": Glyph(9.6, "0,0 0,10|7.2,0 7.2,10|0,5.2 7.2,5.2"),
    "I": Glyph(3, "0.2,0 0.2,10"),
    "J": Glyph(7.6, "5,10 5,3|~5,3 4.5,0.9 2.6,0 0.7,0.8 0,2.6"),
    "K": Glyph(9, "0,0 0,10|6.6,10 0,4.2|2.4,6 6.9,0"),
    "L": Glyph(7.8, "0,10 0,0 5.7,0"),
    "M": Glyph(11.2, "0,0 0,10 4.4,2 8.8,10 8.8,0"),
    "N": Glyph(9.8, "0,0 0,10 7.3,0 7.3,10"),
    "O": Glyph(10.4, "~4,10 1.5,9 0.1,6.6 0.1,3.4 1.5,1 4,0 6.5,1 7.9,3.4 7.9,6.6 6.5,9 4,10"),
    "P": Glyph(8.6, "0,0 0,10 3.6,10|~3.6,10 5.9,9.2 6.4,7.2 5.9,5.2 3.6,4.4|3.6,4.4 0,4.4"),
    "Q": Glyph(10.4, "~4,10 1.5,9 0.1,6.6 0.1,3.4 1.5,1 4,0 6.5,1 7.9,3.4 7.9,6.6 6.5,9 4,10|5,2.6 8,-0.8"),
    "R": Glyph(9, "0,0 0,10 3.6,10|~3.6,10 5.9,9.2 6.4,7.3 5.9,5.5 3.6,4.7|3.6,4.7 0,4.7|3.6,4.7 6.8,0"),
    "S": Glyph(
      8.4, "~6,8.2 5,9.5 3.1,10 1,9.4 0.2,7.6 1.1,6 3.2,5.2 5.4,4.3 6.3,2.6 5.4,0.7 3.1,0 1,0.6 0,2"),
    "T": Glyph(8.6, "0,10 7,10|3.5,10 3.5,0"),
    "U": Glyph(9.6, "0,10 0,3.6|~0,3.6 0.8,1 3.6,0 6.4,1 7.2,3.6|7.2,3.6 7.2,10"),
    "V": Glyph(9.2, "0,10 3.6,0 7.2,10"),
    "W": Glyph(13, "0,10 2.7,0 5.5,9.6 8.3,0 11,10"),
    "X": Glyph(9, "0,0 6.8,10|0,10 6.8,0"),
    "Y": Glyph(9, "0,10 3.5,4.8 7,10|3.5,4.8 3.5,0"),
    "Z": Glyph(8.8, "0,10 6.6,10 0,0 6.7,0"),
    "a": Glyph(
      7.6,
      "~0.5,5.6 1.3,6.7 2.8,7 4.5,6.5 5.1,4.8|5.1,4.8 5.1,0|~5.1,3.9 2.6,3.7 0.7,3.1 0.1,1.7 0.8,0.3 2.4,0 4.2,0.7 5.1,2.2"
    ),
    "b": Glyph(8, "0,10 0,0|~0,3.5 0.8,6 2.9,7 5,6 5.7,3.5 5,1 2.9,0 0.8,1 0,3.5"),
    "c": Glyph(7.2, "~5.1,5.4 4.4,6.6 2.9,7 0.9,6 0.1,3.5 0.9,1 2.9,0 4.4,0.4 5.1,1.6"),
    "d": Glyph(8.2, "5.7,10 5.7,0|~5.7,3.5 4.9,6 2.8,7 0.7,6 0,3.5 0.7,1 2.8,0 4.9,1 5.7,3.5"),
    "e": Glyph(7.7, "0.2,3.7 5.5,3.7|~5.5,3.7 4.9,6 2.9,7 0.9,6 0.1,3.5 0.9,1 3,0 4.5,0.4 5.4,1.5"),
    "f": Glyph(5.2, "~3.6,9.8 2.4,9.8 1.6,8.4|1.6,8.4 1.6,0|0,6.9 3.5,6.9"),
    "g": Glyph(
      8.2,
      "5.7,7 5.7,-0.6|~5.7,-0.6 5,-2.5 2.8,-3.1 0.6,-2.2|~5.7,3.5 4.9,6 2.8,7 0.7,6 0,3.5 0.7,1 2.8,0 4.9,1 5.7,3.5"
    ),
    "h": Glyph(7.8, "0,10 0,0|~0,4.2 0.8,6.2 2.9,7 4.8,6.2 5.3,4.4|5.3,4.4 5.3,0"),
    "i": Glyph(2.9, "0.2,0 0.2,6.9|0.2,9.2 0.2,9.5"),
    "j": Glyph(3.2, "0.6,6.9 0.6,-1.6|~0.6,-1.6 0.1,-2.8 -1,-3|0.6,9.2 0.6,9.5"),
    "k": Glyph(7, "0,10 0,0|4.8,7 0,2.6|1.9,4.3 5,0"),
    "l": Glyph(2.9, "0.2,10 0.2,0"),
    "m": Glyph(
      11.6,
      "0,6.9 0,0|~0,4.2 0.7,6.2 2.4,7 4,6.3 4.5,4.6|4.5,4.6 4.5,0|~4.5,4.4 5.2,6.2 7,7 8.6,6.3 9.1,4.6|9.1,4.6 9.1,0"
    ),
    "n": Glyph(7.8, "0,6.9 0,0|~0,4.2 0.8,6.2 2.9,7 4.8,6.2 5.3,4.4|5.3,4.4 5.3,0"),
    "o": Glyph(8.2, "~2.9,7 0.8,6 0,3.5 0.8,1 2.9,0 5,1 5.8,3.5 5,6 2.9,7"),
    "p": Glyph(8, "0,6.9 0,-3|~0,3.5 0.8,6 2.9,7 5,6 5.7,3.5 5,1 2.9,0 0.8,1 0,3.5"),
    "q": Glyph(8.2, "5.7,6.9 5.7,-3|~5.7,3.5 4.9,6 2.8,7 0.7,6 0,3.5 0.7,1 2.8,0 4.9,1 5.7,3.5"),
    "r": Glyph(5.4, "0,6.9 0,0|~0,4 0.8,6.2 2.2,6.9 3.4,6.8"),
    "s": Glyph(
      6.7, "~4.4,5.7 3.6,6.7 2.2,7 0.7,6.5 0.2,5.3 0.9,4.2 2.3,3.7 4,3 4.6,1.8 3.8,0.4 2.3,0 0.8,0.4 0,1.5"),
    "t": Glyph(5.2, "1.6,9 1.6,1.9|~1.6,1.9 2.1,0.3 3.5,0.1|0,6.9 3.4,6.9"),
    "u": Glyph(7.8, "5.3,6.9 5.3,0|0,6.9 0,2.6|~0,2.6 0.5,0.8 2.4,0 4.5,0.8 5.3,2.8"),
    "v": Glyph(7, "0,6.9 2.5,0 5,6.9"),
    "w": Glyph(10.2, "0,6.9 2,0 4.1,6.6 6.2,0 8.2,6.9"),
    "x": Glyph(6.9, "0,6.9 4.7,0|4.7,6.9 0,0"),
    "y": Glyph(7, "0,6.9 2.5,0.2|5,6.9 2.5,0.2 1.6,-2|~1.6,-2 0.8,-2.9 -0.2,-2.9"),
    "z": Glyph(6.9, "0,6.9 4.7,6.9 0,0 4.9,0"),
    "0": Glyph(8.4, "~3,10 0.9,8.6 0.1,5 0.9,1.4 3,0 5.1,1.4 5.9,5 5.1,8.6 3,10"),
    "1": Glyph(6, "0.2,8 2.6,10 2.6,0"),
    "2": Glyph(8, "~0.2,7.6 1,9.4 2.9,10 4.9,9.2 5.5,7.3 4.6,5.2 0,0|0,0 5.7,0"),
    "3": Glyph(
      8.2,
      "~0.3,8.4 1.4,9.7 3,10 5,9.2 5.4,7.4 4.6,5.9 2.4,5.3|~2.4,5.3 4.9,4.6 5.7,2.7 4.8,0.8 2.9,0 1,0.5 0,2"),
    "4": Glyph(8.4, "4.4,0 4.4,10 0,3 6,3"),
    "5": Glyph(8.2, "5.2,10 0.9,10 0.4,5.4|~0.4,5.4 1.4,6.2 3.1,6.5 5,5.5 5.7,3.3 4.9,1 2.8,0 1,0.5 0,1.8"),
    "6": Glyph(
      8.4, "~5.1,9 3.6,10 1.7,9 0.4,6.3 0.2,3.3 1.2,0.8 3.1,0 5.1,1 5.8,3.2 5,5.4 3.1,6.3 1.2,5.4 0.2,3.3"),
    "7": Glyph(7.8, "0,10 5.7,10 1.9,0"),
    "8": Glyph(
      8.4,
      "~3,10 1.1,9.3 0.5,7.6 1.2,6 3,5.3 4.8,6 5.5,7.6 4.9,9.3 3,10|~3,5.3 0.9,4.5 0.1,2.6 0.9,0.7 3,0 5.1,0.7 5.9,2.6 5.1,4.5 3,5.3"
    ),
    "9": Glyph(
      8.4, "~0.8,1 2.3,0 4.2,1 5.5,3.7 5.7,6.7 4.7,9.2 2.8,10 0.8,9 0.1,6.8 0.9,4.6 2.8,3.7 4.7,4.6 5.7,6.7"),
  ]
}
