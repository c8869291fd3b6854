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
    body.append("<path d=\"\(path { $0.presence == .cameraWithoutFace })\" fill=\"url(#hatch)\"/>")
    return svg(body.joined(separator: "\n"), title: Texts.heatHeading)
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

  private func svg(_ body: String, title: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" class="strip" preserveAspectRatio="none" role="img" \
    viewBox="\(number1(start)) 0 \(number1(end - start)) \(max(1, summary.participants.count))">\
    <title>\(escaped(title))</title>
    \(body)</svg>
    """
  }
}
