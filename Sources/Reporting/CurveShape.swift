import Engagement

/// The class curve in numbers and a word for its shape.
struct CurveShape {
  let observableOnly: Bool
  let median: Double?
  let quarter: Double?
  let threeQuarters: Double?
  /// "Steady at 66".
  let answer: String
  /// Completes "Displayed engagement of 12 participants …".
  let sentence: String

  init(_ summary: Summary) {
    let values = summary.windows.compactMap { $0.indices?.headline }
    observableOnly = !summary.windows.contains { $0.indices?.engagement != nil }
    median = quantile(values, 0.5)
    quarter = quantile(values, 0.25)
    threeQuarters = quantile(values, 0.75)
    let effect = summary.settings.events.minimumEffect
    let (begin, end) = ends(values)
    let change = values.count >= 6 ? (end ?? 0) - (begin ?? 0) : 0
    let (sourBegin, sourEnd) = ends(summary.windows.compactMap { $0.indices?.valence })
    let soured = values.count >= 6 && (sourEnd ?? 0) - (sourBegin ?? 0) <= -effect
    // A single drop must not make a steady class an unsteady one.
    let usual = summary.windows.filter { window in
      !summary.events.contains { $0.kind != .confusion && $0.holds(window) }
    }.compactMap { $0.indices?.headline }
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

  /// "one drop to 51"; rises only where nothing dropped.
  private static func aside(_ summary: Summary) -> String? {
    func values(_ events: [ClassEvent]) -> [Double] {
      summary.windows.filter { window in events.contains { $0.holds(window) } }
        .compactMap { $0.indices?.headline }
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

extension ClassEvent {
  fileprivate func holds(_ window: ClassValue) -> Bool {
    start <= window.time.seconds && window.time.seconds < end
  }
}

private func quantile(_ values: [Double], _ share: Double) -> Double? {
  let sorted = values.sorted()
  return sorted.isEmpty ? nil : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

/// The medians of the first and of the last third.
private func ends(_ values: [Double]) -> (begin: Double?, end: Double?) {
  let third = max(1, values.count / 3)
  return (quantile(Array(values.prefix(third)), 0.5), quantile(Array(values.suffix(third)), 0.5))
}
