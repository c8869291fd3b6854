import Foundation
import Imaging
import Vocabulary

/// One drawn way in which a camera, a light or a codec changes a picture without moving anything in it.
struct PhotographicChange {
  /// A curve for each of blue, green, red: contrast, brightness, gamma and colour cast.
  private let curves: [[UInt8]]
  private let isGray: Bool
  /// The picture is reduced to this share of its size and enlarged again.
  private let reduction: Double
  private let blur: Double
  private let noise: Float

  init(_ generator: inout CounterGenerator) {
    let gamma = exp(generator.normal() * 0.25)
    let contrast = exp(generator.normal() * 0.2)
    let brightness = generator.normal() * 18 - (generator.uniform() < 0.15 ? 40 : 0)
    isGray = generator.uniform() < 0.12
    var curves: [[UInt8]] = []
    for _ in 0..<3 {
      let cast = exp(generator.normal() * 0.07)
      curves.append(
        (0...255).map { level in
          let value = 255 * pow(Float(level) / 255, gamma) * cast
          return UInt8(min(max((contrast * (value - 128) + 128 + brightness).rounded(), 0), 255))
        })
    }
    self.curves = curves
    reduction = generator.uniform() < 0.2 ? Double(generator.uniform(0.45, 0.9)) : 1
    blur = generator.uniform() < 0.15 ? Double(generator.uniform(0.4, 1.2)) : 0
    noise = generator.uniform() < 0.3 ? generator.uniform(1, 10) : 0
  }

  func applied(to image: Image, _ generator: inout CounterGenerator) throws -> Image {
    var result = isGray ? try image.gray().colour() : image
    if reduction < 1 {
      let small = try result.resized(
        width: max(8, Int(Double(image.width) * reduction)),
        height: max(8, Int(Double(image.height) * reduction)))
      result = try small.resized(width: image.width, height: image.height, .linear)
    }
    if blur > 0 { result = try result.blurred(sigma: blur) }
    let (width, offsets) = (result.pixels.count, noiseOffsets(&generator))
    result.pixels.withUnsafeMutableBufferPointer { pixels in
      for start in stride(from: 0, to: width - 2, by: 3) {
        for channel in 0..<3 {
          pixels[start + channel] = curves[channel][Int(pixels[start + channel])]
        }
      }
      guard noise > 0 else { return }
      // A table of deviates, read from ever new places, is as good as new ones and much cheaper.
      var place = 0
      for index in pixels.indices {
        if index % 509 == 0 { place = Int(generator.next() % UInt64(offsets.count - 509)) }
        pixels[index] = UInt8(clamping: Int(pixels[index]) + Int(offsets[place + index % 509]))
      }
    }
    return result
  }

  private func noiseOffsets(_ generator: inout CounterGenerator) -> [Int16] {
    guard noise > 0 else { return [] }
    return (0..<4096).map { _ in Int16((generator.normal() * noise).rounded()) }
  }
}
