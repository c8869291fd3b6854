import Engagement

/// The events as WebVTT chapters, to load beside the recording into a player.
///
/// - Parameter leadIn: as ``RunDescription/leadIn``.
func chapters(_ events: [ClassEvent], leadIn: Double) -> String {
  let cues = events.enumerated().map { number, event in
    // Of the class alone nobody is counted who carried it.
    let carrying = event.carriedBy.isEmpty ? "" : "\(event.carriedBy.count) of "
    return
      "\(number + 1)\n\(stamp(event.start + leadIn)) --> \(stamp(event.end + leadIn))\n\(Texts.name(event.kind)), "
      + "\(carrying)\(event.visible) people\n"
  }
  return (["WEBVTT\n"] + cues).joined(separator: "\n")
}

/// `HH:MM:SS.mmm`.
private func stamp(_ seconds: Double) -> String {
  let total = Int((max(0, min(seconds, 1e9)) * 1000).rounded())
  func padded(_ value: Int, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
  }
  return "\(padded(total / 3_600_000, 2)):\(padded(total / 60_000 % 60, 2)):\(padded(total / 1000 % 60, 2))."
    + padded(total % 1000, 3)
}
