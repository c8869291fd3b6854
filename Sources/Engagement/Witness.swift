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
  mutating func keep(_ seen: [Float], beyond distance: Double, by measure: Measure) {
    guard !seen.isEmpty else { return }
    if let nearest = difference(seen, .all, by: measure), nearest <= distance { return }
    kept = kept.suffix(Self.mostKept - 1) + [seen]
  }

  /// - Parameter bound: told in place of what lies above it.
  func difference(
    _ seen: [Float], _ memory: Memory, ifBelow bound: Double = .infinity, by measure: Measure
  ) -> Double? {
    var least = measure(seen, last, bound)
    func ask(_ known: [Float]) { if let most = least { least = measure(seen, known, most) ?? most } }
    if memory != .last { ask(usual) }
    if memory == .all { for known in kept { ask(known) } }
    return least
  }

  /// The difference of two, or the bound where it lies above.
  typealias Measure = (_ left: [Float], _ right: [Float], _ bound: Double) -> Double?
}
