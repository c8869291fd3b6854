import Testing

@testable import Engagement

@Suite struct AssignmentTests {
  private func cost(_ costs: [[Double]], _ columns: [Int]) -> Double {
    zip(costs, columns).reduce(0) { $0 + $1.0[$1.1] }
  }

  /// The least sum over all ways to give each row a column of its own.
  private func least(_ costs: ArraySlice<[Double]>, without taken: Set<Int> = []) -> Double {
    guard let row = costs.first else { return 0 }
    return row.indices.filter { !taken.contains($0) }
      .map { row[$0] + least(costs.dropFirst(), without: taken.union([$0])) }.min() ?? .infinity
  }

  @Test func `the cheapest cell is left where it makes the whole dearer`() {
    #expect(cheapestAssignment([[1, 2], [2, 100]]) == [1, 0])
    #expect(cheapestAssignment([[-5, 0, 9], [-6, -5, 9]]) == [0, 1])
    #expect(cheapestAssignment([[3, 1, 2]]) == [1])
  }

  @Test(arguments: 0..<40) func `no other assignment is cheaper`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let rows = 1 + generator.index(below: 5)
    let columns = rows + generator.index(below: 3)
    // Few different costs, so that there are ties.
    let costs = (0..<rows).map { _ in (0..<columns).map { _ in Double(generator.index(below: 9)) - 3 } }
    let found = cheapestAssignment(costs)
    #expect(found.count == rows && Set(found).count == rows)
    #expect(cost(costs, found) == least(costs[...]), "\(costs)")
  }

  @Test func `a matrix with more rows than columns, or with ragged ones, has none`() {
    #expect(cheapestAssignment([]).isEmpty && cheapestAssignment([[]]).isEmpty)
    #expect(cheapestAssignment([[1], [2]]).isEmpty && cheapestAssignment([[1, 2], [3]]).isEmpty)
  }
}
