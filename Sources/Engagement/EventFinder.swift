import Vocabulary

/// Finds stretches of the class curve that stand out, and confusion-like ones.
struct EventFinder {
  let settings: SummarySettings
  let windows: [ClassValue]
  let headline: Headline
  /// `people[row][window]` with the id of each row.
  let people: [[PersonWindow]]
  let ids: [Int]
  let cues: [Cue]
  /// From the first sample to the end of the last, in seconds: what lies outside was not recorded.
  let recorded: ClosedRange<Double>
  /// From one sample to the next, in seconds.
  let interval: Double

  /// In order of time; dips and peaks first where two start together.
  func events() -> [ClassEvent] {
    (dipsAndPeaks() + confusion()).sorted { ($0.start, $0.kind.rawValue) < ($1.start, $1.kind.rawValue) }
  }

  private var thresholds: EventThresholds { settings.events }

  private func dipsAndPeaks() -> [ClassEvent] {
    let values = windows.map(headline.of)
    guard let centre = median(values.compactMap { $0 }),
      let spread = robustDeviation(values.compactMap { $0 })
    else { return [] }
    let reach = max(thresholds.minimumEffect, thresholds.deviations * spread)
    return stretches(of: values) { $0 <= centre - reach }
      .compactMap { event(.dip, $0, values, centre) }
      + stretches(of: values) { $0 >= centre + reach }
      .compactMap { event(.peak, $0, values, centre) }
  }

  private func event(
    _ kind: ClassEvent.Kind, _ range: Range<Int>, _ values: [Double?], _ centre: Double
  ) -> ClassEvent? {
    guard let level = mean(values[range].compactMap { $0 }) else { return nil }
    let sign = kind == .dip ? -1.0 : 1.0
    let moves = people.indices.compactMap { row -> (id: Int, change: Double)? in
      change(row, in: range).map { (ids[row], $0) }
    }
    return make(
      kind, range, size: level - centre,
      carriedBy: moves.filter { $0.change * sign >= thresholds.minimumEffect }.map(\.id),
      visible: moves.count, driver: driver(of: range, sign: sign))
  }

  /// A participant's headline inside the stretch minus outside of it.
  private func change(_ row: Int, in range: Range<Int>) -> Double? {
    let values = people[row].map { headline.of($0, settings.weights) }
    guard let inside = mean(values[range].compactMap(\.self)),
      let usual = median(values.indices.filter { !range.contains($0) }.compactMap { values[$0] })
    else { return nil }
    return inside - usual
  }

  /// The part whose weighted change is largest in the event's direction.
  private func driver(of range: Range<Int>, sign: Double) -> ClassEvent.Driver? {
    func change(_ part: (ClassIndices) -> Double?) -> Double {
      let all = windows.compactMap { $0.indices.flatMap(part) }
      guard let centre = median(all),
        let inside = mean(windows[range].compactMap { $0.indices.flatMap(part) })
      else { return 0 }
      return (inside - centre) * sign
    }
    let weights = settings.weights
    let changes: [(ClassEvent.Driver, Double)] = [
      (.attention, weights.attention * change(\.attention)),
      (.expressivity, weights.expressivity * change(\.expressivity)),
      (.valence, weights.valence / 2 * change(\.valence)),
    ]
    return changes.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil }
  }

  /// Several people at once whose negative expressions rise well above their own usual level.
  private func confusion() -> [ClassEvent] {
    let confused = windows.indices.map { window -> (ids: [Int], visible: Int)? in
      guard windows[window].counted else { return nil }
      let rises = people.indices.compactMap { row in
        people[row][window].meanNegativeRise.map { (ids[row], $0) }
      }
      guard !settings.aggregateOnly || rises.count >= settings.smallestTold else { return nil }
      return (rises.filter { $0.1 >= thresholds.confusionEffect }.map(\.0), rises.count)
    }
    let shares = confused.map { one -> Double? in
      guard let one, one.visible > 0 else { return nil }
      return one.ids.count >= thresholds.confusedPeople ? Double(one.ids.count) / Double(one.visible) : 0
    }
    // A class that always looks so is not confused: the share must stand above its own median too.
    let usual = median(shares.compactMap { $0 }) ?? 0
    return stretches(of: shares) { $0 >= thresholds.confusedShare + usual }.compactMap { range in
      let who = Set(range.flatMap { confused[$0]?.ids ?? [] })
      let readable = people.count { person in
        range.contains { confused[$0] != nil && person[$0].meanNegativeRise != nil }
      }
      return make(
        .confusion, range, size: mean(shares[range].compactMap { $0 }) ?? 0,
        carriedBy: ids.filter(who.contains), visible: readable, driver: nil)
    }
  }

  /// Runs of windows that satisfy the condition, long enough, bridging a single window that does not.
  private func stretches(of values: [Double?], where holds: (Double) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for window in values.indices where values[window].map(holds) ?? false {
      if let last = runs.last, window - last.upperBound <= 1, isNear(window, to: last.upperBound - 1) {
        runs[runs.count - 1] = last.lowerBound..<window + 1
      } else {
        runs.append(window..<window + 1)
      }
    }
    return runs.filter(isLongEnough)
  }

  /// By its windows; where the recording begins or ends in one of them, as little may lack as a sample stands for.
  private func isLongEnough(_ run: Range<Int>) -> Bool {
    let whole =
      windows[run.upperBound - 1].time.seconds + settings.window - windows[run.lowerBound].time.seconds
    let lacking = min(interval, settings.window)
    return whole > thresholds.minimumDuration - 1e-6
      && end(of: run) - start(of: run) > thresholds.minimumDuration - lacking
  }

  /// Windows that were lost are not in the list: a run does not reach across them.
  private func isNear(_ window: Int, to last: Int) -> Bool {
    !windows[last + 1...window].contains(where: \.followsLoss)
  }

  private func start(of range: Range<Int>) -> Double {
    max(recorded.lowerBound, windows[range.lowerBound].time.seconds)
  }
  private func end(of range: Range<Int>) -> Double {
    min(recorded.upperBound, windows[range.upperBound - 1].time.seconds + settings.window)
  }

  private func make(
    _ kind: ClassEvent.Kind, _ range: Range<Int>, size: Double, carriedBy: [Int], visible: Int,
    driver: ClassEvent.Driver?
  ) -> ClassEvent {
    let (start, end) = (start(of: range), end(of: range))
    return ClassEvent(
      kind: kind, start: start, end: end, size: size, carriedBy: carriedBy, visible: visible,
      driver: driver, quotes: quotes(from: start, to: end))
  }

  /// Up to four sentences and four chat lines. Chat lags behind what it answers; what was said just before counts
  /// only where nothing was said as it began.
  private func quotes(from start: Double, to end: Double) -> [Cue] {
    let spoken = cues.filter { $0.source == .transcript && $0.start < end }
    var said = spoken.filter { $0.end > start }
    if said.first.map({ $0.start > start + 5 }) ?? true { said = spoken.filter { $0.end > start - 5 } }
    let written = cues.filter { $0.source == .chat && $0.start >= start && $0.start < end + 15 }
    return (said.prefix(4) + written.prefix(4)).sorted(by: Cue.inOrder)
  }
}
