import Engagement
import Foundation
import Testing
import Vocabulary

@testable import Reporting

@Suite struct PageTests {
  static let injections = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)", "javascript:alert(1)", "<!--", "]]>", "&lt;script&gt;", "\u{202E}evil",
    "{{7*7}}",
    "${alert(1)}", "\\u003cscript\\u003e", "\u{2028}alert(1)",
  ]

  private static let plain = page(named: "plain")

  private static func page(named name: String) -> String {
    var made = MadeClass()
    made.people = 4
    made.seconds = 90
    made.trouble = 30..<70
    let cues = [Cue(source: .transcript, start: 35, end: 50, speaker: name, text: name)]
    var settings = SummarySettings()
    settings.pseudonyms = false
    let summary = summarise(
      samples: made.samples(), settings: settings,
      companions: Companions(transcript: cues, decisions: [.rename(participant: 1, name: name)]))
    let run = RunDescription(
      recording: name, title: name, pipeline: name, settings: [.init(key: name, value: name)],
      models: [.init(name: name, card: name)], skipped: [name])
    return Page(summary: summary, run: run, library: nil).html()
  }

  @Test(arguments: injections) func namesAreNeverMarkup(name: String) {
    let page = Self.page(named: name)
    for markup in ["<script", "</script", "<img", "<!--"] {
      #expect(page.lowercased().components(markup) == Self.plain.lowercased().components(markup))
    }
    #expect(!page.contains("\" onerror") && !page.contains("' onmouseover"))
    #expect(!page.unicodeScalars.contains("\u{202E}") && !page.unicodeScalars.contains("\u{2028}"))
  }

  @Test func thePolicyAllowsItsOwnScriptsOnly() throws {
    let page = Self.plain
    #expect(page.contains("default-src 'none'; script-src 'sha256-"))
    #expect(!page.contains("unsafe-inline") && !page.contains("unsafe-eval"))
    #expect(!page.contains("http://www.w3.org/1999") && !page.contains("https://"))
  }

  @Test func aClassWithoutAnybodyStillHasAPage() {
    let summary = summarise(samples: [])
    let page = Page(summary: summary, run: RunDescription(recording: "empty.mp4"), library: nil).html()
    #expect(page.contains("No faces were found"))
  }

  @Test func everyParticipantHasAFigureOrAReasonForEachWindow() throws {
    var made = MadeClass()
    (made.people, made.seconds, made.trouble) = (4, 240, 30..<70)
    let summary = summarise(samples: made.samples())
    let model = PageModel(summary: summary).json()
    let parsed = try JSONSerialization.jsonObject(with: Data(model.utf8)) as? [String: Any]
    let (people, seen) = (parsed?["people"] as? [String], parsed?["seen"] as? [String])
    #expect(people == summary.participants.map(\.name))
    let states = try #require(parsed?["states"] as? [String: String])
    for (participant, text) in zip(summary.participants, try #require(seen)) {
      #expect(text.count == 2 * summary.windows.count)
      for (index, window) in participant.windows.enumerated() {
        let code = String(text.dropFirst(2 * index).prefix(2))
        if let level = window.engagement, window.presence == .face {
          #expect(Int(code, radix: 16) == Int((level * 100).rounded()))
        } else {
          #expect(states[code] == Texts.lack(window.presence))
        }
      }
    }
    let table = PageTables(summary: summary).html()
    #expect(table.contains(Texts.heatTable) && table.contains("<th scope=\"col\">3:30</th>"))
  }

  private static func made(seconds: Int64 = 120) -> MadeClass {
    var made = MadeClass()
    (made.people, made.seconds, made.trouble) = (4, seconds, 30..<70)
    return made
  }

  @Test func theTablesHaveTheWindowsOfTheChartAndNothingToRankPeopleBy() {
    let summary = summarise(samples: Self.made(seconds: 1600).samples())
    let table = PageTables(summary: summary).html()
    #expect(summary.windows.count == 160)
    for window in summary.windows {
      #expect(table.contains("<th scope=\"row\">\(clock(window.time.seconds))</th>"))
    }
    #expect(!table.contains("median"))
    #expect(table.contains("valence above usual") && table.contains("expressivity above usual"))
    // Somebody who is there to the end was last seen at the end, as everywhere on the page.
    #expect(table.contains("<td>0:00</td><td>26:40</td>"))
    let (engagement, band) = (table.firstRange(of: "engagement</th>"), table.firstRange(of: Texts.band))
    let attention = table.firstRange(of: "attention</th>")
    #expect(engagement?.upperBound ?? table.endIndex < band?.lowerBound ?? table.startIndex)
    #expect(band?.upperBound ?? table.endIndex < attention?.lowerBound ?? table.startIndex)
  }

  @Test func whatWasLeftOutIsCounted() {
    var samples = Array(Self.made().samples())
    var stray = samples[5].faces[0]
    stray.box = Box(x: 1279, y: 719, width: 1, height: 1)
    samples[5].faces.append(stray)
    let chat = [5.0, 40, 200].map { Cue(source: .chat, start: $0, end: $0, speaker: "Ana", text: "hi") }
    var settings = SummarySettings()
    settings.chatOffset = 10
    let summary = summarise(samples: samples, settings: settings, companions: Companions(chat: chat))
    let notes = Notes(summary: summary, run: RunDescription(recording: "a")).html()
    #expect(notes.contains("1 chat line from before the recording begins, 1 chat line from after it ends."))
    #expect(notes.contains("1 of \(summary.coverage.faces) faces that belong to nobody"))
    #expect(!notes.contains("Nothing."))
  }

  @Test(arguments: [
    ("unspecified: no setting was stated", "nobody stated"), ("eu-education", "no expression is read"),
    ("research-consented", "everyone shown has agreed"),
  ])
  func theSettingAndWhatAFaceCannotTellStandUnderTheCards(value: String, meaning: String) {
    let run = RunDescription(recording: "a", settings: [.init(key: "setting", value: value)])
    let page = Page(summary: summarise(samples: Self.made().samples()), run: run, library: nil).html()
    let name = value.prefix { $0 != ":" }
    let header = page.prefix(upTo: page.firstRange(of: "</header>")?.lowerBound ?? page.startIndex)
    #expect(header.contains("Setting of the pipeline, \(name): ") && header.contains(meaning))
    #expect(header.contains(escaped(Texts.lecturer)) && page.components(Texts.responsible) == 1)
  }

  @Test func eachChartTellsTheKeysThatWorkOnIt() {
    var summary = summarise(samples: Self.made().samples())
    func keys(_ id: String) -> Substring {
      let page = Page(summary: summary, run: RunDescription(recording: "a"), library: nil).html()
      let hint = page.firstRange(of: "id=\"\(id)-keys\">").map { page[$0.upperBound...] } ?? ""
      return hint.prefix { $0 != "<" }
    }
    #expect(keys("heat").contains("Esc") && keys("presence").contains("Esc"))
    #expect(keys("shares").contains("←") && !keys("shares").contains("Esc"))
    #expect(keys("shares").contains("N and P") == !summary.events.isEmpty)
    summary.events = []
    #expect(!keys("shares").contains("N and P"))
    // Without the library the timeline is a picture.
    #expect(keys("timeline").isEmpty)
  }

  @Test(arguments: [true, false]) func lettersOfVoicesAreExplained(pseudonyms: Bool) {
    var settings = SummarySettings()
    settings.pseudonyms = pseudonyms
    let made = Self.made()
    let summary = summarise(
      samples: made.samples(), settings: settings, companions: Companions(transcript: made.transcript))
    let page = Page(summary: summary, run: RunDescription(recording: "a"), library: nil).html()
    #expect(page.contains(escaped(Texts.voices)) == pseudonyms)
    #expect(page.contains("Voice A") == pseudonyms && page.contains("Ana Ruiz") != pseudonyms)
  }

  @Test func observableOnlySaysNothingOfExpressions() {
    var made = MadeClass()
    made.people = 4
    made.seconds = 60
    var settings = SummarySettings()
    settings.observableOnly = true
    let summary = summarise(samples: made.samples(), settings: settings)
    #expect(summary.windows.allSatisfy { $0.shares == nil && $0.means == nil && $0.indices?.valence == nil })
    let page = Page(summary: summary, run: RunDescription(recording: "a.mp4"), library: nil).html()
    #expect(!page.contains("id=\"shares\"") && page.contains("attention"))
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(_ text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
