import Engagement
import Vocabulary

/// What the first screen says in plain words.
struct Verdict {
  let lead: String
  let went: Card
  let lost: Card
  let trust: Card

  /// A short answer and what it rests on.
  struct Card {
    let answer: String
    let detail: String
    /// Where the answer leads to, in seconds.
    var time: Double?
  }

  init(_ summary: Summary) {
    let shape = CurveShape(summary)
    let grade = Trust(summary)
    let measure = Texts.headline(shape.observableOnly)
    trust = Card(answer: grade.grade.rawValue, detail: grade.sentence)
    guard let level = shape.median else {
      lead = "\(Texts.span(summary.coverage.seconds)) of recording were looked at. \(Texts.nobody)"
      went = Card(answer: "–", detail: Texts.nobody)
      lost = Card(answer: "–", detail: Texts.noEvents(summary.settings.events))
      return
    }
    lead =
      "\(measure.capitalizedFirst) of \(Texts.people(summary.coverage)) \(shape.sentence)"
      + "\(Verdict.lostClause(summary)). \(grade.clause)"
    went = Card(
      answer: shape.answer,
      detail:
        "Median \(measure) of the class: \(points(level)) of 100; half of the time between \(points(shape.quarter)) and \(points(shape.threeQuarters)). \(grade.isLevelComparable ? Texts.comparable : Texts.noGrade)"
    )
    lost = Verdict.lostCard(summary)
  }

  private static func lostClause(_ summary: Summary) -> String {
    guard let worst = worst(summary) else {
      return isShort(summary) ? "" : ", without a dip that stands out"
    }
    let count = stretches(summary)
    let times = count == 1 ? "once" : count == 2 ? "twice" : "\(count) times"
    let most = count > 1 ? "most of all " : ""
    return
      " and was lost \(times), \(most)at \(clock(worst.start)) for \(Texts.span(worst.end - worst.start))"
  }

  private static func lostCard(_ summary: Summary) -> Card {
    guard let worst = worst(summary) else { return noDipCard(summary) }
    let others = stretches(summary) - 1
    let size =
      worst.kind == .dip
      ? "\(points(-worst.size)) points below the lecture's median"
      : "\(percent(worst.size)) of the visible people displayed troubled expressions at once"
    let carrying = summary.settings.aggregateOnly ? "" : "\(worst.carriedBy.count) of "
    let who = "\(carrying)\(Texts.count(worst.visible, "person", "people"))"
    return Card(
      answer: "\(clock(worst.start))–\(clock(worst.end))",
      detail: "\(size), \(who)\(said(worst.quotes))."
        + (others > 0 ? " \(Texts.count(others, "more stretch", "more stretches")) below." : ""),
      time: worst.start)
  }

  /// How often the class was lost: a dip and a confusion-like stretch at one time are one.
  private static func stretches(_ summary: Summary) -> Int {
    var (count, end) = (0, -Double.infinity)
    for event in summary.events.filter({ $0.kind != .peak }).sorted(by: { $0.start < $1.start }) {
      if event.start >= end { count += 1 }
      end = max(end, event.end)
    }
    return count
  }

  /// Where nothing stood out: the lowest window and its words, which a teacher would look at first.
  private static func noDipCard(_ summary: Summary) -> Card {
    let none = Texts.noEvents(summary.settings.events)
    let values = summary.windows.compactMap { window in window.indices?.headline.map { (window, $0) } }
    guard let (lowest, value) = values.min(by: { $0.1 < $1.1 }) else {
      return Card(answer: "–", detail: none)
    }
    let start = lowest.time.seconds
    let words = summary.cues.filter { $0.start < start + summary.settings.window && $0.end >= start }
    return Card(
      answer: isShort(summary) ? Texts.tooShort : "No dip; lowest at \(clock(start))",
      detail:
        "\(none) Lowest at \(clock(start)): \(points(value)) of 100\(said(words)).\(busiest(summary, besides: words))",
      time: start)
  }

  /// Where the chat was busiest: people often write there what no face displays.
  private static func busiest(_ summary: Summary, besides quoted: [Cue]) -> String {
    let length = summary.settings.window
    let chat = summary.cues.filter { $0.source == .chat }.sorted { $0.start < $1.start }
    var busiest: (first: Cue, count: Int)?
    var end = 0
    for (index, first) in chat.enumerated() {
      while end < chat.count, chat[end].start < first.start + length { end += 1 }
      if end - index > busiest?.count ?? 1 { busiest = (first, end - index) }
    }
    guard let first = busiest?.first, !quoted.contains(first) else { return "" }
    return " The chat was busiest at \(clock(first.start)): \(quotation(first.text))."
  }

  /// Too few stretches that an event could fill to call any of them unusual.
  private static func isShort(_ summary: Summary) -> Bool {
    summary.coverage.seconds < 4 * summary.settings.events.minimumDuration
  }

  /// What was said when it began, and what the chat wrote meanwhile: the latter often names the reason.
  private static func said(_ quotes: [Cue]) -> String {
    let parts = [(Cue.Source.transcript, "said"), (.chat, "written")].compactMap { source, verb in
      quotes.first { $0.source == source }.map { quote in
        "\(quotation(quote.text)) was \(verb)"
      }
    }
    return parts.isEmpty ? "" : ", while " + parts.joined(separator: " and ")
  }

