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

  /// Zoom writes `Name: words`. Where most cues begin like that, all such beginnings are names; where fewer do (some
  /// programs name only who begins to speak), those that come again and look like names. "Note: …" stays said.
  private static func withNamesTaken(_ cues: [Cue]) -> [Cue] {
    let split = cues.map { $0.speaker.isEmpty ? prefixed($0.text) : nil }
    let found = split.compactMap { $0?.speaker }
    let areAllNames = found.count * 2 > cues.count
    let names = areAllNames ? Set(found) : recurringNames(found, in: cues.count)
    return zip(cues, split).map { cue, parts in
      guard let parts, names.contains(parts.speaker) else { return cue }
      return Cue(
        source: cue.source, start: cue.start, end: cue.end, speaker: parts.speaker, text: parts.text)
    }
  }

  /// What stands before several cues and is written as names are; none where all of them together are few.
  private static func recurringNames(_ beginnings: [String], in cues: Int) -> Set<String> {
    let counts = beginnings.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let likely = counts.filter { name, count in
      count >= 2 && name.split(separator: " ").count(where: { $0.first?.isUppercase ?? false }) >= 2
    }
    return likely.values.reduce(0, +) * 10 >= cues ? Set(likely.keys) : []
  }

  /// "Prof. Dr. Okoye: words", "Ruiz, Ana: words".
  private static func prefixed(_ text: String) -> (speaker: String, text: String)? {
    guard let colon = text.prefix(80).range(of: ": ") else { return nil }
    let name = text[..<colon.lowerBound]
    let words = text[colon.upperBound...].trimmed
    guard !name.isEmpty, !words.isEmpty, !name.contains(where: { "?!;".contains($0) }),
      name.split(separator: " ").count <= 8
    else { return nil }
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
