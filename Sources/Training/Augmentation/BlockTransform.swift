import Foundation

/// The 8 × 8 cosine transform on which JPEG and video codecs quantise, to give pictures their blocks.
enum BlockTransform {
  private static let size = 8

  /// Orthonormal DCT-II: row k holds the k-th cosine.
  private static let basis: [Float] = (0..<size * size).map { index in
    let (k, n) = (index / size, index % size)
    let scale = k == 0 ? (1 / Float(size)).squareRoot() : (2 / Float(size)).squareRoot()
    return scale * cos(.pi * Float(2 * n + 1) * Float(k) / Float(2 * size))
  }

  /// Rounds every block's coefficients to multiples of a step that grows with frequency, as codecs do. The
  /// mean of a block is kept to a quarter of the step. Sides that 8 does not divide keep their last pixels.
  static func quantize(_ picture: UnsafeMutableBufferPointer<Float>, side: Int, step: Float) {
    var block = [Float](repeating: 0, count: size * size)
    var product = block
    for top in stride(from: 0, through: side - size, by: size) {
      for left in stride(from: 0, through: side - size, by: size) {
        for row in 0..<size {
          for column in 0..<size { block[row * size + column] = picture[(top + row) * side + left + column] }
        }
        transform(&block, scratch: &product, inverse: false)
        for row in 0..<size {
          for column in 0..<size {
            let local = step * (0.25 + 0.75 * Float(row + column) / 7)
            let index = row * size + column
            block[index] = (block[index] / local).rounded() * local
          }
        }
        transform(&block, scratch: &product, inverse: true)
        for row in 0..<size {
          for column in 0..<size {
            picture[(top + row) * side + left + column] = min(max(block[row * size + column], 0), 255)
          }
        }
      }
    }
  }

  /// `B × block × Bᵀ`, or `Bᵀ × block × B` for the inverse.
  private static func transform(_ block: inout [Float], scratch: inout [Float], inverse: Bool) {
    basis.withUnsafeBufferPointer { basis in
      let (major, minor) = inverse ? (1, size) : (size, 1)
      for row in 0..<size {
        for column in 0..<size {
          var sum: Float = 0
          for n in 0..<size { sum += basis[row * major + n * minor] * block[n * size + column] }
          scratch[row * size + column] = sum
        }
      }
      for row in 0..<size {
        for column in 0..<size {
          var sum: Float = 0
          for n in 0..<size { sum += scratch[row * size + n] * basis[column * major + n * minor] }
          block[row * size + column] = sum
        }
      }
    }
  }
}
