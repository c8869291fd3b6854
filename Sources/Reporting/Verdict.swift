import Engagement
import Vocabulary

/// What the first screen says in plain words.
struct Verdict {
  let lead: String
  let went: Card
  let dropped: Card
  let trust: Card

  /// A short answer and what it rests on.
  struct Card {
    let answer: String
    let paragraphs: [String]
    /// Where the answer leads to, in seconds.
    var time: Double?

    init(_ answer: String, _ paragraphs: [String?], time: Double? = nil) {
      self.answer = answer
      self.paragraphs = paragraphs.compactMap { $0 }.filter { !$0.isEmpty }
      self.time = time
    }
  }

  /// - Parameter accuracy: how often the network that read the expressions is right.
  init(_ summary: Summary, accuracy: Double? = nil) {
    let shape = CurveShape(summary)
    let grade = Trust(summary, accuracy: accuracy)
    trust = Card(grade.grade.rawValue, grade.paragraphs)
    guard let level = shape.median else {
      let looked = summary.coverage.seconds - summary.coverage.missingSeconds
      lead = "\(Texts.span(looked)) of recording were looked at. \(Texts.nobody)"
      went = Card("–", [Texts.nobody])
      dropped = Card("–", [Texts.noEvents(summary.settings.events)])
      return
    }
    let measure = Texts.name(summary.headline)
    let notes = [Texts.anchor(summary.anchor), Verdict.negative(summary)]
    if summary.isShort {
      lead =
        "\(Texts.span(summary.coverage.countedSeconds)) are too short to tell how the class went. \(grade.clause)"
      went = Card(Texts.tooShort, [Texts.short(measure, level)] + notes)
      dropped = Card("–", [Texts.shortForDrops(summary.settings.events)])
      return
    }
    let drop = Drop(summary)
    lead =
      "\(measure.capitalizedFirst) of \(Texts.people(summary.coverage)) \(shape.sentence)\(drop.clause). \(grade.clause)"
    went = Card(
      shape.answer,
      [
        "Median \(measure) of the class: \(points(level)) of 100; half of the time between \(points(shape.quarter)) and \(points(shape.threeQuarters))."
      ] + notes + [Texts.comparing(summary, isLevelComparable: grade.isLevelComparable)])
    dropped = drop.card
  }

  /// Any expression raises the figure, so a class that looks troubled must not pass for one that looks well.
  private static func negative(_ summary: Summary) -> String? {
    let valence = quantile(summary.windows.compactMap { $0.indices?.valence }, 0.5)
    return valence.flatMap { $0 <= -0.1 ? Texts.negative($0) : nil }
  }
}

extension Summary {
  /// What an expressionless face turned to the camera scores; `nil` where no expression is read.
  var anchor: Double? {
    guard headline == .engagement else { return nil }
    return engagement(attention: 1, expressivity: 0, valence: 0, weights: settings.weights)
  }

  /// Too few stretches that an event could fill to call any of them unusual, or the class steady.
  var isShort: Bool { isBrief && events.isEmpty }

  /// Whether the class was looked at for less time than four events take.
  var isBrief: Bool { coverage.countedSeconds < 4 * settings.events.minimumDuration }

  /// Whether any expression could be read.
  var hasExpressions: Bool { windows.contains { $0.shares != nil } }

  /// Where the view showed one speaker, a shared screen or no grid.
  var viewsLeftOut: [ViewStretch] { views.filter { !$0.view.isCounted } }
}

/// Where the class curve dropped, in the lead and on a card.
struct Drop {
  let summary: Summary

  init(_ summary: Summary) { self.summary = summary }

  /// Ends the lead's first sentence.
  var clause: String {
    let dips = summary.events.filter { $0.kind == .dip }
    guard let worst else { return Texts.withoutDip }
    guard worst.kind == .dip else {
      return
        "\(Texts.withoutDip); \(percent(worst.size)) of the visible people displayed troubled expressions at once, \(span(worst))"
    }
    let times = dips.count == 1 ? "once" : dips.count == 2 ? "twice" : "\(dips.count) times"
    return " and dropped \(times), \(dips.count > 1 ? "deepest " : "")\(span(worst))\(Texts.because(worst))"
  }

