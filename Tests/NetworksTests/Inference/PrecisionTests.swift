import Foundation
import Networks
import Testing

/// What ships answers in its faster forms nearly as in float32.
@Suite struct PrecisionTests {
  @Test(arguments: Shipped.all, [InferenceForm.Precision.int8, .bfloat16])
  func `fewer bits change the answers of what ships by little`(
    shipped: Shipped, precision: InferenceForm.Precision
  ) throws {
    let graph = try ONNXReader.read(contentsOf: shipped.file)
    #expect(!graph.ranges.isEmpty)
    let tensor = try #require(Tensor(shape: shipped.shape, values: picture(shipped.shape)))
    let exact = try Network(graph).run(tensor)
    let fast = try Network(graph, InferenceForm(precision)).run(tensor)
    for (name, (exact, fast)) in zip(graph.outputs, zip(exact, fast)) {
      let error = zip(exact.values, fast.values).reduce(0) { $0 + pow(Double($1.0 - $1.1), 2) }
      let size = exact.values.reduce(0) { $0 + pow(Double($1), 2) }
      #expect((error / size).squareRoot() < (precision == .int8 ? 0.08 : 0.02), "\(name)")
    }
  }

  /// Soft light from one side, from 0 to 1, in every channel.
  private func picture(_ shape: [Int]) -> [Float] {
    let (height, width) = (shape[2], shape[3])
    return (0..<shape.reduce(1, *)).map { index in
      let (x, y) = (Float(index % width), Float(index / width % height))
      return 0.5 + 0.3 * sin(x / 7) * cos(y / 5) + 0.2 * (x / Float(width) - 0.5)
    }
  }
}
