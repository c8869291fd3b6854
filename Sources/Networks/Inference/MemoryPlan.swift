/// Places for values in one block of memory, so that values which are never needed at once share room.
struct MemoryPlan {
  /// When a value comes to be and when it is last read, as positions in the order of execution.
  struct Lifetime {
    var byteCount: Int
    var first: Int
    var last: Int
  }

  static let alignment = 64

  private(set) var offsets: [Int]
  private(set) var byteCount = 0

  /// Greedy by size (Pisarchyk and Lee 2020): the largest first, each into the lowest gap between those that
  /// live at the same time.
  init(_ lifetimes: [Lifetime]) {
    offsets = Array(repeating: 0, count: lifetimes.count)
    var placed: [Int] = []
    let order = lifetimes.indices.sorted {
      (lifetimes[$1].byteCount, $0) < (lifetimes[$0].byteCount, $1)
    }
    for index in order {
      let value = lifetimes[index]
      let size = Self.aligned(value.byteCount)
      let neighbours = placed.filter {
        lifetimes[$0].first <= value.last && value.first <= lifetimes[$0].last
      }
      var offset = 0
      for neighbour in neighbours.sorted(by: { offsets[$0] < offsets[$1] }) {
        if offset + size <= offsets[neighbour] { break }
        offset = max(offset, offsets[neighbour] + Self.aligned(lifetimes[neighbour].byteCount))
      }
      offsets[index] = offset
      byteCount = max(byteCount, offset + size)
      placed.append(index)
    }
  }

  private static func aligned(_ byteCount: Int) -> Int {
    (byteCount + alignment - 1) / alignment * alignment
  }
}
