import Engagement
import Foundation

/// When a chat's clock started. Zoom saves a local chat with the time of day, and the name of a local recording's
/// folder says when it began; what else a chat's clock may start with is `summarise.chat-offset`.
enum ChatClock {
  /// The chat on the recording's clock where its lines bear the time of day; otherwise as it is.
  ///
  /// - Parameter names: of the recording and its folder.
  static func aligned(_ chat: [Cue], names: [String]) -> [Cue] {
    guard let first = chat.first, let begun = names.lazy.compactMap(secondOfDay).first,
      begun >= earliest, first.start >= begun - lead
    else { return chat }
    return chat.map { cue in
      var cue = cue
      (cue.start, cue.end) = (cue.start - begun, cue.end - begun)
      return cue
    }
  }

  /// `2026-03-01 10.02.11 Topic`, `GMT20260301-100211_Recording`, `Topic-20260301_100211-Meeting Recording`.
  static func secondOfDay(_ name: String) -> Double? {
    let pattern =
      /20\d\d[-._]?\d\d[-._]?\d\d[ T_-](?:at )?([01]\d|2[0-3])[-._:]?([0-5]\d)[-._:]?([0-5]\d)/
    guard let match = name.firstMatch(of: pattern), let hour = Double(match.output.1),
      let minute = Double(match.output.2), let second = Double(match.output.3)
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// A clock that starts with the session shows this only in a lecture of four hours.
  private static let earliest = 4 * 3600.0
  /// People write before the recording is started.
  private static let lead = 3600.0
}
