import Foundation
import enum Vocabulary.Expression

/// Pictures and targets as a training step takes them.
struct Batch: Sendable {
  /// `[count, 1, 48, 48]`, normalised.
  var images: [Float]
  /// `[count, 7]` or, where the network has two answers, `[count, 14]`; each seven sum to 1.
  var targets: [Float]
  /// The pictures' own labels, for accuracy.
  var labels: [Expression]
  /// FER+'s majorities, where there is one.
  var majorities: [Expression?]

  var count: Int { labels.count }

  /// `[rows, 7]`: what one answer of the network should be; zeros, which count nothing, beyond the pictures.
  func targets(of output: Int, rows: Int) -> [Float] {
    let classes = Expression.allCases.count
    let width = targets.count / max(1, count)
    var given: [Float] = []
    for row in 0..<count {
      let start = row * width + output * classes
      given += targets[start..<start + classes]
    }
    return given + [Float](repeating: 0, count: (rows - count) * classes)
  }
}

/// Cuts a set of faces into batches: shuffled and varied for training. Every batch is a pure function of
/// seed, epoch and position, so batches can be made ahead, on any thread.
struct BatchSource: Sendable {
  let faces: FaceSet
  let recipe: Recipe

  /// Training uses whole batches only, since a network's memory is planned for one size; the rest of each
  /// shuffle is left out, another one every epoch.
  var batchesPerEpoch: Int { faces.count / recipe.batchSize }

  /// The order of the faces in an epoch.
  func order(epoch: Int) -> [Int] {
    var generator = CounterGenerator(seed: recipe.seed, stream: .shuffle, epoch: epoch)
    return Array(0..<faces.count).shuffled(using: &generator)
  }

  /// - Parameter order: `order(epoch:)` of the same epoch.
  func trainingBatch(_ position: Int, epoch: Int, order: [Int]) -> Batch {
    let start = position * recipe.batchSize
    let indices = order[start..<min(start + recipe.batchSize, order.count)]
    return batch(Array(indices)) { index, picture, target in
      augment(index, epoch: epoch, picture: picture, target: target)
    }
  }

  /// The faces `range` as they are.
  func plainBatch(_ range: Range<Int>) -> Batch {
    batch(Array(range)) { index, picture, target in
      for (offset, pixel) in faces.pixels(of: index).enumerated() { picture[offset] = Float(pixel) }
      write(targets(of: index), to: target)
    }
  }

  private func targets(of index: Int) -> [Float] {
    let (label, votes) = (faces.labels[index], faces.votes[index])
    let answer = recipe.targets.distribution(label: label, votes: votes)
    guard recipe.network.answersVotes else { return answer }
    return answer + recipe.targets.voteDistribution(label: label, votes: votes)
  }

  private func batch(
    _ indices: [Int],
    _ fill: (Int, UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> Batch {
    let width = Expression.allCases.count * (recipe.network.answersVotes ? 2 : 1)
    var batch = Batch(
      images: Array(repeating: 0, count: indices.count * Face.pixelCount),
      targets: Array(repeating: 0, count: indices.count * width), labels: indices.map { faces.labels[$0] },
      majorities: indices.map { faces.votes[$0]?.majority })
    let scale = 1 / (255 * recipe.normalization.deviation)
    let shift = -recipe.normalization.mean / recipe.normalization.deviation
    batch.images.withUnsafeMutableBufferPointer { images in
      batch.targets.withUnsafeMutableBufferPointer { targets in
        for (slot, index) in indices.enumerated() {
          let picture = UnsafeMutableBufferPointer(
            rebasing: images[slot * Face.pixelCount..<(slot + 1) * Face.pixelCount])
          let target = UnsafeMutableBufferPointer(rebasing: targets[slot * width..<(slot + 1) * width])
          fill(index, picture, target)
          for offset in picture.indices { picture[offset] = picture[offset] * scale + shift }
        }
      }
    }
    return batch
  }

  private func augment(
    _ index: Int, epoch: Int, picture: UnsafeMutableBufferPointer<Float>,
    target: UnsafeMutableBufferPointer<Float>
  ) {
    var generator = CounterGenerator(seed: recipe.seed, stream: .augmentation, epoch: epoch, index: index)
    vary(index, into: picture, using: &generator)
    write(targets(of: index), to: target)
    guard let mixup = recipe.augmentation.mixup else { return }
    var mixing = CounterGenerator(seed: recipe.seed, stream: .mixing, epoch: epoch, index: index)
    guard mixing.uniform() < mixup.probability else { return }
    blend(
      with: mixing.index(below: faces.count), share: mixing.beta(mixup.alpha), picture, target, using: &mixing
    )
  }

  private func blend(
    with partner: Int, share: Float, _ picture: UnsafeMutableBufferPointer<Float>,
    _ target: UnsafeMutableBufferPointer<Float>, using generator: inout CounterGenerator
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Face.pixelCount) { other in
      other.initialize(repeating: 0)
      vary(partner, into: other, using: &generator)
      for offset in picture.indices {
        picture[offset] = share * picture[offset] + (1 - share) * other[offset]
      }
    }
    let targets = targets(of: partner)
    for offset in target.indices { target[offset] = share * target[offset] + (1 - share) * targets[offset] }
  }

  private func vary(
    _ index: Int, into picture: UnsafeMutableBufferPointer<Float>, using generator: inout CounterGenerator
  ) {
    faces.pixels(of: index).withUnsafeBufferPointer {
      recipe.augmentation.apply(to: $0, into: picture, using: &generator)
    }
  }

  private func write(_ shares: [Float], to target: UnsafeMutableBufferPointer<Float>) {
    for (offset, share) in shares.enumerated() { target[offset] = share }
  }
}

extension CounterGenerator {
  /// Beta-distributed with both shape parameters `alpha`, at most 2: beyond, most tries fail (Jöhnk 1964).
  mutating func beta(_ alpha: Float) -> Float {
    for _ in 0..<100 {
      let (a, b) = (pow(uniform(), 1 / alpha), pow(uniform(), 1 / alpha))
      if a + b > 0, a + b <= 1 { return a / (a + b) }
    }
    return 0.5
  }
}
