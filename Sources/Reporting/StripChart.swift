import Engagement
import Vocabulary

/// A strip a participant: time runs along it in seconds, a row is one unit high. Zooming changes nothing but
/// the view box.
struct StripChart {
  let summary: Summary

  private var start: Double { summary.windows.first?.time.seconds ?? 0 }
  private var end: Double { (summary.windows.last?.time.seconds ?? 0) + summary.settings.window }

  /// Who was there: how each participant was seen most in each window.
  func presence() -> String {
    let kinds: [Presence] = [.face, .cameraWithoutFace, .cameraOff]
    return svg(
      kinds.map { kind in
        "<path d=\"\(path { $0.presence == kind })\" fill=\"\(Palette.colour(kind))\"/>"
      }.joined(separator: "\n"), title: Texts.presenceHeading)
  }

  /// Engagement (or attention) of each participant in ``Palette/heatLevels`` steps; hatched without a face.
  func heat() -> String {
    let levels = Palette.heatLevels
    func level(_ window: ParticipantWindow) -> Int? {
      guard window.presence == .face, let value = window.engagement ?? window.attention else { return nil }
      return min(levels - 1, max(0, Int(value * Double(levels))))
    }
    var body = (0..<levels).map { step in
      "<path d=\"\(path { level($0) == step })\" fill=\"\(Palette.heat[step])\"/>"
    }
    let missing = path { $0.presence == .cameraWithoutFace }
    body.append(
      "<path d=\"\(missing)\" fill=\"\(Palette.colour(Presence.cameraWithoutFace))\" opacity=\"0.45\"/>")
    return svg(body.joined(separator: "\n"), title: Texts.heatHeading)
  }

  /// Stacked shares of displayed expressions, uncertain on top; one unit high from the top down.
  func shares() -> String {
    let layers = Expression.allCases.map { (Palette.colour($0), $0.rawValue) } + [(Palette.uncertain, 7)]
    // Neutral goes lowest: it is the ground that the others stand out from.
    let order = [6, 3, 5, 4, 2, 1, 0, 7]
    let body = layers.map { colour, layer -> String in
      var path = ""
      for window in summary.windows {
        guard let shares = window.shares, let uncertain = window.uncertain else { continue }
        let all = shares + [uncertain]
        guard all[layer] > 0 else { continue }
        let below = order.prefix { $0 != layer }.reduce(0) { $0 + all[$1] }
        let from = window.time.seconds
        path +=
          "M\(number1(from)) \(fixed(1 - below, decimals: 3))H\(number1(min(end, from + summary.settings.window)))"
          + "v-\(fixed(all[layer], decimals: 3))H\(number1(from))z"
      }
      return "<path d=\"\(path)\" fill=\"\(colour)\"/>"
    }
    return svg(body.joined(separator: "\n"), title: Texts.sharesHeading, rows: 1)
  }

  /// One rectangle for each run of windows that the condition holds for.
  private func path(_ holds: (ParticipantWindow) -> Bool) -> String {
    var path = ""
    let starts = summary.windows.map(\.time.seconds)
    for (row, participant) in summary.participants.enumerated() {
      var first: Double?
      for (window, begin) in zip(participant.windows, starts) {
        if holds(window) {
          first = first ?? begin
        } else if let begun = first {
          path += rectangle(row, begun, begin)
          first = nil
        }
      }
      if let begun = first { path += rectangle(row, begun, end) }
    }
    return path
  }

  private func rectangle(_ row: Int, _ from: Double, _ to: Double) -> String {
    "M\(number1(from)) \(row).08H\(number1(to))v.84H\(number1(from))z"
  }

  private func svg(_ body: String, title: String, rows: Int? = nil) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" class="strip" preserveAspectRatio="none" role="img" \
    viewBox="\(number1(start)) 0 \(number1(end - start)) \(rows ?? max(1, summary.participants.count))">\
    <title>\(escaped(title))</title>
    \(body)</svg>
    """
  }
}
