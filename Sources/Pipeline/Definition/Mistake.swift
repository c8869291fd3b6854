/// One mistake in a pipeline file or on the command line.
public struct Mistake: Hashable, Sendable {
  /// Counted from one; `nil` on the command line.
  public let line: Int?
  public let message: String
  /// Where it is, if not in the definition's file.
  public var place: String?

  public init(line: Int?, message: String, place: String? = nil) {
    (self.line, self.message, self.place) = (line, message, place)
  }

  static func ofCommandLine(_ message: String) -> Mistake {
    Mistake(line: nil, message: message, place: "command line")
  }
}

/// All mistakes of a definition at once, found before any frame is read.
public struct DefinitionError: Error, CustomStringConvertible {
  /// The file, or `command line`.
  public let file: String
  public let mistakes: [Mistake]

  /// One line a mistake: `file:line: message`.
  public var description: String {
    mistakes.map { mistake in
      guard let line = mistake.line else { return "\(mistake.place ?? file): \(mistake.message)" }
      return "\(file):\(line): \(mistake.message)"
    }.joined(separator: "\n")
  }
}

/// The name nearest to a mistyped one; `nil` where none is near.
func nearest(to word: String, among names: some Sequence<String>) -> String? {
  let near = names.map { (name: $0, distance: typingDistance(word, $0)) }.min { $0.distance < $1.distance }
  guard let near, near.distance <= max(2, word.count / 3) else { return nil }
  return near.name
}

/// Insertions, deletions, substitutions and, as fingers make them, swaps of neighbours between two words (optimal string
/// alignment).
func typingDistance(_ left: String, _ right: String) -> Int {
  let (a, b) = (Array(left.prefix(100)), Array(right.prefix(100)))
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var rows = [Array(0...b.count)]
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      let substitution = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var best = min(substitution, rows[i - 1][j] + 1, row[j - 1] + 1)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
