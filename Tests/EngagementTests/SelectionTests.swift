import Testing

@testable import Engagement

@Suite struct SelectionTests {
  @Test(arguments: [1, 2, 3, 17, 100, 257]) func theSmallestComeFirst(size: Int) {
    var generator = SplitMix64(seed: 1)
    for kept in Set([1, size / 2, size * 4 / 5, size]).filter({ $0 > 0 }) {
      // Few different numbers, so that many are equal.
      var numbers = (0..<size).map { _ in Float(Int.random(in: 0..<40, using: &generator)) }
      let sorted = numbers.sorted()
      numbers.withUnsafeMutableBufferPointer { $0.putSmallestFirst(kept) }
      #expect(numbers[..<kept].sorted() == Array(sorted[..<kept]))
      #expect(numbers.sorted() == sorted)
    }
  }
}
