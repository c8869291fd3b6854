import Engagement

/// The class curve in numbers and a word for its shape.
struct CurveShape {
  let median: Double?
  let quarter: Double?
  let threeQuarters: Double?
  /// "Steady at 66".
  let answer: String
  /// Completes "Displayed engagement of 12 participants …".
  let sentence: String

  init(_ summary: Summary) {
    let values = summary.curve.compactMap(\.self)
    median = quantile(values, 0.5)
    quarter = quantile(values, 0.25)
    threeQuarters = quantile(values, 0.75)
    let effect = summary.settings.events.minimumEffect
    let lasting = CurveShape.values(of: summary, besideEventsWithinEnds: true)
    let (begin, end) = ends(lasting)
    let change = lasting.count >= 6 ? (end ?? 0) - (begin ?? 0) : 0
    let (sourBegin, sourEnd) = ends(summary.windows.compactMap { $0.indices?.valence })
    let soured = values.count >= 6 && (sourEnd ?? 0) - (sourBegin ?? 0) <= -effect
    let usual = CurveShape.values(of: summary, besideEventsWithinEnds: false)
    let spread = (quantile(usual, 0.75) ?? 0) - (quantile(usual, 0.25) ?? 0)
    if change >= effect {
      answer = "Rose from \(points(begin)) to \(points(end))"
      // Any expression counts, a troubled one too.
      sentence = "rose towards the end" + (soured ? " while displayed expressions became less positive" : "")
    } else if change <= -effect {
      answer = "Fell from \(points(begin)) to \(points(end))"
      sentence = "fell towards the end"
    } else if spread >= 2 * effect {
      answer = "Up and down, \(points(quarter)) to \(points(threeQuarters))"
      sentence = "went up and down"
    } else if let aside = CurveShape.aside(summary) {
      answer = "Around \(points(median)), \(aside)"
      sentence = "held around \(points(median)) of 100"
    } else {
      answer = "Steady at \(points(median))"
      sentence = "held steady around \(points(median)) of 100"
    }
  }

  /// The curve without its dips and peaks: a single drop makes a steady class neither an unsteady nor a falling one.
  ///
  /// - Parameter besideEventsWithinEnds: keeps those that hold the first or the last value: what does not recover has
  ///   fallen.
  private static func values(of summary: Summary, besideEventsWithinEnds: Bool) -> [Double] {
    let known = zip(summary.windows, summary.curve).compactMap { window, value in value.map { (window, $0) } }
    let ends = [known.first, known.last].compactMap { $0?.0 }
    let events = summary.events.filter { event in
      event.kind != .confusion
        && !(besideEventsWithinEnds && ends.contains { summary.isIn($0, event) })
    }
    return known.filter { window, _ in !events.contains { summary.isIn(window, $0) } }.map(\.1)
  }

  /// "one drop to 51"; rises only where nothing dropped.
  private static func aside(_ summary: Summary) -> String? {
    func values(_ events: [ClassEvent]) -> [Double] {
      zip(summary.windows, summary.curve).compactMap { window, value in
        events.contains { summary.isIn(window, $0) } ? value : nil
      }
    }
    let dips = summary.events.filter { $0.kind == .dip }
    let peaks = summary.events.filter { $0.kind == .peak }
    if let least = values(dips).min() {
      return dips.count == 1 ? "one drop to \(points(least))" : "\(dips.count) drops, lowest \(points(least))"
    }
    return values(peaks).max().map {
      peaks.count == 1 ? "one rise to \(points($0))" : "\(peaks.count) rises, highest \(points($0))"
    }
  }
}

extension Summary {
  fileprivate func isIn(_ window: ClassValue, _ event: ClassEvent) -> Bool {
    event.start < window.time.seconds + settings.window && window.time.seconds < event.end
  }
}

/// Linear between the two nearest in order (Hyndman and Fan 1996, type 7), so that a half is the median that events are
/// measured from; `nil` for no values.
func quantile(_ values: [Double], _ share: Double) -> Double? {
  let sorted = values.sorted()
  guard let last = sorted.last else { return nil }
  let place = share * Double(sorted.count - 1)
  let below = Int(place)
  guard below + 1 < sorted.count else { return last }
  return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}

/// The medians of the first and of the last third.
private func ends(_ values: [Double]) -> (begin: Double?, end: Double?) {
  let third = max(1, values.count / 3)
  return (quantile(Array(values.prefix(third)), 0.5), quantile(Array(values.suffix(third)), 0.5))
}
