import Engagement
import Foundation
import Testing
import Vocabulary

@testable import Reporting

private let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

/// Opens reports in headless Chromium.
@Suite(.enabled(if: browser != nil, "needs chromium"), .serialized)
struct BrowserTests {
  /// A class with a dip, in which everything that a user can name is `name`.
  private func withReport(name: String = "class.mp4", people: Int = 6, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("browser-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    var made = MadeClass()
    (made.people, made.seconds, made.trouble, made.screen) = (people, 240, 90..<150, 200..<220)
    let samples = Array(made.samples())
    var settings = SummarySettings()
    settings.events.minimumEffect = 0.02
    settings.pseudonyms = false
    let said =
      made.transcript + made.chat + [
        Cue(source: .transcript, start: 95, end: 99, speaker: name, text: name),
        Cue(source: .chat, start: 97, end: 97, speaker: name, text: name),
      ]
    let summary = summarise(
      samples: samples, settings: settings,
      companions: Companions(
        transcript: said.filter { $0.source == .transcript }, chat: said.filter { $0.source == .chat },
        decisions: [.rename(participant: 1, name: name)]))
    try Reporting.write(
      summary: summary,
      run: RunDescription(
        recording: name, title: name, pipeline: name, settings: [.init(key: name, value: name)],
        models: [.init(name: name, card: name)], skipped: [name]), to: folder.path
    ) { try samples.forEach($0) }
    try body(folder)
  }

  /// Runs the browser; what it wrote and what its console said.
  private func run(_ arguments: [String], in folder: URL) throws -> (output: String, console: String) {
    let process = Process()
    process.executableURL = browser.map { URL(fileURLWithPath: $0) }
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--allow-file-access-from-files", "--enable-logging=stderr", "--virtual-time-budget=4000",
        "--user-data-dir=\(folder.path)/profile",
      ] + arguments
    let (output, errors) = (
      folder.appendingPathComponent("out.txt"), folder.appendingPathComponent("err.txt")
    )
    for url in [output, errors] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    let console = try String(contentsOf: errors, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("CONSOLE") }.joined(separator: "\n")
    return (try String(contentsOf: output, encoding: .utf8), console)
  }

  private func probe(_ folder: URL, _ arguments: [String] = []) throws -> (
    found: [String: Any], console: String
  ) {
    let page = folder.appendingPathComponent("probe.html")
    try browserProbe.write(to: page, atomically: true, encoding: .utf8)
    let (dom, console) = try run(arguments + ["--dump-dom", page.absoluteString], in: folder)
    let json = try #require(dom.firstRange(of: "FOUND{").map { dom[dom.index(after: $0.lowerBound)...] })
    let start = try #require(json.firstIndex(of: "{"))
    let end = try #require(json.firstRange(of: "}END"))
    let text = String(json[start..<end.upperBound].dropLast(3))
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    let found = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return (try #require(found), console)
  }

  @Test func aReportDrawsItsChartsAndAsksForNothing() throws {
    try withReport { folder in
      let (found, console) = try probe(folder)
      #expect(console.isEmpty)
      #expect(found["requests"] as? Int == 0 && found["images"] as? Int == 0)
      #expect(found["strips"] as? Int == 3 && found["tables"] as? Int == 4)
      if ChartLibrary() != nil { #expect(found["canvases"] as? Int ?? 0 > 0) }
    }
  }

  @Test func momentsKeysAndZoomMoveAllCharts() throws {
    try withReport { folder in
      let (found, _) = try probe(folder)
      let moved = try #require(found["moved"] as? [[String]])
      #expect(!moved.isEmpty && moved.allSatisfy { $0[0] == $0[1] })
      let answer = try #require(found["answer"] as? [String])
      #expect(answer[0] == answer[1])
      #expect(found["cursors"] as? Int ?? 0 >= 4)
      #expect(found["home"] as? String == "0.0" && found["next"] as? String == moved[0][0])
      #expect(found["zoomed"] as? Bool == true && found["back"] as? Bool == true)
      #expect((found["readout"] as? String)?.contains("engagement") == true)
      #expect((found["person"] as? String)?.contains("Participant 2: displayed engagement") == true)
      #expect(found["marked"] as? [String] == ["Participant 2", "Participant 2"])
    }
  }

  @Test func keysReachTheBeginningAndLetGoOfAParticipant() throws {
    try withReport { folder in
      let (found, _) = try probe(folder)
      #expect(found["first"] as? String == "0.0")
      #expect(found["unchosen"] as? [Int] == [0, 0])
      let said = try #require(found["said"] as? String)
      #expect(said.contains("Ana Ruiz: “So both sides bulge!”"))
      #expect(said.contains(" · chat, Emil Novak: “+1”"))
    }
  }

  @Test func theFirstStepIsSpokenInFewWords() throws {
    try withReport { folder in
      let (found, _) = try probe(folder)
      #expect(found["silent"] as? Bool == true)
      #expect((found["spoken"] as? String)?.hasPrefix("0:00, displayed engagement ") == true)
      #expect((found["spoken"] as? String)?.count ?? 99 < 40)
    }
  }

  /// 0 is dark, 1 light in Chromium's settings.
  @Test(arguments: [false, true]) func aReportPassesTheChecksOfAccessibility(dark: Bool) throws {
    try withReport { folder in
      let (found, _) = try probe(folder, ["--blink-settings=preferredColorScheme=\(dark ? 0 : 1)"])
      #expect(found["dark"] as? Bool == dark)
      #expect(found["wrong"] as? [String] == [])
    }
  }

  @Test(arguments: [
    "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>", "\"><svg onload=window.hacked=1>",
    "'-alert(1)-'</title><iframe src=\"javascript:parent.hacked=1\">", "<!--<script>", "=cmd|'/c calc'!A1",
    "javascript:window.hacked=1", "]]><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "{{constructor.constructor('window.hacked=1')()}} ${window.hacked=1} <%= 1 %>",
    "\u{2028}window.hacked=1\u{2029}//\\\"};window.hacked=1;//",
    "<base href=//example.org/><link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=http://example.org'>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
  ])
  func namesThatCarryScriptAreText(name: String) throws {
    try withReport(name: name) { folder in
      let (found, console) = try probe(folder)
      #expect(console.isEmpty && found["hacked"] as? Int == 0 && found["requests"] as? Int == 0)
      #expect(found["images"] as? Int == 0 && found["handlers"] as? Int == 0)
      #expect(found["scripts"] as? Int == (ChartLibrary() == nil ? 2 : 3))
      for table in ["faces.csv", "presence.csv", "participants.csv"] {
        let text = try String(contentsOf: folder.appendingPathComponent(table), encoding: .utf8)
        #expect(!text.contains(",=") && !text.contains(",\"=") && !text.contains("\n="))
      }
    }
  }

  @Test(arguments: [6, 18, 36, 50]) func aReportPrintsOnTwoPages(people: Int) throws {
    try withReport(people: people) { folder in
      let paper = folder.appendingPathComponent("report.pdf")
      _ = try run(
        [
          "--no-pdf-header-footer", "--print-to-pdf=\(paper.path)",
          folder.appendingPathComponent("report.html").absoluteString,
        ], in: folder)
      let bytes = String(decoding: try Data(contentsOf: paper), as: UTF8.self)
      let pages = bytes.split(separator: "/Type /Page", omittingEmptySubsequences: false).dropFirst()
      #expect(pages.count { !$0.hasPrefix("s") } == 2)
    }
  }
}
