import Engagement
import Foundation
import Testing
import Vocabulary

@testable import Reporting

private let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

/// Opens a report in headless Chromium, through a page that holds it in a frame and reports what it finds.
@Suite(.enabled(if: browser != nil, "needs chromium"), .serialized)
struct BrowserTests {
  private static let probe = """
    <!DOCTYPE html><iframe id="f" src="report.html" width="1200" height="2400"></iframe><pre id="out"></pre><script>
    document.getElementById("f").addEventListener("load", () => setTimeout(() => {
      const page = document.getElementById("f").contentDocument;
      const view = document.getElementById("f").contentWindow;
      const found = { requests: view.performance.getEntriesByType("resource").length,
        canvases: page.querySelectorAll("#timeline canvas").length,
        strips: page.querySelectorAll("svg.strip").length,
        names: page.querySelectorAll("img").length, alerts: view.hacked ? 1 : 0,
        unnamed: [...page.querySelectorAll("button, input, section")].filter((e) => !e.textContent.trim() && !e.labels).length,
        headings: page.querySelectorAll("h1").length, tables: page.querySelectorAll("table caption").length };
      const button = page.querySelector(".event button");
      if (button) { button.click(); found.wanted = button.dataset.time; found.time = page.documentElement.dataset.time; }
      found.cursors = [...page.querySelectorAll(".cursor")].filter((c) => c.style.display === "block").length;
      document.getElementById("out").textContent = "FOUND" + JSON.stringify(found) + "END";
    }, 300));
    </script>
    """

  private func open(name: String) throws -> (found: [String: Any], console: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("browser-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    var made = MadeClass()
    made.people = 6
    made.seconds = 240
    made.trouble = 90..<150
    let samples = Array(made.samples())
    var settings = SummarySettings()
    settings.events.minimumEffect = 0.02
    let summary = summarise(
      samples: samples, settings: settings,
      companions: Companions(transcript: made.transcript, decisions: [.rename(participant: 1, name: name)]))
    try Reporting.write(summary: summary, run: RunDescription(recording: name), to: folder.path) {
      try samples.forEach($0)
    }
    try Self.probe.write(to: folder.appendingPathComponent("probe.html"), atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = browser.map { URL(fileURLWithPath: $0) }
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
      "--allow-file-access-from-files",
      "--enable-logging=stderr", "--virtual-time-budget=4000", "--user-data-dir=\(folder.path)/profile",
      "--dump-dom", folder.appendingPathComponent("probe.html").absoluteString,
    ]
    let output = folder.appendingPathComponent("out.txt")
    let errors = folder.appendingPathComponent("err.txt")
    for url in [output, errors] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    let dom = try String(contentsOf: output, encoding: .utf8)
    let json = try #require(dom.firstRange(of: "FOUND{").map { dom[dom.index(after: $0.lowerBound)...] })
    let start = try #require(json.firstIndex(of: "{"))
    let end = try #require(json.firstRange(of: "}END"))
    let text = String(json[start..<end.upperBound].dropLast(3))
    let found = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let console = try String(contentsOf: errors, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("CONSOLE") }.joined(separator: "\n")
    return (try #require(found), console)
  }

  @Test func aReportDrawsItsChartsAsksForNothingAndFollowsAClick() throws {
    let (found, console) = try open(
      name: "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>")
    #expect(console.isEmpty)
    #expect(found["requests"] as? Int == 0)
    #expect(found["names"] as? Int == 0 && found["alerts"] as? Int == 0)
    #expect(found["strips"] as? Int == 3 && found["headings"] as? Int == 1 && found["tables"] as? Int == 3)
    #expect(found["unnamed"] as? Int == 0)
    #expect(found["time"] as? String == found["wanted"] as? String && found["time"] != nil)
    if ChartLibrary() != nil { #expect(found["canvases"] as? Int ?? 0 > 0) }
    #expect(found["cursors"] as? Int ?? 0 >= 3)
  }
}
