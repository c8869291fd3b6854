import Testing
import Vocabulary

@testable import Training

@Suite struct BatchSourceTests {
  private func source(_ extra: String = "") throws -> BatchSource {
    let text = """
      epochs: 1
      batch_size: 2
      network: {layers: [flatten, dense: 7]}
      normalization: {mean: 0.5, deviation: 0.25}
      optimizer: {learning_rate: 0.1}
      \(extra)
      """
    var faces = FaceSet()
    for value in 0..<5 {
      faces.append(
        Face(
          expression: Expression(rawValue: value) ?? .neutral, split: .training,
          pixels: Array(repeating: UInt8(value * 51), count: Face.pixelCount)))
    }
    return BatchSource(faces: faces, recipe: try Recipe(text: text, path: "test.yaml"))
  }

  @Test func `an epoch visits each face once, in an order of its own`() throws {
    let source = try source()
    #expect(source.batchesPerEpoch == 2)
    #expect(source.order(epoch: 1).sorted() == [0, 1, 2, 3, 4])
    #expect((1...5).contains { source.order(epoch: $0) != source.order(epoch: $0 + 1) })
  }

  @Test func `pictures are normalised`() throws {
    let batch = try source().plainBatch(0..<2)
    // 0 → (0 - 0.5) / 0.25; 51 → (0.2 - 0.5) / 0.25.
    #expect(batch.images.first == -2)
    #expect(abs((batch.images.last ?? 0) - -1.2) < 1e-5)
    #expect(batch.targets[8] == 1)
  }

  @Test func `a batch is a function of its place`() throws {
    let source = try source(
      "augmentation: {rotation: 20, brightness: 0.2, mixup: {probability: 1, alpha: 0.4}}")
    let order = source.order(epoch: 3)
    #expect(
      source.trainingBatch(1, epoch: 3, order: order).images
        == source.trainingBatch(1, epoch: 3, order: order).images)
    #expect(
      source.trainingBatch(1, epoch: 3, order: order).images
        != source.trainingBatch(1, epoch: 4, order: order).images)
  }

  @Test func `mixed targets still sum to 1, and tell the shares of the mixed pictures`() throws {
    let source = try source("augmentation: {mixup: {probability: 1, alpha: 0.4}}")
    var counts: [Int] = []
    for position in 0..<source.batchesPerEpoch {
      let batch = source.trainingBatch(position, epoch: 1, order: source.order(epoch: 1))
      for row in 0..<batch.count {
        let target = batch.targets[row * 7..<row * 7 + 7]
        #expect(abs(target.reduce(0, +) - 1) < 1e-5)
        counts.append(target.count { $0 > 0.001 })
        // The faces of expression number n have the level n / 5 of white.
        let level = target.enumerated().reduce(0) { $0 + Float($1.offset) / 5 * $1.element }
        #expect(abs(batch.images[row * Face.pixelCount] - (level - 0.5) / 0.25) < 1e-4)
      }
    }
    // A face that is its own partner keeps its one expression.
    #expect(counts.allSatisfy { (1...2).contains($0) } && counts.contains(2))
  }

  @Test(arguments: [0.4, 1, 2] as [Float])
  func `mixup's share has its distribution's variance`(alpha: Float) {
    var generator = CounterGenerator(seed: 1, stream: .mixing)
    let shares = (0..<20_000).map { _ in Double(generator.beta(alpha)) }
    let mean = shares.reduce(0, +) / Double(shares.count)
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count)
    #expect(abs(mean - 0.5) < 0.01)
    #expect(abs(variance - 1 / (4 * (2 * Double(alpha) + 1))) < 0.005)
  }
}
