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

  /// (seconds from the start of a minute, length, who as a place in the class, text)
  private static let script: [(from: Int, length: Int, speaker: Int, text: String)] = [
    (1, 5, 0, "Good morning. Today we follow a compiler from text to a running program."),
    (7, 4, 0, "First it cuts the text into words. That part is called the lexer."),
    (12, 3, 3, "So it is a reader that does not understand anything yet?"),
    (16, 4, 0, "Exactly. It knows letters, not meaning."),
    (21, 4, 0, "Now look at this: the same words, and a completely different tree."),
    (26, 3, 1, "Wait, why does the minus bind on the left?"),
    (30, 5, 0, "Here comes the hard part. A grammar with left recursion never ends for this parser."),
    (36, 4, 0, "So we rewrite the rule. It looks odd, and it works."),
    (41, 3, 4, "Oh, it is just a loop!"),
    (45, 4, 0, "And with one more change it parses ten times faster."),
    (50, 4, 0, "Please try it at home with your own little language."),
    (55, 4, 0, "That is all for today. Thank you, and see you on Monday."),
  ]

  private static let messages: [(time: Int, sender: Int, text: String)] = [
    (9, 2, "is there a book for this?"),
    (28, 4, "why left?"),
    (33, 1, "lost at left recursion"),
    (34, 3, "same here"),
    (43, 5, "ahh a loop, nice"),
    (57, 2, "thanks!"),
  ]

  static func name(_ person: Int) -> String {
    let first = firstNames[person % firstNames.count]
    let last = lastNames[(person * 7 + person / firstNames.count) % lastNames.count]
    return "\(first) \(last)"
  }

  /// The minute's script again and again until the lecture ends.
  mutating func addWords() {
    for minute in 0...(seconds / 60) {
      lines += Lecture.script.map {
        Line(
          speaker: $0.speaker % attendees.count, from: minute * 60 + $0.from,
          to: minute * 60 + $0.from + $0.length, text: $0.text)
      }
      chat += Lecture.messages.map {
        Message(sender: $0.sender % attendees.count, time: minute * 60 + $0.time, text: $0.text)
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
