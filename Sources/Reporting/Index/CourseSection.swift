import Engagement

/// One course of the index: its trend over the weeks, and a row a lecture, the latest first.
struct CourseSection {
  let name: String
  /// By date.
  let lectures: [Lecture]
  /// Whether the page has told before how this table is read.
  var isExplained = false

  /// Lectures whose level means the same as the latest one's: only they share a trend.
  private var comparable: [Lecture] {
    lectures.filter { $0.scale == scale }
  }

  func html() -> String {
    let charts = TrendCharts(lectures: comparable)
    let figures =
      comparable.count < 2
      ? ""
      : """
      <div class="trends"><figure>\(charts.weeks())<figcaption>\(escaped(Texts.weeksCaption))</figcaption></figure>
      <figure>\(charts.alongTheLecture())<figcaption>\(escaped(Texts.alongCaption))</figcaption></figure></div>
      """
    return """
      <section class="course"><h2>\(escaped(name))</h2><p>\(escaped(sentence))</p>
      \(figures)
      <div class="scroll"><table><caption>\(escaped(isExplained ? Texts.lecturesShort : Texts.lecturesCaption))</caption><thead><tr>\
      \(Texts.lectureHeads.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined())</tr></thead>
      <tbody>\(lectures.reversed().map(row).joined(separator: "\n"))</tbody></table></div></section>
      """
  }

  /// How the course went, in a sentence; differences below the smallest effect worth telling are none.
  private var sentence: String {
    let shapes = comparable.map { CurveShape($0.summary) }
    let people = comparable.map(\.summary.coverage.participants)
    let others = lectures.count - comparable.count
    let apart = others > 0 ? " \(Texts.measuredOtherwise(others))" : ""
    guard let first = shapes.first?.median, let last = shapes.last?.median, comparable.count > 1 else {
      return Texts.oneLecture + apart
    }
    let measure = Texts.name(scale?.headline ?? .attention)
    let change = last - first
    let least = lectures.last?.summary.settings.events.minimumEffect ?? 0
    let trend =
      abs(change) < least
      ? "about as much as in the first"
      : change > 0
        ? "\(points(change)) points more than in the first"
        : "\(points(-change)) points less than in the first"
    let (fewest, most) = (people.min() ?? 0, people.max() ?? 0)
    return
      "\(comparable.count) lectures. Median \(measure) of the latest is \(points(last)) of 100, \(trend); "
      + "\(Texts.count(people.last ?? 0, "participant", "participants")) in \(fewest == most ? "each" : "the latest, \(fewest) to \(most) over all")."
      + (scale.map { $0.baseline == .own && $0.knowsUsualFaces && $0.headline == .engagement } ?? false
        ? " \(Texts.levelsAreRelative)" : "") + apart
  }

  private var scale: Lecture.Scale? { lectures.last?.scale }

  private func row(_ lecture: Lecture) -> String {
    let summary = lecture.summary
    let shape = CurveShape(summary)
    let trust = Trust(summary)
    let kinds = ClassEvent.Kind.allCases.compactMap { kind -> String? in
      let count = summary.events.count { $0.kind == kind }
      return count > 0 ? Texts.count(count, kind) : nil
    }
    let spread =
      shape.median == nil ? "" : " <small>(\(points(shape.quarter))–\(points(shape.threeQuarters)))</small>"
    let cells = [
      clock(summary.coverage.seconds), "\(summary.coverage.participants)",
      "\(points(shape.median))\(spread)\(summary.headline == .attention ? " <small>\(Texts.name(.attention))</small>" : "")",
      "\(percent(summary.coverage.faceFound)) <small>\(escaped(trust.grade.rawValue.lowercased()))</small>",
      kinds.isEmpty ? "–" : escaped(kinds.joined(separator: ", ")),
      TrendCharts(lectures: lectures.filter { $0.scale == lecture.scale }).sparkline(lecture),
    ]
    let link = escaped(urlPath(lecture.folder) + "/report.html")
    // A lecture that is called as its course is told by its date.
    let name = lecture.title == self.name && lecture.started != nil ? "" : lecture.title
    let label = [lecture.date, name].filter { !$0.isEmpty }.joined(separator: " ")
    return
      "<tr><th scope=\"row\"><a href=\"\(link)\">\(escaped(label))</a></th>"
      + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
  }
}

/// A folder's name as a relative address: everything but unreserved characters (RFC 3986) is encoded, and `./`
/// keeps a colon from being taken for a scheme.
func urlPath(_ name: String) -> String {
  "./"
    + name.utf8.map { byte -> String in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || [45, 46, 95, 126].contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
}
