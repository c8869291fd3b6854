extension Cue {
  func moved(by seconds: Double) -> Cue {
    var cue = self
    cue.start += seconds
    cue.end += seconds
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
public func voiceName(_ index: Int) -> String {
  var (rest, letters) = (index + 1, "")
  while rest > 0 {
    rest -= 1
    letters = "\(UnicodeScalar(UInt8(65 + rest % 26)))" + letters
    rest /= 26
  }
  return "Voice \(letters)"
}

/// Gives those who speak and write the names that the report shows.
struct SpeakerNames {
  let pseudonyms: Bool

  /// With pseudonyms, "Voice A", "Voice B", … in order of first word.
  func named(_ cues: [Cue]) -> [Cue] {
    guard pseudonyms else { return cues }
    var known: [String: String] = [:]
    return cues.map { cue in
      guard !cue.speaker.isEmpty else { return cue }
      var cue = cue
      let name = known[cue.speaker] ?? voiceName(known.count)
      known[cue.speaker] = name
      cue.speaker = name
      return cue
    }
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
