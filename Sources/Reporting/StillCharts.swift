import Engagement
import Vocabulary

/// The class curve and the shares as still SVG: for print, for a page without scripts, and as files.
struct StillCharts {
  let summary: Summary

  private let width = 1000.0
  private let left = 44.0
  private let right = 8.0

  private var start: Double { summary.windows.first?.time.seconds ?? 0 }
  private var length: Double {
    max(1, (summary.windows.last?.time.seconds ?? 0) + summary.settings.window - start)
  }

  private func x(_ second: Double) -> Double { left + (second - start) / length * (width - left - right) }

  /// Headline index with its band, events and stretches that are not counted.
  func timeline(height: Double = 240) -> String {
    let (top, bottom) = (22.0, height - 22)
    let scale = Scale(summary)
    func y(_ value: Double) -> Double {
      bottom - scale.share(value) * (bottom - top)
    }
    var body = excluded(top: top, bottom: bottom)
    for (number, event) in summary.events.enumerated() {
      let (from, to) = (x(event.start), x(event.end))
      body += """
        <rect x="\(number1(from))" y="\(number1(top))" width="\(number1(to - from))" \
        height="\(number1(bottom - top))" fill="\(Palette.colour(event.kind))" opacity="0.18"/>
        <text x="\(number1((from + to) / 2))" y="14" text-anchor="middle" fill="\(Palette.colour(event.kind))" \
        font-weight="700">\(number + 1)</text>

        """
    }
    for mark in scale.marks {
      body += rule(y(mark)) + label(points(mark), x: left - 6, y: y(mark) + 4, anchor: "end")
    }
    for run in runs({ $0.band != nil }) {
      let upper = run.map { point($0, y($0.band?.high ?? 0)) }
      let lower = run.reversed().map { point($0, y($0.band?.low ?? 0)) }
      body += "<path d=\"M\((upper + lower).joined(separator: "L"))Z\" fill=\"\(Palette.band)\"/>\n"
    }
    for run in runs({ $0.indices?.headline != nil }) {
      let line = run.map { point($0, y($0.indices?.headline ?? 0)) }.joined(separator: "L")
      body += "<path d=\"M\(line)\" fill=\"none\" stroke=\"\(Palette.line)\" stroke-width=\"2\"/>\n"
    }
    return svg(body + clockMarks(bottom), height: height, title: Texts.timelineHeading)
  }

  private func excluded(top: Double, bottom: Double) -> String {
    summary.views.filter { $0.view == .speaker || $0.view == .screen }.map {
      "<rect x=\"\(number1(x($0.start)))\" y=\"\(number1(top))\" width=\"\(number1(x($0.end) - x($0.start)))\" "
        + "height=\"\(number1(bottom - top))\" fill=\"\(Palette.rule)\" opacity=\"0.6\"/>\n"
    }.joined()
  }

  /// Neighbouring windows for which something holds.
  private func runs(_ holds: (ClassValue) -> Bool) -> [[ClassValue]] {
    summary.windows.split(whereSeparator: { !holds($0) }).map(Array.init)
  }

  private func point(_ window: ClassValue, _ y: Double) -> String {
    "\(number1(x(window.time.seconds + summary.settings.window / 2))) \(number1(y))"
  }

  private func rule(_ y: Double) -> String {
    "<path d=\"M\(number1(left)) \(number1(y))H\(number1(width - right))\" stroke=\"\(Palette.rule)\"/>\n"
  }

  private func label(_ text: String, x: Double, y: Double, anchor: String) -> String {
    "<text x=\"\(number1(x))\" y=\"\(number1(y))\" text-anchor=\"\(anchor)\" fill=\"\(Palette.faint)\">\(text)</text>\n"
  }

  private func clockMarks(_ bottom: Double) -> String {
    let step = [5.0, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].first { length / $0 <= 9 } ?? 7200
    return stride(from: (start / step).rounded(.up) * step, through: start + length, by: step).map {
      label(clock($0), x: x($0), y: bottom + 16, anchor: "middle")
    }.joined()
  }

  private func svg(_ body: String, height: Double, title: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number1(width)) \(number1(height))" role="img" \
    font-family="system-ui,sans-serif" font-size="12"><title>\(escaped(title))</title>
    \(body)</svg>
    """
  }
}

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
      summary.windows.flatMap { [$0.band?.low, $0.band?.high, $0.indices?.headline].compactMap { $0 } })
  }

  /// 0 at the lower end to 1 at the upper.
  func share(_ value: Double) -> Double { (min(high, max(low, value)) - low) / (high - low) }

  var marks: [Double] { (0...10).map { Double($0) / 10 }.filter { $0 >= low - 1e-9 && $0 <= high + 1e-9 } }
}

/// A coordinate: one decimal is finer than any screen.
func number1(_ value: Double) -> String { fixed(value, decimals: 1) }
