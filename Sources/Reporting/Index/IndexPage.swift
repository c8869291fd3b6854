import Digests
import Engagement

/// `index.html`: all lectures of an output folder, course by course. Plain text, tables and SVG, no script.
struct IndexPage {
  let lectures: [Lecture]
  private let unfinished: [String]
  private let unreadable: [(folder: String, reason: String)]
  private let failures: [FailedRecording]

  init(states: [ReportState], failures: [FailedRecording]) {
    var lectures: [Lecture] = []
    var unfinished: [String] = []
    var unreadable: [(folder: String, reason: String)] = []
    for state in states {
      switch state {
      case .finished(let lecture): lectures.append(lecture)
      case .unfinished(let folder): unfinished.append(folder)
      case .unreadable(let folder, let reason): unreadable.append((folder, reason))
      }
    }
    self.lectures = lectures
    self.unfinished = unfinished
    self.unreadable = unreadable
    self.failures = failures
  }

  func html() -> String {
    let style =
      String(decoding: PackageResources.report_css, as: UTF8.self)
      + String(decoding: PackageResources.index_css, as: UTF8.self)
    return """
      <!DOCTYPE html>
      <html lang="\(Texts.language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src '\(ContentDigest.policySource(of: style))'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="robots" content="noindex">
      <title>\(escaped(Texts.indexTitle))</title>
      <style>\(style)</style>
      </head>
      <body class="index">
      <header><p class="facts">\(escaped(facts))</p><h1>\(escaped(Texts.indexTitle))</h1></header>
      <main>
      \(trouble)
      \(courses.enumerated().map { CourseSection(name: $1.name, lectures: $1.lectures, isExplained: $0 > 0).html() }.joined(separator: "\n"))
      \(lectures.isEmpty ? "<p>\(escaped(Texts.noLectures))</p>" : "")
      <p class="responsible">\(escaped(Texts.responsible))</p>
      </main>
      </body>
      </html>

      """
  }

  private var facts: String {
    let seconds = lectures.reduce(0) { $0 + $1.summary.coverage.seconds }
    var facts = [
      Texts.count(lectures.count, "lecture", "lectures"), Texts.count(courses.count, "course", "courses"),
      "\(Texts.span(seconds)) of recordings",
    ]
    if !failures.isEmpty { facts.append("\(failures.count) without a report") }
    return facts.joined(separator: " · ")
  }

  /// The course that met last comes first; within a course by date.
  private var courses: [(name: String, lectures: [Lecture])] {
    Dictionary(grouping: lectures, by: \.course)
      .map {
        (
          name: $0.key,
          lectures: $0.value.sorted { ($0.started ?? "", $0.folder) < ($1.started ?? "", $1.folder) }
        )
      }
      .sorted { ($1.lectures.last?.started ?? "", $0.name) < ($0.lectures.last?.started ?? "", $1.name) }
  }

  /// What has no report, and why; nothing where all is well.
  private var trouble: String {
    let failed = failures.map { one in
      (one.title, one.path, one.reason, one.isRetried ? Texts.triedAgain : Texts.notTriedAgain)
    }
    let rows =
      failed + unfinished.map { ($0, "", Texts.unfinished, "") }
      + unreadable.map { ($0.folder, "", $0.reason, "") }
    guard !rows.isEmpty else { return "" }
    let items = rows.map { title, path, reason, again in
      "<li><strong>\(escaped(title))</strong> \(escaped(reason))\(again.isEmpty ? "" : " <em>\(escaped(again))</em>")"
        + (path.isEmpty ? "" : "<br><small>\(escaped(path))</small>") + "</li>"
    }
    return """
      <section class="trouble"><h2>\(escaped(Texts.troubleHeading))</h2><ul>\(items.joined(separator: "\n"))</ul></section>
      """
  }
}