  private static func quotation(_ text: String) -> String {
    "“\(text.count > 90 ? text.prefix(87) + "…" : text[...])”"
  }

  /// The deepest dip; a confusion-like stretch where there is no dip.
  private static func worst(_ summary: Summary) -> ClassEvent? {
    summary.events.filter { $0.kind == .dip }.min { $0.size < $1.size }
      ?? summary.events.filter { $0.kind == .confusion }.max { $0.size < $1.size }
  }
}

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
    let sorted = values.sorted()
    func quantile(_ share: Double) -> Double? {
      sorted.isEmpty ? nil : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
    median = quantile(0.5)
    quarter = quantile(0.25)
    threeQuarters = quantile(0.75)
    let effect = summary.settings.events.minimumEffect
    let third = max(1, values.count / 3)
    func middle(_ part: ArraySlice<Double>) -> Double? {
      let sorted = part.sorted()
      return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
    let (begin, end) = (middle(values.prefix(third)), middle(values.suffix(third)))
    let change = values.count >= 6 ? (end ?? 0) - (begin ?? 0) : 0
    let spread = (threeQuarters ?? 0) - (quarter ?? 0)
    let valences = summary.windows.compactMap { $0.indices?.valence }
    let soured =
      values.count >= 6
      && (middle(valences.suffix(third)) ?? 0) - (middle(valences.prefix(third)) ?? 0) <= -effect
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
    } else {
      answer = "Steady at \(points(median))"
      sentence = "held steady"
    }
  }
}

/// How far the figures can be trusted, and why.
struct Trust {
  enum Grade: String {
    case good = "Largely"
    case fair = "With care"
    case low = "Hardly"
  }

  let grade: Grade
  /// Whether the level means the same as in other lectures: everybody's usual face was known.
  let isLevelComparable: Bool
  /// Ends the page's first sentence.
  let clause: String
  let sentence: String

  init(_ summary: Summary) {
    let coverage = summary.coverage
    let found = coverage.faceFound ?? 0
    let enough = coverage.enoughPeople ?? 0
    let unclear = coverage.uncertain ?? 0
    let people = summary.coverage.participantsSeen
    let settings = summary.settings
    let isShort = coverage.seconds < 4 * settings.events.minimumDuration
    let hasExpressions = summary.windows.contains { $0.shares != nil }
    isLevelComparable =
      !hasExpressions || settings.baseline != .own || Double(coverage.baselines) >= 0.8 * Double(people)
    grade =
      people < 3 || found < 0.5 || enough < 0.5 || unclear > 0.6
      ? .low
      : people < 6 || found < 0.8 || enough < 0.8 || unclear > 0.35 || isShort || !isLevelComparable
        ? .fair : .good
    clause =
      switch grade {
      case .good: "Faces were seen well: trust the trend, not single moments."
      case .fair: "Read the figures with care."
      case .low: "The figures rest on too little to say more."
      }
    var reasons: [String] = []
    if people < 6 { reasons.append("only \(Texts.count(people, "person", "people")) showed a face") }
    if coverage.excludedSeconds > 0 {
      reasons.append("\(Texts.span(coverage.excludedSeconds)) showed a speaker or a screen and are left out")
    }
    if coverage.missingSamples > 0 { reasons.append("\(coverage.missingSamples) samples could not be read") }
    if enough < 0.8 { reasons.append("enough people were visible only \(percent(enough)) of the time") }
    if isShort { reasons.append("only \(Texts.span(coverage.seconds)) were looked at") }
    if !isLevelComparable {
      reasons.append(
        "the usual face of only \(coverage.baselines) of \(Texts.count(people, "person", "people")) is known, so the level cannot be compared with other lectures'"
      )
    }
    let text = reasons.joined(separator: "; ")
    sentence =
      (text.isEmpty ? "" : text.capitalizedFirst + ". ") + (hasExpressions ? Texts.misread : "")
  }
}

/// What became of the time that people were on screen, as shares that sum to one.
struct CoverageBar {
  let parts: [(share: Double, name: String, paint: Paint)]

  init(_ coverage: Coverage) {
    let on = coverage.cameraOn ?? 0
    let seen = on * (coverage.faceFound ?? 0)
    let uncertain = seen * (coverage.uncertain ?? 0)
    parts = [
      (seen - uncertain, Texts.readClearly, Palette.face), (uncertain, Texts.uncertain, Palette.unclear),
      (on - seen, Texts.noFace, Palette.noFace), (1 - on, Texts.cameraOff, Palette.cameraOff),
    ].filter { $0.share >= 0.0005 }
  }

  func html() -> String {
    var left = 0.0
    let boxes = parts.map { part in
      defer { left += part.share * 100 }
      return
        "<rect x=\"\(number1(left))\" width=\"\(number1(part.share * 100))\" height=\"6\" fill=\"\(part.paint)\"/>"
    }
    let key = parts.map {
      "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect width=\"10\" height=\"10\" fill=\"\($0.paint)\"/></svg>\(percent($0.share)) \(escaped($0.name))</li>"
    }
    return """
      <svg class="coverage" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">\(boxes.joined())</svg>\
      <ul class="key">\(key.joined())</ul><p>\(escaped(Texts.ofTheTime))</p>
      """
  }
}
