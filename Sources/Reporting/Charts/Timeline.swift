import Engagement
import Vocabulary

/// The class curve with its band, events and stretches that are not counted.
struct Timeline {
  let summary: Summary

  private static let width = 1000.0

  /// For print, and for a page without scripts: in the page's own colours.
  func still() -> String {
    Chart(
      name: "timeline", title: Texts.timelineHeading, width: Self.width, height: 240,
      shapes: shapes(top: 22, bottom: 218)
    ).svg { $0.description }
  }

  /// With a heading and a key, for a file.
  var standalone: Chart {
    let measure = Texts.name(summary.headline)
    let key: [Chart.Shape] = [
      .text(Texts.timelineHeading, x: 44, y: 22, size: 16, .start, Palette.ink),
      .boxes([Box(x: 44, y: 32, width: 12, height: 12)], Palette.line, opacity: 1),
      .text("\(measure), 0 to 100", x: 62, y: 42, size: 12, .start, Palette.faint),
      .boxes([Box(x: 284, y: 32, width: 12, height: 12)], Palette.band, opacity: 1),
      .text(Texts.band, x: 302, y: 42, size: 12, .start, Palette.faint),
      .text(Texts.axisBegins(Scale(summary).low) ?? "", x: 450, y: 42, size: 12, .start, Palette.faint),
    ]
    return Chart(
      name: "timeline", title: Texts.timelineHeading, width: Self.width, height: 340,
      shapes: key + shapes(top: 72, bottom: 315))
  }

  private func shapes(top: Double, bottom: Double) -> [Chart.Shape] {
    let scale = Scale(summary)
    let axis = TimeAxis(summary, left: 44, right: Self.width - 8)
    func y(_ value: Double) -> Double { bottom - scale.share(value) * (bottom - top) }
    func middle(_ window: ClassValue) -> Double {
      axis.x(window.time.seconds + summary.settings.window / 2)
    }
    func box(_ start: Double, _ end: Double) -> Box {
      Box(x: axis.x(start), y: top, width: axis.x(end) - axis.x(start), height: bottom - top)
    }
    var shapes: [Chart.Shape] = [
      .boxes(summary.viewsLeftOut.map { box($0.start, $0.end) }, Palette.rule, opacity: 0.6)
    ]
    var free = axis.left
    for (number, event) in summary.events.enumerated() {
      let colour = Palette.colour(event.kind)
      shapes.append(.boxes([box(event.start, event.end)], colour, opacity: 0.18))
      let at = max(free, axis.x((event.start + event.end) / 2))
      free = at + 16
      shapes.append(.text("\(number + 1)", x: at, y: top - 8, size: 13, .middle, colour))
    }
    for mark in scale.marks {
      shapes.append(
        .line([Point(x: axis.left, y: y(mark)), Point(x: axis.right, y: y(mark))], Palette.rule, width: 1))
      shapes.append(
        .text(points(mark), x: axis.left - 6, y: y(mark) + 4, size: 12, .end, Palette.faint))
    }
    for run in runs({ $0.band != nil }) {
      shapes.append(
        .band(
          run.map {
            Chart.BandPoint(x: middle($0), low: y($0.band?.low ?? 0), high: y($0.band?.high ?? 0))
          }, Palette.band))
    }
    let headline = summary.headline
    for run in runs({ headline.of($0) != nil }) {
      shapes.append(
        .line(run.map { Point(x: middle($0), y: y(headline.of($0) ?? 0)) }, Palette.line, width: 2))
    }
    for level in Level.all(summary) {
      let dash = level.isDashed ? 8.0 : axis.right - axis.left
      shapes.append(
        .boxes(
          stride(from: axis.left, to: axis.right - 1, by: dash * 1.75).map {
            Box(x: $0, y: y(level.value) - 0.6, width: min(dash, axis.right - $0), height: 1.2)
          }, Palette.faint, opacity: 1))
      shapes.append(
        .text(
          level.name, x: axis.right - 4, y: y(level.value) + (level.isUpper ? -5 : 13), size: 12, .end,
          Palette.ink))
    }
    return shapes + axis.marks(y: bottom + 17)
  }

  /// Windows that follow each other in time and for which something holds.
  private func runs(_ holds: (ClassValue) -> Bool) -> [[ClassValue]] {
    summary.runs(of: summary.windows.indices.filter { holds(summary.windows[$0]) }).map {
      Array(summary.windows[$0])
    }
  }
}

extension Summary {
  /// Those of some windows that follow each other, without a loss between: windows that were lost are not in the list.
  func runs(of places: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for place in places {
      if let last = runs.last, last.upperBound == place, !windows[place].followsLoss {
        runs[runs.count - 1] = last.lowerBound..<place + 1
      } else {
        runs.append(place..<place + 1)
      }
    }
    return runs
  }

  /// Where the next window begins, so that nothing is empty between samples that are further apart than a window; its own
  /// end before a loss and of the last.
  func end(ofWindow place: Int) -> Double {
    let own = windows[place].time.seconds + settings.window
    guard windows.indices.contains(place + 1), !windows[place + 1].followsLoss else { return own }
    return windows[place + 1].time.seconds
  }
}
