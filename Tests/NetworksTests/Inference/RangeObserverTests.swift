import Testing

@testable import Networks

@Suite struct RangeObserverTests {
  @Test(arguments: [.nan, .infinity] as [Float]) func numbersThatAreNotFiniteShowNoRange(_ value: Float)
    throws
  {
    var generator = SeededGenerator(seed: 1)
    let graph = Graph.single(
      .convolution(Window(kernel: [1, 1]), groups: 1), [1, 2, 2], parameters: [[1, 1, 1, 1]],
      using: &generator)
    var observer = RangeObserver(graph)
    let spoilt = try #require(Tensor(shape: [1, 1, 2, 2], values: [value, 0, 1, 2]))
    observer.observe([spoilt])
    #expect(observer.ranges.isEmpty)
    observer.observe([try #require(Tensor(shape: [1, 1, 2, 2], values: [0, 0, 1, 2]))])
    #expect(observer.ranges["in"] == 0...2)
  }
}
