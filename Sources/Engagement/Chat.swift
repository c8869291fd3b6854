/// Reads the chat that Zoom saves: `00:01:19<tab>Name:<tab>words`, also `00:01:19 From Name to Everyone: words`,
/// with lines that go on without a time. What was written to one person alone, which the writer's own file holds too,
/// is left out.
public enum Chat {
  private enum Line {
    case message(Cue)
    case privateMessage
    case continuation
  }

  /// Lines in order of time, on the session's clock.
  public static func cues(_ bytes: [UInt8]) -> [Cue] {
    var cues: [Cue] = []
    var isPrivate = false
    /// Fields of the first line's time: a line that goes on may begin with "10:30".
    var fields: Int?
    for line in CompanionText.lines(bytes) where cues.count < CompanionText.mostEntries {
      switch kind(of: line, fields: &fields) {
      case .message(let cue):
        isPrivate = false
        cues.append(cue)
      case .privateMessage:
        isPrivate = true
      case .continuation:
        guard !isPrivate, let last = cues.indices.last,
          cues[last].text.utf8.count < CompanionText.longestEntry,
          !line.trimmed.isEmpty
        else { continue }
        // Not cleaned as a whole line by line: that would take the square of the lines' number.
        cues[last].text += " " + CompanionText.clean(line)
      }
    }
    for index in cues.indices { cues[index].text = CompanionText.clean(cues[index].text) }
    return cues.filter { !$0.text.isEmpty }.sorted(by: Cue.inOrder)
  }

  private static func kind(of line: Substring, fields: inout Int?) -> Line {
    let line = line.prefix(CompanionText.longestEntry)
    guard let end = line.firstIndex(where: \.isWhitespace), let time = CompanionText.seconds(line[..<end])
    else { return .continuation }
    let count = line[..<end].count { $0 == ":" }
    guard fields ?? count == count else { return .continuation }
    var rest = line[end...].trimmed[...]
    let isFrom = rest.hasPrefix("From ")
    if isFrom { rest = rest.dropFirst(5) }
    guard let colon = rest.firstIndex(of: ":") else { return .continuation }
    fields = count
    var name = rest[..<colon]
    if ["(Direct Message)", "(Privately)"].contains(where: name.trimmed.hasSuffix) { return .privateMessage }
    // "From Name to Everyone": the last " to ", since a name may hold one.
    if isFrom, let to = lastRange(of: " to ", in: name) { name = name[..<to] }
    return .message(
      Cue(
        source: .chat, start: time, end: time, speaker: CompanionText.clean(name),
        text: CompanionText.clean(rest[colon...].dropFirst())))
  }

  private static func lastRange(of text: String, in whole: Substring) -> Substring.Index? {
    whole.indices.reversed().first { whole[$0...].hasPrefix(text) }
  }
}
