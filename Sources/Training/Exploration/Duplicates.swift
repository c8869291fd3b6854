import enum Vocabulary.Expression

/// Faces that occur more than once.
struct Duplicates: Sendable {
  struct Row: Sendable {
    var line: Int
    var expression: Expression
    var split: Split
    var hash: PictureHash
  }

  struct Pair: Hashable, Sendable {
    var first: Int
    var second: Int
  }

  /// Signs of 256 that may differ between near duplicates.
  static let nearDistance = 10
  /// Above this many rows near duplicates are not looked for, since every pair is compared.
  static let nearLimit = 100_000

  private(set) var rows: [Row] = []
  private var firstByHash: [UInt64: Int] = [:]
  /// Indices of rows: an earlier face and one with the same pixels.
  private(set) var exact: [Pair] = []

  mutating func add(_ row: Row) {
    let index = rows.count
    rows.append(row)
    if let first = firstByHash[row.hash.exact] {
      exact.append(Pair(first: first, second: index))
    } else {
      firstByHash[row.hash.exact] = index
    }
  }

  /// Pairs that are alike and not the same, in the order of their lines.
  ///
  /// - Parameter blank: rows of one gray level, which are all alike and left out.
  func near(without blank: Set<Int>) -> [Pair] {
    let unique = firstByHash.values.sorted().filter { !blank.contains($0) }
    guard unique.count <= Self.nearLimit else { return [] }
    let hashes = unique.map { rows[$0].hash }
    var pairs: [Pair] = []
    for (position, hash) in hashes.enumerated() {
      for other in position + 1..<max(position + 1, hashes.count)
      where hash.distance(to: hashes[other]) <= Self.nearDistance {
        pairs.append(Pair(first: unique[position], second: unique[other]))
      }
    }
    return pairs
  }

  func isAcrossSplits(_ pair: Pair) -> Bool { rows[pair.first].split != rows[pair.second].split }

  func disagrees(_ pair: Pair) -> Bool { rows[pair.first].expression != rows[pair.second].expression }
}
