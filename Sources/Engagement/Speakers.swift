extension Cue {
  public func moved(by seconds: Double) -> Cue {
    var cue = self
    cue.start += seconds
    cue.end += seconds
    return cue
  }

  /// The same, said by whom `names` has in the speaker's place; by nobody where it has none.
  public func renamed(_ names: [String: String]) -> Cue {
    var cue = self
    cue.speaker = names[speaker] ?? ""
    return cue
  }

  static func inOrder(_ left: Cue, _ right: Cue) -> Bool {
    (left.start, left.source.rawValue, left.text) < (right.start, right.source.rawValue, right.text)
  }
}

/// "Voice A", "Voice B", …, after "Voice Z" "Voice AA": letters, since participants have numbers, and which voice
/// is whose is not known.
///
/// - Parameter index: counted from zero.
func voiceName(_ index: Int) -> String {
  var (rest, letters) = (index + 1, "")
  while rest > 0 {
    rest -= 1
    letters = "\(UnicodeScalar(UInt8(65 + rest % 26)))" + letters
    rest /= 26
  }
  return "Voice \(letters)"
}

/// What the report calls each speaker where it does not name them: ``voiceName(_:)`` in order of first word.
///
/// Whoever only wrote before the recording began comes last: the report leaves that out.
///
/// - Parameter chatOffset: seconds from where the chat's clock starts to where the recording's does.
public func voiceNames(of cues: [Cue], chatOffset: Double = 0) -> [String: String] {
  func isEarly(_ cue: Cue) -> Bool { cue.source == .chat && cue.start < 0 }
  let cues = cues.map { $0.source == .chat ? $0.moved(by: -chatOffset) : $0 }.sorted(by: Cue.inOrder)
  var names: [String: String] = [:]
  for cue in cues.filter({ !isEarly($0) }) + cues.filter(isEarly)
  where !cue.speaker.isEmpty && names[cue.speaker] == nil {
    names[cue.speaker] = voiceName(names.count)
  }
  return names
}

/// Gives those who speak and write the names that the report shows.
struct SpeakerNames {
  let pseudonyms: Bool

  /// - Parameter cues: on the recording's clock.
  func named(_ cues: [Cue]) -> [Cue] {
    guard pseudonyms else { return cues }
    let names = voiceNames(of: cues)
    return cues.map { $0.renamed(names) }
  }
}

/// A name as it was read from a label, in the spelling of the roster where one is close enough.
func spelled(_ read: String, like roster: [String]) -> String {
  let nearest = roster.map { (name: $0, distance: editDistance(read.lowercased(), $0.lowercased())) }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
  guard let nearest, nearest.distance * 3 <= max(3, nearest.name.count) else { return read }
  return nearest.name
}

/// Levenshtein's distance, on at most 100 characters of each.
func editDistance(_ left: String, _ right: String) -> Int {
  let (left, right) = (Array(left.prefix(100)), Array(right.prefix(100)))
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let substituted = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}
