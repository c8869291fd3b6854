import Engagement

/// The part of 0 to 1 that a curve is drawn in: wide enough that noise does not look like drama, and narrow
/// enough to see a dip.
struct Scale {
  let low: Double
  let high: Double

  init(_ values: [Double]) {
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    let middle = (least + most) / 2
    let half = max(0.25, (most - least) / 2 + 0.03)
    var low = ((middle - half) * 10).rounded(.down) / 10
    var high = ((middle + half) * 10).rounded(.up) / 10
    if low < 0 { (low, high) = (0, min(1, high - low)) }
    if high > 1 { (low, high) = (max(0, low - (high - 1)), 1) }
    self.low = low
    self.high = high
  }

  /// The scale of a report's class curve.
  init(_ summary: Summary) {
    self.init(
      (summary.curve + summary.windows.flatMap { [$0.band?.low, $0.band?.high] } + [summary.anchor])
        .compactMap(\.self))
  }

  /// 0 at the lower end to 1 at the upper.
  func share(_ value: Double) -> Double { (min(high, max(low, value)) - low) / (high - low) }

  var marks: [Double] { (0...10).map { Double($0) / 10 }.filter { $0 >= low - 1e-9 && $0 <= high + 1e-9 } }
}

/// A level that the curve is compared with, drawn across the chart with its name.
struct Level {
  let value: Double
  let name: String
  let isDashed: Bool
  /// Its name stands above it; that of the lower one below, so that the two never meet.
  let isUpper: Bool

  /// The median, and what an expressionless face scores.
  static func all(_ summary: Summary) -> [Level] {
    guard let median = CurveShape(summary).median else { return [] }
    let anchor = summary.anchor
    return [
      Level(
        value: median, name: "\(Texts.median) \(points(median))", isDashed: false,
        isUpper: median >= anchor ?? 0)
    ]
      + (anchor.map {
        [Level(value: $0, name: Texts.anchorLine($0), isDashed: true, isUpper: $0 > median)]
      } ?? [])
  }
}

/// Where the seconds of a recording lie on paper.
struct TimeAxis {
  let start: Double
  let length: Double
  let left: Double
  let right: Double

  init(_ summary: Summary, left: Double, right: Double) {
    start = summary.windows.first?.time.seconds ?? 0
    length = max(1, (summary.windows.last?.time.seconds ?? 0) + summary.settings.window - start)
    self.left = left
    self.right = right
  }

  func x(_ second: Double) -> Double { left + (second - start) / length * (right - left) }

  /// The clock along the lower edge.
  func marks(y: Double) -> [Chart.Shape] {
    let step = [5.0, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].first { length / $0 <= 9 } ?? 7200
    var marks = Array(stride(from: (start / step).rounded(.up) * step, through: start + length, by: step))
    if start + length - (marks.last ?? start) > step / 2 { marks.append(start + length) }
    return marks.map {
      .text(clock($0), x: x($0), y: y, size: 12, x($0) > right - 20 ? .end : .middle, Palette.faint)
    }
  }
}
