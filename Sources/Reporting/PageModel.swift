import Engagement
import Vocabulary

/// What the page's script draws from, as JSON with three decimals: small enough for hours of people.
struct PageModel {
  let summary: Summary
  /// As ``RunDescription/leadIn``.
  var leadIn = 0.0

  func json() -> String {
    let windows = summary.windows
    let indices = windows.map(\.indices)
    let scale = Scale(summary)
    let left = summary.viewsLeftOut.map { "[\(three($0.start)),\(three($0.end))]" }
    var fields = [
      "\"window\":\(three(summary.settings.window))", "\"leadIn\":\(three(leadIn))",
      "\"headline\":\(jsonString(Texts.name(summary.headline)))",
      list("t", windows.map(\.time.seconds)),
      list("v", summary.curve), list("lo", windows.map { $0.band?.low }),
      list("hi", windows.map { $0.band?.high }), list("attention", indices.map { $0?.attention }),
      list("faces", windows.map { $0.faces }),
      list("losses", windows.indices.filter { windows[$0].followsLoss }.map(Double.init)),
      "\"events\":[\(summary.events.map(event).joined(separator: ","))]",
      "\"cues\":[\(summary.cues.map(cue).joined(separator: ","))]",
      list("slides", summary.slideChanges), list("marks", scale.marks),
      "\"levels\":[\(Level.all(summary).map(level).joined(separator: ","))]",
      "\"words\":{\"attention\":\(jsonString("attention")),\"faces\":\(jsonString(Texts.faces)),\"unread\":\(jsonString(Texts.unread)),\"chat\":\(jsonString(Texts.chat))}",
      "\"scale\":[\(three(scale.low)),\(three(scale.high))]",
      "\"excluded\":[\(left.joined(separator: ","))]",
    ]
    if !summary.participants.isEmpty {
      fields += [
        "\"people\":[\(summary.participants.map { jsonString($0.name) }.joined(separator: ","))]",
        "\"seen\":[\(summary.participants.map(seen).joined(separator: ","))]",
        "\"states\":{\(Presence.allCases.map { "\"\(code($0))\":\(jsonString(Texts.lack($0)))" }.joined(separator: ","))}",
      ]
    }
    if summary.hasExpressions {
      let shares = windows.map { window -> String in
        guard let shares = window.shares, let uncertain = window.uncertain else { return "null" }
        return "[\((shares + [uncertain]).map(three).joined(separator: ","))]"
      }
      fields.append("\"shares\":[\(shares.joined(separator: ","))]")
      let names = Expression.allCases.map(Texts.name) + [Texts.uncertain]
      fields.append("\"expressions\":[\(names.map(jsonString).joined(separator: ","))]")
    }
    return "{\(fields.joined(separator: ",\n"))}"
  }

  /// Two characters a window: of 100 in hexadecimal digits, or why there is no figure.
  private func seen(_ participant: Participant) -> String {
    let headline = summary.headline
    let codes = participant.windows.map { window -> String in
      guard let value = headline.of(window) else { return code(window.presence) }
      let digits = String(Int((min(max(value, 0), 1) * 100).rounded()), radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }
    return "\"\(codes.joined())\""
  }

  private func code(_ presence: Presence) -> String {
    switch presence {
    case .face: "fc"
    case .cameraWithoutFace: "no"
    case .cameraOff: "of"
    case .absent: "--"
    case .unknown: "??"
    }
  }

  private func level(_ level: Level) -> String {
    "[\(three(level.value)),\(jsonString(level.name)),\(level.isDashed ? 1 : 0),\(level.isUpper ? 1 : 0)]"
  }

  private func event(_ event: ClassEvent) -> String {
    "{\"kind\":\"\(event.kind.rawValue)\",\"start\":\(three(event.start)),\"end\":\(three(event.end))}"
  }

  private func cue(_ cue: Cue) -> String {
    "[\(three(cue.start)),\(three(cue.end)),\(cue.source == .chat ? 1 : 0),\(jsonString(cue.speaker)),\(jsonString(cue.text))]"
  }

  private func list(_ name: String, _ values: [Double?]) -> String {
    "\"\(name)\":[\(values.map { $0.map(three) ?? "null" }.joined(separator: ","))]"
  }

  private func three(_ value: Double) -> String {
    let text = fixed(value, decimals: 3)
    guard text.contains(".") else { return "null" }
    let short = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    // "10.000" must not lose the zeros before its point.
    return text.hasSuffix(".000") ? String(text.dropLast(4)) : String(short.reversed())
  }
}
