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

  @Test func `mixed targets still sum to 1`() throws {
    let source = try source("augmentation: {mixup: {probability: 1, alpha: 0.4}}")
    let batch = source.trainingBatch(0, epoch: 1, order: source.order(epoch: 1))
    #expect(abs(batch.targets.prefix(7).reduce(0, +) - 1) < 1e-5)
    #expect(batch.targets.prefix(7).filter { $0 > 0.001 }.count <= 2)
  }
}
