/// Reads the chat that Zoom saves: `00:01:19<tab>Name:<tab>words`, also `00:01:19 From Name to Everyone: words`,
/// with lines that go on without a time.
public enum Chat {
  /// Lines in order of time, on the session's clock.
  public static func cues(_ bytes: [UInt8]) -> [Cue] {
    var cues: [Cue] = []
    for line in CompanionText.lines(bytes) where cues.count < CompanionText.mostEntries {
      if let cue = message(line) {
        cues.append(cue)
      } else if let last = cues.indices.last, cues[last].text.utf8.count < CompanionText.longestEntry,
        !line.trimmed.isEmpty
      {
        // Not cleaned as a whole line by line: that would take the square of the lines' number.
        cues[last].text += " " + CompanionText.clean(line)
      }
    }
    for index in cues.indices { cues[index].text = CompanionText.clean(cues[index].text) }
    return cues.filter { !$0.text.isEmpty }.sorted(by: Cue.inOrder)
  }

  private static func message(_ line: Substring) -> Cue? {
    let line = line.prefix(CompanionText.longestEntry)
    guard let end = line.firstIndex(where: \.isWhitespace),
      let time = CompanionText.seconds(line[..<end])
    else { return nil }
    var rest = line[end...].trimmed[...]
    let isFrom = rest.hasPrefix("From ")
    if isFrom { rest = rest.dropFirst(5) }
    guard let colon = rest.firstIndex(of: ":") else { return nil }
    var name = rest[..<colon]
    // "From Name to Everyone": the last " to ", since a name may hold one.
    if isFrom, let to = lastRange(of: " to ", in: name) { name = name[..<to] }
    return Cue(
      source: .chat, start: time, end: time, speaker: CompanionText.clean(name),
      text: CompanionText.clean(rest[colon...].dropFirst()))
  }

  private static func lastRange(of text: String, in whole: Substring) -> Substring.Index? {
    whole.indices.reversed().first { whole[$0...].hasPrefix(text) }
  }
}
