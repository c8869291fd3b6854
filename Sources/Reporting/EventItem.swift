import Engagement

/// One event in the list: what, when, how much, who carried it, and the words said then.
struct EventItem {
  let number: Int
  let event: ClassEvent
  let summary: Summary

  func html() -> String {
    let quotes = event.quotes.map { cue in
      "<li><time>\(clock(cue.start))</time> <q>\(escaped(cue.text))</q>"
        + (cue.speaker.isEmpty ? "" : " <cite>\(escaped(cue.speaker))</cite>")
        + (cue.source == .chat ? " <small>\(Texts.chat)</small>" : "") + "</li>"
    }
    return """
      <li class="event \(event.kind.rawValue)"><button type="button" data-time="\(fixed(event.start, decimals: 1))">\
      <span class="number">\(number)</span> <strong>\(Texts.name(event.kind))</strong> \
      \(clock(event.start))–\(clock(event.end))</button><p>\(escaped(measure)). \(escaped(people)).</p>\
      \(quotes.isEmpty ? "" : "<ul class=\"quotes\">\(quotes.joined())</ul>")</li>
      """
  }

  private var measure: String {
    switch event.kind {
    case .dip: "\(size) below the median" + Texts.because(event)
    case .peak: "\(size) above the median" + Texts.because(event)
    case .confusion: "\(percent(event.size)) of the visible people at once"
    }
  }

  private var size: String {
    Texts.count(Int((abs(event.size) * 100).rounded()), "point", "points")
  }

  private var people: String {
    if summary.settings.aggregateOnly { return "Among \(event.visible) visible people" }
    let names = event.carriedBy.compactMap { id in summary.participants.first { $0.id == id }?.name }
    let listed = names.count <= 4 && !names.isEmpty ? ": \(names.joined(separator: ", "))" : ""
    return "\(event.carriedBy.count) of \(event.visible) visible people took part\(listed)"
  }
}