  var card: Verdict.Card {
    guard let worst else { return noDip }
    let others = stretches - 1
    let size =
      worst.kind == .dip
      ? "\(points(-worst.size)) points below the lecture's median\(Texts.because(worst))"
      : "\(percent(worst.size)) of the visible people displayed troubled expressions at once"
    let who =
      summary.settings.aggregateOnly
      ? "Among \(Texts.count(worst.visible, "visible person", "visible people"))"
      : "\(worst.carriedBy.count) of \(Texts.count(worst.visible, "visible person", "visible people")) took part"
    return Verdict.Card(
      span(worst),
      [
        "\(size). \(who).", said(worst.quotes),
        others > 0 ? "\(Texts.count(others, "more stretch", "more stretches")) below." : nil,
      ], time: worst.start)
  }

  /// Where nothing stood out: the lowest window, unless that is noise, and where several people wrote at once:
  /// they often write what no face displays.
  private var noDip: Verdict.Card {
    let lowest = lowest
    let quoted = lowest.map { lowest in
      let start = lowest.time.seconds
      return summary.cues.filter { $0.start < start + summary.settings.window && $0.end >= start }
    }
    let chat = busiestChat
    let answer =
      if let lowest {
        "No dip; lowest at \(clock(lowest.time.seconds))"
      } else if let chat {
        "No dip; \(chat.people) people wrote in the chat at \(clock(chat.first.start))"
      } else {
        "No dip"
      }
    return Verdict.Card(
      answer,
      [
        Texts.noEvents(summary.settings.events),
        lowest.map {
          "At \(clock($0.time.seconds)) it was lowest: \(points(summary.headline.of($0))) of 100 (band \(points($0.band?.low)) to \(points($0.band?.high)))."
        }, quoted.map(said),
        chat.map {
          "\($0.people) people wrote in the chat within \(Texts.span(summary.settings.events.minimumDuration)) from \(clock($0.first.start)): \(quotation($0.first.text))."
        },
      ], time: lowest?.time.seconds ?? chat?.first.start)
  }

  /// The lowest window, where even its band lies below the median.
  private var lowest: ClassValue? {
    guard let median = CurveShape(summary).median else { return nil }
    let values = zip(summary.windows, summary.curve).compactMap { window, value in value.map { (window, $0) }
    }
    let lowest = values.min { $0.1 < $1.1 }?.0
    return lowest.flatMap { ($0.band?.high).map { $0 < median } ?? false ? $0 : nil }
  }

  /// When most people, three at least, wrote within the time that an event takes.
  private var busiestChat: (first: Cue, people: Int)? {
    let last = (summary.windows.last?.time.seconds ?? 0) + summary.settings.window
    let chat = summary.cues.filter { $0.source == .chat && $0.start < last }.sorted { $0.start < $1.start }
    // Where nobody is named each line counts.
    let names = chat.enumerated().map { $1.speaker.isEmpty ? "\($0)" : $1.speaker }
    var writers: [String: Int] = [:]
    var busiest: (first: Cue, people: Int)?
    var end = 0
    for (index, first) in chat.enumerated() {
      while end < chat.count, chat[end].start < first.start + summary.settings.events.minimumDuration {
        writers[names[end], default: 0] += 1
        end += 1
      }
      if writers.count > busiest?.people ?? 2 { busiest = (first, writers.count) }
      let left = writers[names[index], default: 1] - 1
      writers[names[index]] = left > 0 ? left : nil
    }
    return busiest
  }

  /// How many stretches there are: a dip and a confusion-like stretch at one time are one.
  private var stretches: Int {
    var (count, end) = (0, -Double.infinity)
    for event in summary.events.filter({ $0.kind != .peak }).sorted(by: { $0.start < $1.start }) {
      if event.start >= end { count += 1 }
      end = max(end, event.end)
    }
    return count
  }

  /// The deepest dip; a confusion-like stretch where there is no dip.
  private var worst: ClassEvent? {
    summary.events.filter { $0.kind == .dip }.min { $0.size < $1.size }
      ?? summary.events.filter { $0.kind == .confusion }.max { $0.size < $1.size }
  }

  private func span(_ event: ClassEvent) -> String { "\(clock(event.start))–\(clock(event.end))" }

  /// What was said when it began, and what the chat wrote meanwhile: the latter often names the reason.
  private func said(_ quotes: [Cue]) -> String {
    let parts = [(Cue.Source.transcript, "was said"), (.chat, "was written in the chat")].compactMap {
      source, verb in
      quotes.first { $0.source == source }.map { "\(quotation($0.text)) \(verb)" }
    }
    return parts.isEmpty ? "" : "Meanwhile \(parts.joined(separator: " and "))."
  }

  private func quotation(_ text: String) -> String {
    "“\(text.count > 90 ? text.prefix(87) + "…" : text[...])”"
  }
}
