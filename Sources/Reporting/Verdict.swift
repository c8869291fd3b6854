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
  }

  init(_ summary: Summary) {
    let course = CurveShape(summary)
    let trust = Trust(summary)
    let measure = Texts.headline(course.observableOnly)
    let people = summary.participants.count
    let length = Texts.span(summary.coverage.seconds)
    guard let level = course.median else {
      lead = "\(length) of recording were looked at. \(Texts.nobody)"
      went = Card(answer: "–", detail: Texts.nobody)
      lost = Card(answer: "–", detail: Texts.noEvents)
      self.trust = Card(answer: trust.grade.rawValue, detail: trust.sentence)
      return
    }
    let subject = Texts.count(people, "participant", "participants")
    lead = "\(subject) over \(length): \(measure) \(course.shape). " + Verdict.lostSentence(summary, measure)
    went = Card(
      answer: "\(points(level)) of 100",
      detail:
        "Median \(measure) of the class; half of the time between \(points(course.quarter)) and \(points(course.threeQuarters)). It \(course.shape)."
    )
    lost = Verdict.lostCard(summary)
    self.trust = Card(answer: trust.grade.rawValue, detail: trust.sentence)
  }

  private static func lostSentence(_ summary: Summary, _ measure: String) -> String {
    guard let worst = worst(summary) else {
      return Texts.noEvents
    }
    let who = "\(worst.carriedBy.count) of \(worst.visible) people"
    let start = worst.kind == .dip ? "It was lowest" : "Confusion-like expressions were strongest"
    return "\(start) from \(clock(worst.start)) to \(clock(worst.end)) (\(who))"
      + said(worst, before: ", while ") + "."
  }

  private static func lostCard(_ summary: Summary) -> Card {
    guard let worst = worst(summary) else {
      return Card(answer: "Nowhere in particular", detail: Texts.noEvents)
    }
    let dips = summary.events.count { $0.kind != .peak }
    let size =
      worst.kind == .dip
      ? "\(points(-worst.size)) points below the usual level"
      : "\(percent(worst.size)) of the visible people at once"
    return Card(
      answer: "\(clock(worst.start))–\(clock(worst.end))",
      detail: size + said(worst, before: "; ")
        + (dips > 1 ? ". \(dips - 1) more below." : "."))
  }

  private static func said(_ event: ClassEvent, before: String) -> String {
    guard let quote = event.quotes.first(where: { $0.source == .transcript }) ?? event.quotes.first else {
      return ""
    }
    let text = quote.text.count > 120 ? quote.text.prefix(117) + "…" : quote.text[...]
    return "\(before)“\(text)” was \(quote.source == .transcript ? "said" : "written")"
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
  let shape: String

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
    func middle(_ part: ArraySlice<Double>) -> Double {
      let sorted = part.sorted()
      return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
    let change = middle(values.suffix(third)) - middle(values.prefix(third))
    let spread = (threeQuarters ?? 0) - (quarter ?? 0)
    shape =
      values.count >= 6 && change >= effect
      ? "rose towards the end"
      : values.count >= 6 && change <= -effect
        ? "fell towards the end" : spread >= 2 * effect ? "went up and down" : "held steady"
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
  let sentence: String

  init(_ summary: Summary) {
    let coverage = summary.coverage
    let found = coverage.faceFound ?? 0
    let enough = coverage.enoughPeople ?? 0
    let unclear = coverage.uncertain ?? 0
    let people = summary.participants.count { $0.faceSeconds > 0 }
    grade =
      people < 3 || found < 0.5 || enough < 0.5 || unclear > 0.6
      ? .low : people < 6 || found < 0.8 || enough < 0.8 || unclear > 0.35 ? .fair : .good
    var reasons = [
      "a face was found \(percent(coverage.faceFound)) of the time that cameras were on",
      "cameras were on \(percent(coverage.cameraOn)) of the time",
    ]
    if coverage.uncertain != nil { reasons.append("\(percent(coverage.uncertain)) of faces were uncertain") }
    if coverage.excludedSeconds > 0 {
      reasons.append("\(Texts.span(coverage.excludedSeconds)) showed a speaker or a screen and are left out")
    }
    if coverage.missingSamples > 0 { reasons.append("\(coverage.missingSamples) samples could not be read") }
    let first = reasons[0].prefix(1).uppercased() + reasons[0].dropFirst()
    sentence = ([first] + reasons.dropFirst()).joined(separator: "; ") + "."
  }
}
