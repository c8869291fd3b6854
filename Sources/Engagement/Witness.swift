/// One thing that tells whose a tile is: its picture, what stands in the picture's place, or its label. Knows what
/// was seen last, what is usual, and how it looked whenever it had to be asked.
struct Witness {
  private var last: [Float] = []
  private var usual: [Float] = []
  private var kept: [[Float]] = []

  /// How fast what is usual follows what is seen.
  private static let learning: Float = 0.1
  private static let mostKept = 4

  /// What is compared with.
  enum Memory {
    case last, usual, all
  }

  mutating func learn(_ seen: [Float]) {
    guard !seen.isEmpty else { return }
    last = seen
    usual = usual.count == seen.count ? zip(usual, seen).map { $0 + Self.learning * ($1 - $0) } : seen
  }

  /// Remembers for good what is further than `distance` from all that is known.
  mutating func keep(_ seen: [Float], beyond distance: Double, by measure: ([Float], [Float]) -> Double?) {
    guard !seen.isEmpty else { return }
    if let nearest = difference(seen, .all, by: measure), nearest <= distance { return }
    kept = kept.suffix(Self.mostKept - 1) + [seen]
  }

  func difference(_ seen: [Float], _ memory: Memory, by measure: ([Float], [Float]) -> Double?) -> Double? {
    switch memory {
    case .last: measure(seen, last)
    case .usual: [last, usual].compactMap { measure(seen, $0) }.min()
    case .all: ([last, usual] + kept).compactMap { measure(seen, $0) }.min()
    }
  }
}
