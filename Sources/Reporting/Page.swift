import Digests
import Engagement
import Vocabulary

/// `report.html`: one file that opens from disk, asks for nothing, and runs no script but its own.
struct Page {
  let summary: Summary
  let run: RunDescription
  /// Script and style of the library for time series; `nil` where it is not installed.
  let library: ChartLibrary?

  func html() -> String {
    let style = (library?.style ?? "") + String(decoding: PackageResources.report_css, as: UTF8.self)
    let scripts =
      (library.map { [$0.script] } ?? []) + [String(decoding: PackageResources.report_js, as: UTF8.self)]
    return """
      <!DOCTYPE html>
      <html lang="\(Texts.language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy(scripts: scripts, style: style))">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="robots" content="noindex">
      <title>\(escaped(title))</title>
      <style>\(style)</style>
      </head>
      <body>
      <a class="skip" href="#timeline">\(Texts.skip)</a>
      \(header)
      <main>
      \(body)
      </main>
      <div id="readout"></div>
      <div id="spoken" class="unseen" role="status" aria-live="polite"></div>
      <script type="application/json" id="model">\(PageModel(summary: summary, leadIn: run.leadIn).json())</script>
      \(scripts.map { "<script>\($0)</script>" }.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private var title: String { run.title ?? run.recording }

  /// Nothing is fetched; the user's own video comes from a `blob:` that the page makes itself.
  private func policy(scripts: [String], style: String) -> String {
    func hash(_ text: String) -> String { "'\(ContentDigest.policySource(of: text))'" }
    return "default-src 'none'; script-src \(scripts.map(hash).joined(separator: " ")); "
      + "style-src \(hash(style)); media-src blob:; img-src data:; base-uri 'none'; form-action 'none'"
  }

  private var header: String {
    let verdict = Verdict(summary, accuracy: run.accuracy)
    let coverage = summary.coverage
    let facts = [
      run.started.map { String($0.prefix(16)).replacing("T", with: " ") } ?? "", clock(coverage.seconds),
      Texts.count(coverage.participants, "participant", "participants"),
      "a look every \(short(coverage.interval)) s",
      title == run.recording ? "" : run.recording,
    ].filter { !$0.isEmpty }
    let cards = [
      (Texts.wentHeading, verdict.went, "went"), (Texts.droppedHeading, verdict.dropped, "dropped"),
      (Texts.trustHeading, verdict.trust, "trust"),
    ].map { heading, card, name in
      """
      <section class="card \(name)"><h2>\(escaped(heading))</h2><p class="answer">\(answer(card))</p>\
      \(name == "trust" ? CoverageBar(coverage).html() : "")\
      \(card.paragraphs.map { "<p>\(escaped($0))</p>" }.joined())</section>
      """
    }
    return """
      <header>
      <p class="facts">\(facts.map(escaped).joined(separator: " · "))</p>
      <h1>\(escaped(title))</h1>
      <p class="lead">\(escaped(verdict.lead))</p>
      <div class="cards">\(cards.joined(separator: "\n"))</div>
      <p class="responsible">\(responsible.map(escaped).joined(separator: " "))</p>
      </header>
      """
  }

  private var responsible: [String] {
    let isGallery = summary.views.contains { $0.view == .gallery }
    let setting = run.settings.first { $0.key == "setting" }.flatMap { Texts.setting($0.value) }
    return [Texts.responsible, isGallery ? Texts.lecturer : nil, setting].compactMap { $0 }
  }

  private func answer(_ card: Verdict.Card) -> String {
    guard let time = card.time else { return escaped(card.answer) }
    return
      "<button type=\"button\" data-time=\"\(fixed(time, decimals: 1))\">\(escaped(card.answer))</button>"
  }

  private var body: String {
    let strips = StripChart(summary: summary)
    var sections = [
      figure(
        "timeline", Texts.timelineHeading,
        live: "<div class=\"series\" id=\"timeline-chart\"></div>"
          + "<div class=\"lane\(hasWords ? "" : " bare")\" id=\"lane\"></div>",
        still: Timeline(summary: summary).still(),
        caption: timelineCaption),
      video, events,
    ]
    if summary.hasExpressions {
      sections.append(
        rows(
          "shares", Texts.sharesHeading, strips.svg(strips.shares, title: Texts.sharesHeading, rows: 1),
          Texts.sharesCaption, fills(Palette.expressionKey),
          names: ["100 %", "50 %", "0 %"]))
    }
    if !summary.participants.isEmpty {
      let names = summary.participants.map(\.name)
      let heat = Texts.heatHeading(summary.headline)
      sections.append(
        rows(
          "heat", heat, strips.svg(strips.heat, title: heat, rows: names.count),
          Texts.heatCaption, fills(Palette.heatKey), names: names, people: true))
      sections.append(
        rows(
          "presence", Texts.presenceHeading,
          strips.svg(strips.presence, title: Texts.presenceHeading, rows: names.count),
          Texts.presenceCaption, fills(Palette.presenceKey),
          names: names, people: true))
    }
    sections += [PageTables(summary: summary).html(), notes]
    return sections.joined(separator: "\n")
  }

  private func figure(_ id: String, _ heading: String, live: String, still: String, caption: String) -> String
  {
    let live =
      library == nil
      ? ""
      : "<div class=\"live\" tabindex=\"0\" role=\"group\" aria-label=\"\(escaped(heading))\" aria-describedby=\"\(id)-keys\">\(live)</div>"
    return """
      <section id="\(id)" class="chart"><h2>\(escaped(heading))</h2>
      <figure>\(live)<div class="still\(library == nil ? " only" : "")">\(still)</div>
      <figcaption>\(caption)</figcaption></figure></section>
      """
  }

  /// Whether anything lies on the lane below the curve.
  private var hasWords: Bool { !summary.cues.isEmpty || !summary.slideChanges.isEmpty }

  private var timelineCaption: String {
    let sources = Set(summary.cues.map(\.source))
    let items = [
      (true, "line", Texts.name(summary.headline)), (true, "bandkey", Texts.band),
      (summary.coverage.excludedSeconds > 0, "excludedkey", Texts.excluded),
      (sources.contains(.transcript), "speechkey", Texts.speech),
      (sources.contains(.chat), "chatkey", Texts.chat),
      (!summary.slideChanges.isEmpty, "slidekey", Texts.slides),
    ].filter(\.0).map { ($0.1, $0.2) }
    return key(items.map { ("class=\"\($0.0)\"", $0.1) })
      + (Texts.axisBegins(Scale(summary).low).map { "<p>\(escaped($0))</p>" } ?? "")
      + (library == nil
        ? "<p class=\"hint\">\(escaped(Texts.still))</p>"
        : hint("timeline", "\(Texts.mouse) \(keys(people: false))"))
      + "<p class=\"screen\"><a href=\"#tables\">\(escaped(Texts.tablesHeading))</a></p>"
  }

  private func keys(people: Bool) -> String {
    Texts.keys(people: people, moments: !summary.events.isEmpty)
  }

  /// What the keys do while a chart has the focus. One chart says so to everybody, the others to whoever comes to them by
  /// keyboard.
  private func hint(_ id: String, _ text: String) -> String {
    "<p class=\"hint keys\(id == "timeline" ? "" : " later")\" id=\"\(id)-keys\">\(escaped(text))</p>"
  }

  private var events: String {
    guard !summary.events.isEmpty else {
      let thresholds = summary.settings.events
      let none = summary.isShort ? Texts.shortForDrops(thresholds) : Texts.noEvents(thresholds)
      return
        "<section id=\"events\"><h2>\(escaped(Texts.eventsHeading))</h2><p>\(escaped(none))</p></section>"
    }
    let items = summary.events.enumerated().map {
      EventItem(number: $0 + 1, event: $1, summary: summary).html()
    }
    return """
      <section id="events"><h2>\(escaped(Texts.eventsHeading))</h2><ol>\(items.joined(separator: "\n"))</ol>\
      \(voices)</section>
      """
  }

  /// What the letters are that somebody is quoted under.
  private var voices: String {
    guard summary.settings.pseudonyms, summary.cues.contains(where: { !$0.speaker.isEmpty }) else {
      return ""
    }
    return "<p class=\"aside\">\(escaped(Texts.voices))</p>"
  }

  /// A chart of strips with a name beside each.
  private func rows(
    _ id: String, _ heading: String, _ strip: String, _ caption: String, _ items: [(String, String)],
    names: [String], people: Bool = false
  ) -> String {
    """
    <section id="\(id)" class="chart"><h2>\(escaped(heading))</h2>
    <figure><div\(people ? " data-people" : "") class="rows\(names.count > 36 ? " crowd" : names.count > 18 ? " many" : "")" tabindex="0" role="group" aria-label="\(escaped(heading))" aria-describedby="\(id)-keys">\
    <ol class="names">\(names.map { "<li>\(rowName($0))</li>" }.joined())</ol><div class="strips">\(strip)</div>\
    <div class="axis"></div></div>
    <figcaption>\(escaped(caption))\(key(items))\
    \(hint(id, keys(people: people)))</figcaption></figure></section>
    """
  }

  /// Where there is little room a pseudonym keeps its number alone.
  private func rowName(_ name: String) -> String {
    let word = "Participant "
    guard name.hasPrefix(word) else { return escaped(name) }
    return "<span class=\"word\">\(word)</span>\(escaped(String(name.dropFirst(word.count))))"
  }

  private func fills(_ items: [(Paint, String)]) -> [(String, String)] {
    items.map { ("fill=\"\($0.0)\"", $0.1) }
  }

  private func key(_ items: [(String, String)]) -> String {
    "<ul class=\"key\">"
      + items.map {
        "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect width=\"10\" height=\"10\" \($0.0)/></svg>\(escaped($0.1))</li>"
      }
      .joined() + "</ul>"
  }

  private var video: String {
    """
    <section id="video" class="screen"><h2>\(escaped(Texts.videoHeading))</h2>
    <p><label class="button">\(escaped(Texts.chooseVideo))<input type="file" accept="video/*" id="file"></label> \
    \(escaped(Texts.videoCaption))</p>
    <video id="player" controls hidden></video></section>
    """
  }

  private var notes: String {
    """
    <section id="notes"><h2>\(escaped(Texts.notesHeading))</h2>\(Notes(summary: summary, run: run).html())</section>
    """
  }
}
