import struct Vocabulary.Image

/// Sums over pictures, pixel by pixel.
struct PixelMoments: Sendable {
  private(set) var count = 0
  private var sums = [Int](repeating: 0, count: Face.pixelCount)
  private var squares = [Int](repeating: 0, count: Face.pixelCount)

  mutating func add(_ pixels: [UInt8]) {
    count += 1
    for (index, pixel) in pixels.enumerated() {
      sums[index] += Int(pixel)
      squares[index] += Int(pixel) * Int(pixel)
    }
  }

  var mean: [Double] { sums.map { Double($0) / Double(max(1, count)) } }

  var variance: [Double] {
    zip(squares, mean).map { max(0, Double($0) / Double(max(1, count)) - $1 * $1) }
  }

  /// Mean gray level of all pixels.
  var meanLevel: Double { mean.reduce(0, +) / Double(Face.pixelCount) }

  var meanPicture: Image { Self.picture(mean) }

  /// Variance stretched so that its largest value is white.
  var variancePicture: Image {
    let variance = variance
    let top = max(1e-9, variance.max() ?? 1)
    return Self.picture(variance.map { $0 / top * 255 })
  }

  private static func picture(_ values: [Double]) -> Image {
    let pixels = values.map { UInt8(min(255, max(0, $0.rounded()))) }
    return Image(width: Face.side, height: Face.side, channels: 1, pixels: pixels)
      ?? Image(width: Face.side, height: Face.side)
  }
}
