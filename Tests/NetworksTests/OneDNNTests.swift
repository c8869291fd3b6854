import Testing

@testable import Networks

@Suite struct OneDNNTests {
  let processor: Processor

  init() throws { processor = try Processor() }

  @Test func reorderingThereAndBackKeepsEveryValue() throws {
    let values = (0..<2 * 3 * 4 * 5).map(Float.init)
    let plain = try Memory(Layout([2, 3, 4, 5]), on: processor)
    let blocked = try Memory(Layout([2, 3, 4, 5], .float32, .channelsLast), on: processor)
    let back = try Memory(Layout([2, 3, 4, 5]), on: processor)
    _ = plain.floats.update(fromContentsOf: values)
    try Primitive.reorder(plain, to: blocked, on: processor).run()
    try Primitive.reorder(blocked, to: back, on: processor).run()
    #expect(Array(back.floats) == values)
    #expect(Array(blocked.floats.prefix(3)) == [0, 20, 40])
  }

  @Test func aConvolutionOfOnesCountsTheNeighbours() throws {
    let source = try Memory(Layout([1, 1, 3, 3]), on: processor)
    let weights = try Memory(Layout([1, 1, 3, 3]), on: processor)
    let destination = try Memory(Layout([1, 1, 3, 3]), on: processor)
    source.floats.update(repeating: 1)
    weights.floats.update(repeating: 1)
    let description = try PrimitiveDescription.convolution(
      source: source.layout, weights: weights.layout, bias: nil, destination: destination.layout,
      window: SlidingWindow(Window(kernel: [3, 3], pads: [1, 1, 1, 1])), training: false,
      attributes: Attributes([.activation(.clip(low: 0, high: 8))]), on: processor)
    let primitive = try Primitive(
      description, [.source: source, .weights: weights, .destination: destination], on: processor)
    try primitive.run()
    #expect(Array(destination.floats) == [4, 6, 4, 6, 8, 6, 4, 6, 4])
  }

  @Test func aRefusalNamesTheCallAndTheReason() throws {
    let error = #expect(throws: NetworksError.self) {
      try PrimitiveDescription.binary(
        .add, Layout([2, 3]), Layout([4, 5]), destination: Layout([2, 3]), on: processor)
    }
    #expect(error?.description.contains("binary") == true)
  }
}
