import Engagement

/// A course over its lectures, as plain SVG.
struct TrendCharts {
  /// By date.
  let lectures: [Lecture]

  /// Fewer where a lecture has fewer windows: a curve has no holes for being finely divided.
  private var parts: Int { max(2, min(40, lectures.map(\.summary.windows.count).min() ?? 40)) }
  private let width = 600.0
  private let height = 230.0
  private let left = 48.0
  private let right = 10.0
  private let top = 14.0
  private let bottom = 34.0

  /// Median of each lecture with its middle half, people below, events above.
  func weeks() -> String {
    let shapes = lectures.map { CurveShape($0.summary) }
    let scale = Scale(shapes.flatMap { [$0.quarter, $0.threeQuarters].compactMap { $0 } })
    let most = Double(lectures.map(\.summary.coverage.participants).max() ?? 1)
    let floor = height - bottom - 44
    let base = height - bottom
    var body = scale.marks.map { rule(y($0, scale, floor), points($0)) }.joined()
    var line: [String] = []
    for (index, shape) in shapes.enumerated() {
      let at = x(Double(index) + 0.5, of: Double(lectures.count))
      let people = lectures[index].summary.coverage.participants
      let tall = 30 * Double(people) / max(1, most)
      body +=
        "<rect x=\"\(number1(at - 7))\" y=\"\(number1(base - tall))\" width=\"14\" height=\"\(number1(tall))\" fill=\"\(Palette.band)\"/>\n"
      body += label("\(people)", at, base - tall - 3, "middle")
      if index % max(1, lectures.count / 8) == 0 || index == lectures.count - 1 {
        let date = lectures[index].started?.prefix(10).suffix(5) ?? "\(index + 1)"[...]
        body += label(escaped(String(date)), at, base + 14, "middle")
      }
      guard let median = shape.median, let low = shape.quarter, let high = shape.threeQuarters else {
        continue
      }
      body +=
        "<path d=\"M\(number1(at)) \(number1(y(low, scale, floor)))V\(number1(y(high, scale, floor)))\" stroke=\"\(Palette.band)\" stroke-width=\"8\"/>\n"
      line.append("\(number1(at)) \(number1(y(median, scale, floor)))")
      body +=
        "<circle cx=\"\(number1(at))\" cy=\"\(number1(y(median, scale, floor)))\" r=\"4\" fill=\"\(Palette.line)\"/>\n"
    }
    if line.count > 1 {
      body +=
        "<path d=\"M\(line.joined(separator: "L"))\" fill=\"none\" stroke=\"\(Palette.line)\" stroke-width=\"2\"/>\n"
    }
    return svg(body + label(Texts.people, left - 6, base - 8, "end"), Texts.weeksCaption)
  }

  /// Every lecture's curve over its own length, the latest drawn strongly, and their mean.
  func alongTheLecture() -> String {
    let curves = lectures.map { $0.curve(parts: parts) }
    let scale = Scale(curves.flatMap { $0.compactMap { $0 } })
    let floor = height - bottom
    var body = scale.marks.map { rule(y($0, scale, floor), points($0)) }.joined()
    for (index, curve) in curves.enumerated() {
      let isLatest = index == curves.count - 1
      body += path(
        curve, scale, floor,
        "stroke=\"\(isLatest ? Palette.line : Palette.faint)\" stroke-width=\"\(isLatest ? "2.5" : "1")\" opacity=\"\(isLatest ? "1" : "0.55")\""
      )
    }
    for share in [0, 25, 50, 75, 100] {
      let anchor = share == 0 ? "start" : share == 100 ? "end" : "middle"
      body += label("\(share) %", x(Double(share), of: 100), floor + 16, anchor)
    }
    return svg(body, Texts.alongCaption)
  }

  /// One lecture's curve on the scale of its course, small, with its dips marked.
  func sparkline(_ lecture: Lecture) -> String {
    let scale = Scale(lectures.flatMap { $0.curve(parts: parts).compactMap { $0 } })
    let (wide, high) = (160.0, 30.0)
    var runs: [[String]] = [[]]
    for (part, value) in lecture.curve(parts: parts).enumerated() {
      guard let value else {
        runs.append([])
        continue
      }
      let at = (Double(part) + 0.5) / Double(parts) * wide
      runs[runs.count - 1].append("\(number1(at)) \(number1(high - scale.share(value) * (high - 2) - 1))")
    }
    let lines = runs.filter { $0.count > 1 }.map { "M" + $0.joined(separator: "L") }.joined()
    let start = lecture.summary.windows.first?.time.seconds ?? 0
    let seconds = max(1, lecture.secondsOfWindows)
    let dips = lecture.summary.events.filter { $0.kind != .peak }.map { event in
      let from = (event.start - start) / seconds * wide
      let width = max(2, (event.end - event.start) / seconds * wide)
      return
        "<rect x=\"\(number1(from))\" y=\"0\" width=\"\(number1(width))\" height=\"\(number1(high))\" fill=\"\(Palette.colour(event.kind))\" opacity=\"0.3\"/>"
    }
    return
      "<svg class=\"spark\" viewBox=\"0 0 \(number1(wide)) \(number1(high))\" aria-hidden=\"true\">\(dips.joined())"
      + "<path d=\"\(lines)\" fill=\"none\" stroke=\"\(Palette.line)\" stroke-width=\"1.5\"/></svg>"
  }

  private func x(_ at: Double, of whole: Double) -> Double {
    left + at / max(1, whole) * (width - left - right)
  }

  private func y(_ value: Double, _ scale: Scale, _ floor: Double) -> Double {
    floor - scale.share(value) * (floor - top)
  }

  private func path(_ curve: [Double?], _ scale: Scale, _ floor: Double, _ style: String) -> String {
    var runs: [[String]] = [[]]
    for (part, value) in curve.enumerated() {
      guard let value else {
        runs.append([])
        continue
      }
      runs[runs.count - 1].append(
        "\(number1(x(Double(part) + 0.5, of: Double(parts)))) \(number1(y(value, scale, floor)))")
    }
    return runs.filter { $0.count > 1 }
      .map { "<path d=\"M\($0.joined(separator: "L"))\" fill=\"none\" \(style)/>\n" }.joined()
  }

  private func rule(_ y: Double, _ text: String) -> String {
    "<path d=\"M\(number1(left)) \(number1(y))H\(number1(width - right))\" stroke=\"\(Palette.rule)\"/>\n"
      + label(text, left - 6, y + 4, "end")
  }

  private func label(_ text: String, _ x: Double, _ y: Double, _ anchor: String) -> String {
    "<text x=\"\(number1(x))\" y=\"\(number1(y))\" text-anchor=\"\(anchor)\" fill=\"\(Palette.faint)\">\(text)</text>\n"
  }

  private func svg(_ body: String, _ title: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number1(width)) \(number1(height))" role="img" \
    font-family="system-ui,sans-serif" font-size="12"><title>\(escaped(title))</title>
    \(body)</svg>
    """
  }
}
