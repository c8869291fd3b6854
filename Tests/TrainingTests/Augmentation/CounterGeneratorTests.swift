import Testing

@testable import Training

@Suite struct CounterGeneratorTests {
  @Test func `the same place gives the same numbers, another place others`() {
    func first(_ epoch: Int, _ index: Int) -> UInt64 {
      var generator = CounterGenerator(seed: 1, stream: .augmentation, epoch: epoch, index: index)
      return generator.next()
    }
    #expect(first(2, 3) == first(2, 3))
    #expect(Set([first(2, 3), first(3, 2), first(2, 4), first(1, 3)]).count == 4)
  }

  @Test func `normal numbers have mean 0 and variance 1`() {
    var generator = CounterGenerator(seed: 5, stream: .initialization)
    let draws = (0..<20_000).map { _ in Double(generator.normal()) }
    let mean = draws.reduce(0, +) / Double(draws.count)
    let variance = draws.reduce(0) { $0 + $1 * $1 } / Double(draws.count)
    #expect(abs(mean) < 0.03)
    #expect(abs(variance - 1) < 0.05)
  }

  @Test func `whole numbers stay below their bound and reach it`() {
    var generator = CounterGenerator(seed: 5, stream: .mixing)
    #expect(Set((0..<200).map { _ in generator.index(below: 4) }) == [0, 1, 2, 3])
  }
}
