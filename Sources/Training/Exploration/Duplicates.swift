import enum Vocabulary.Expression

/// Faces that occur more than once.
struct Duplicates: Sendable {
  struct Row: Sendable {
    var line: Int
    var expression: Expression
    var split: Split
    var hash: PictureHash
  }

  /// Indices of rows that show one face, in the order of their lines.
  typealias Group = [Int]

  /// Signs of 256 that may differ between near duplicates.
  static let nearDistance = 10
  /// Above this many faces near duplicates are not looked for, since every pair is compared.
  static let nearLimit = 100_000

  private(set) var rows: [Row] = []
  private var firstByHash: [UInt64: Int] = [:]
  /// By the index of the first.
  private var copies: [Int: Group] = [:]

  mutating func add(_ row: Row) {
    let index = rows.count
    rows.append(row)
    if let first = firstByHash[row.hash.exact] {
      copies[first, default: []].append(index)
    } else {
      firstByHash[row.hash.exact] = index
    }
  }

  /// Faces with the same pixels.
  ///
  /// - Parameter blank: rows of one gray level, which are all alike and left out.
  func exact(without blank: Set<Int>) -> [Group] {
    copies.filter { !blank.contains($0.key) }.sorted { $0.key < $1.key }.map { [$0.key] + $0.value }
  }

  /// Pairs that are alike and not the same; of those with the same pixels the first alone is compared.
  ///
  /// - Returns: `nil` where there are too many to look for.
  func near(without blank: Set<Int>) -> [Group]? {
    let unique = firstByHash.values.sorted().filter { !blank.contains($0) }
    guard unique.count <= Self.nearLimit else { return nil }
    let hashes = unique.map { rows[$0].hash }
    var pairs: [Group] = []
    for (position, hash) in hashes.enumerated() {
      for other in position + 1..<max(position + 1, hashes.count)
      where hash.distance(to: hashes[other]) <= Self.nearDistance {
        pairs.append([unique[position], unique[other]])
      }
    }
    return pairs
  }

  func isAcrossSplits(_ group: Group) -> Bool { Set(group.map { rows[$0].split }).count > 1 }

  func disagrees(_ group: Group) -> Bool { Set(group.map { rows[$0].expression }).count > 1 }
}
