/// Reads transcripts: WebVTT as Zoom, Teams and Meet write it, WebVTT in general, and SubRip.
public enum Transcript {
  /// Cues in order of time. Whatever is no cue (headers, notes, styles, numbers) is passed over.
  public static func cues(_ bytes: [UInt8]) -> [Cue] {
    let lines = CompanionText.lines(bytes)
    var cues: [Cue] = []
    var index = 0
    while index < lines.count, cues.count < CompanionText.mostEntries {
      guard let (start, end) = times(lines[index]) else {
        index += 1
        continue
      }
      index += 1
      let first = index
      while index < lines.count, !lines[index].trimmed.isEmpty, times(lines[index]) == nil { index += 1 }
      let raw = lines[first..<index].prefix(50).joined(separator: " ")
      let (speaker, text) = spoken(raw)
      guard !text.isEmpty else { continue }
      cues.append(
        Cue(source: .transcript, start: start, end: max(start, end), speaker: speaker, text: text))
    }
    return withNamesTaken(cues).sorted(by: Cue.inOrder)
  }

  /// The two times of a line like `00:00:02.000 --> 00:00:07.000 line:0`.
  private static func times(_ line: Substring) -> (Double, Double)? {
    guard line.count < 400, let arrow = line.range(of: "-->") else { return nil }
    let left = line[..<arrow.lowerBound].trimmed
    let right = line[arrow.upperBound...].trimmed.prefix { !$0.isWhitespace }
    guard let start = CompanionText.seconds(left[...]), let end = CompanionText.seconds(right) else {
      return nil
    }
    return (start, end)
  }

  /// Takes tags away, and the name out of WebVTT's voice tag `<v Name>`.
  private static func spoken(_ raw: String) -> (speaker: String, text: String) {
    var speaker = ""
    var text = ""
    var rest = raw.prefix(CompanionText.longestEntry)
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      guard let close = rest[open...].firstIndex(of: ">") else {
        // No tag closes any more; looking again from each `<` would take the square of their number.
        rest = Substring(rest[open...].filter { $0 != "<" })
        break
      }
      let tag = rest[rest.index(after: open)..<close]
      if speaker.isEmpty, tag.hasPrefix("v"), let space = tag.firstIndex(where: \.isWhitespace) {
        speaker = CompanionText.clean(unescaped(String(tag[space...])))
      }
      rest = rest[close...].dropFirst()
    }
    text += rest
    return (speaker, CompanionText.clean(unescaped(text)))
  }

  private static func unescaped(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = text
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&quot;", "\""),
      ("&amp;", "&"),
    ] {
      result = result.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return result
  }

  /// Zoom writes `Name: words`. Taken for names only where most cues have one, so that "Note: …" stays said.
  private static func withNamesTaken(_ cues: [Cue]) -> [Cue] {
    let split = cues.map { $0.speaker.isEmpty ? prefixed($0.text) : nil }
    guard split.count(where: { $0 != nil }) * 2 > cues.count else { return cues }
    return zip(cues, split).map { cue, parts in
      guard let parts else { return cue }
      return Cue(
        source: cue.source, start: cue.start, end: cue.end, speaker: parts.speaker, text: parts.text)
    }
  }

  private static func prefixed(_ text: String) -> (speaker: String, text: String)? {
    guard let colon = text.prefix(80).range(of: ": ") else { return nil }
    let name = text[..<colon.lowerBound]
    let words = text[colon.upperBound...].trimmed
    guard !name.isEmpty, !words.isEmpty, !name.contains(where: { ".?!,;".contains($0) }) else { return nil }
    return (name.trimmed, words)
  }
}

extension StringProtocol {
  /// The first place where a short ASCII text stands.
  func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
