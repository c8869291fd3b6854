/// Something that was said or written.
public struct Cue: Hashable, Sendable, Codable {
  public enum Source: String, Sendable, Codable { case transcript, chat }
  public var source: Source
  /// Seconds on the recording's clock; a chat line ends when it starts.
  public var start: Double
  public var end: Double
  /// Empty where nobody is named.
  public var speaker: String
  public var text: String

  public init(source: Source, start: Double, end: Double, speaker: String, text: String) {
    self.source = source
    self.start = start
    self.end = end
    self.speaker = speaker
    self.text = text
  }
}

/// What lies beside a recording and says more about it. Everything is optional.
public struct Companions: Sendable {
  /// On the recording's clock.
  public var transcript: [Cue]
  /// On the session's clock; ``SummarySettings/chatOffset`` brings it to the recording's.
  public var chat: [Cue]
  /// Names of those who took part, as the meeting wrote them.
  public var roster: [String]
  /// What the user said about participants; applied after they were found.
  public var decisions: [ParticipantDecision]

  public init(
    transcript: [Cue] = [], chat: [Cue] = [], roster: [String] = [],
    decisions: [ParticipantDecision] = []
  ) {
    self.transcript = transcript
    self.chat = chat
    self.roster = roster
    self.decisions = decisions
  }
}

extension Companions {
  /// Spellings of names: those of the roster, then of those who spoke or wrote.
  var names: [String] {
    var seen = Set<String>()
    return (roster + (transcript + chat).map(\.speaker)).filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}
