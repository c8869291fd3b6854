/// What is said and written in the invented lecture.
extension Lecture {
  private static let firstNames = [
    "Mara", "Jonas", "Aiko", "Tomas", "Leila", "Pedro", "Nadia", "Viktor", "Zoe", "Samuel", "Ines",
    "Rafael", "Greta", "Omar", "Lucia", "Kofi", "Elena", "Hugo", "Priya", "Anton", "Dalia", "Felix",
    "Yuna", "Bruno", "Sofia",
  ]
  private static let lastNames = [
    "Lindqvist", "Weber", "Tanaka", "Horvat", "Amiri", "Costa", "Petrova", "Olsen", "Martin", "Adeyemi",
    "Ferrer", "Quint", "Holm", "Farouk", "Bianchi", "Mensah", "Popova", "Laurent", "Nair", "Keller",
  ]

  /// The script begins again after this many seconds.
  private static let scriptLength = 130

  /// (seconds from the script's start, length, who as a place in the class, text)
  private static let script: [(from: Int, length: Int, speaker: Int, text: String)] = [
    (1, 5, 0, "Good morning. Today we follow a compiler from text to a running program."),
    (7, 4, 0, "First it cuts the text into words. That part is called the lexer."),
    (12, 3, 3, "So it is a reader that does not understand anything yet?"),
    (16, 4, 0, "Exactly. It knows letters, not meaning."),
    (21, 5, 0, "Then the parser builds a tree of the words, and the tree is what we mean."),
    (27, 4, 0, "Now look at this: the same words, and a completely different tree."),
    (33, 3, 1, "Wait, why does the minus bind on the left?"),
    (37, 6, 0, "Good question. We read from the left, so the first minus takes what it finds."),
    (44, 5, 0, "Try it: eight minus three minus two is three, and not seven."),
    (50, 3, 4, "Oh, so the tree decides, not the text!"),
    (54, 6, 0, "Precisely. We write that down as rules, one rule for each kind of tree."),
    (62, 6, 0, "A rule may name itself. So a few rules are enough for programs of any length."),
    (70, 6, 0, "Here comes the hard part. A grammar with left recursion never ends for this parser."),
    (77, 6, 0, "Let A be a nonterminal with the productions A alpha and beta, where alpha is not empty."),
    (84, 6, 0, "Replace them by beta A prime, and A prime by alpha A prime or the empty word."),
    (91, 6, 0, "By induction over the derivation's length, both grammars generate the same language."),
    (98, 6, 0, "The same holds for indirect left recursion, once the nonterminals are ordered."),
    (107, 3, 4, "Is that just a loop?"),
    (111, 4, 0, "Yes! Take one, and while there is a minus, take another."),
    (116, 4, 0, "With that one change it parses ten times faster."),
    (121, 4, 0, "Please try it at home with your own little language."),
    (126, 3, 0, "Thank you, and see you on Monday."),
  ]

  private static let messages: [(time: Int, sender: Int, text: String)] = [
    (9, 2, "is there a book for this?"),
    (35, 4, "why left?"),
    (79, 1, "lost at left recursion"),
    (82, 3, "same here"),
    (89, 5, "what is alpha?"),
    (94, 4, "no idea"),
    (113, 5, "ahh a loop, nice"),
    (127, 3, "thanks!"),
  ]

  /// Where the script loses its class: few look up, and hardly a face shows anything.
  static let hardPart = 72..<107

  static func name(_ person: Int) -> String {
    let first = firstNames[person % firstNames.count]
    let last = lastNames[(person * 7 + person / firstNames.count) % lastNames.count]
    return "\(first) \(last)"
  }

  /// The script again and again until the lecture ends.
  mutating func addWords() {
    for start in stride(from: 0, to: seconds, by: Lecture.scriptLength) {
      lines += Lecture.script.map {
        Line(
          speaker: $0.speaker % attendees.count, from: start + $0.from,
          to: start + $0.from + $0.length, text: $0.text)
      }
      chat += Lecture.messages.map {
        Message(sender: $0.sender % attendees.count, time: start + $0.time, text: $0.text)
      }
    }
    lines.removeAll { $0.to > seconds }
    chat.removeAll { $0.time >= seconds }
  }

  /// The lecture's words as WebVTT, as Zoom writes it: the clock starts with the recording.
  public var transcript: String {
    let cues = lines.enumerated().map { number, line in
      """
      \(number + 1)
      \(Lecture.clock(line.from)).000 --> \(Lecture.clock(line.to)).000
      \(attendees[line.speaker].name): \(line.text)

      """
    }
    return "WEBVTT\n\n" + cues.joined(separator: "\n")
  }

  /// The chat as Zoom saves it: the clock starts with the meeting, `meetingLead` before the recording.
  public var savedChat: String {
    chat.map { "\(Lecture.clock($0.time + meetingLead))\t\(attendees[$0.sender].name):\t\($0.text)\n" }
      .joined()
  }

  private static func clock(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":")
  }
}
