import Foundation

/// One drawn way in which a webcam tile spoils a face.
struct Degradation {
  /// Side in pixels to which the face is reduced and enlarged again.
  var side: Int
  /// Passes of a 3 × 3 binomial filter.
  var blurPasses: Int
  /// Quantiser step of an 8 × 8 block transform; 0 leaves the blocks alone.
  var quantizer: Float
  /// Factor on all samples, for low light.
  var exposure: Float
  /// Deviation of the noise, in gray levels.
  var noise: Float

  init(_ ranges: Augmentation.Webcam, using generator: inout CounterGenerator) {
    let smallest = min(max(8, ranges.smallestSide), Face.side)
    side = smallest + generator.index(below: Face.side - smallest + 1)
    blurPasses = generator.uniform() < 0.3 ? 1 : 0
    quantizer = generator.uniform() < 0.6 ? generator.uniform(8, 40) : 0
    exposure = generator.uniform() < 0.4 ? generator.uniform(0.35, 1) : 1
    noise = generator.uniform() < 0.5 ? generator.uniform(1, 8) : 0
  }

  init(side: Int, blurPasses: Int = 0, quantizer: Float = 0, exposure: Float = 1, noise: Float = 0) {
    self.side = side
    self.blurPasses = blurPasses
    self.quantizer = quantizer
    self.exposure = exposure
    self.noise = noise
  }

  func apply(
    to picture: UnsafeMutableBufferPointer<Float>, side full: Int, using generator: inout CounterGenerator
  ) {
    if side < full { reduceAndEnlarge(picture, side: full) }
    for _ in 0..<blurPasses { blur(picture, side: full) }
    if quantizer > 0 { BlockTransform.quantize(picture, side: full, step: quantizer) }
    guard exposure != 1 || noise > 0 else { return }
    for index in picture.indices {
      let value = picture[index] * exposure + (noise > 0 ? noise * generator.normal() : 0)
      picture[index] = min(max(value, 0), 255)
    }
  }

  /// Means over the cells of a coarser grid, then bilinear enlargement.
  private func reduceAndEnlarge(_ picture: UnsafeMutableBufferPointer<Float>, side full: Int) {
    let weights = Self.reduction(from: full, to: side)
    var narrow = [Float](repeating: 0, count: full * side)
    for row in 0..<full {
      for (column, cell) in weights.enumerated() {
        var sum: Float = 0
        for (offset, weight) in cell.weights.enumerated() {
          sum += weight * picture[row * full + cell.first + offset]
        }
        narrow[row * side + column] = sum
      }
    }
    var small = [Float](repeating: 0, count: side * side)
    for (row, cell) in weights.enumerated() {
      for (offset, weight) in cell.weights.enumerated() {
        for column in 0..<side {
          small[row * side + column] += weight * narrow[(cell.first + offset) * side + column]
        }
      }
    }
    enlarge(small, into: picture, side: full)
  }

  private func enlarge(_ small: [Float], into picture: UnsafeMutableBufferPointer<Float>, side full: Int) {
    let scale = Float(side) / Float(full)
    let taps = (0..<full).map { index in
      let position = min(max((Float(index) + 0.5) * scale - 0.5, 0), Float(side - 1))
      let low = Int(position)
      return (low: low, high: min(side - 1, low + 1), fraction: position - Float(low))
    }
    for (row, vertical) in taps.enumerated() {
      for (column, horizontal) in taps.enumerated() {
        let (a, b) = (
          small[vertical.low * side + horizontal.low], small[vertical.low * side + horizontal.high]
        )
        let (c, d) = (
          small[vertical.high * side + horizontal.low], small[vertical.high * side + horizontal.high]
        )
        let upper = a + (b - a) * horizontal.fraction
        let lower = c + (d - c) * horizontal.fraction
        picture[row * full + column] = upper + (lower - upper) * vertical.fraction
      }
    }
  }

  /// For each of `small` cells: the pixels of the full row that it covers, and their shares, which sum to 1.
  private static func reduction(from full: Int, to small: Int) -> [(first: Int, weights: [Float])] {
    let width = Float(full) / Float(small)
    return (0..<small).map { cell in
      let start = Float(cell) * width
      let end = start + width
      let first = Int(start)
      let last = min(full - 1, Int(end.rounded(.up)) - 1)
      let weights = (first...max(first, last)).map { pixel in
        max(0, min(end, Float(pixel + 1)) - max(start, Float(pixel))) / width
      }
      return (first, weights)
    }
  }

  /// The binomial filter 1-2-1 along rows and columns.
  private func blur(_ picture: UnsafeMutableBufferPointer<Float>, side full: Int) {
    for (step, across) in [(1, full), (full, 1)] {
      for line in 0..<full {
        var previous = picture[line * across]
        for index in 0..<full {
          let at = line * across + index * step
          let current = picture[at]
          let following = index < full - 1 ? picture[at + step] : current
          picture[at] = (previous + 2 * current + following) / 4
          previous = current
        }
      }
    }
  }
}
