import Foundation
import Vocabulary

/// Red, green, blue in linear light; 0 is black, 1 a white wall in the sun.
typealias Colour = SIMD3<Float>

/// A colour as people write it: sRGB 0...255.
func srgb(_ red: Float, _ green: Float, _ blue: Float) -> Colour {
  Colour(powf(red / 255, 2.2), powf(green / 255, 2.2), powf(blue / 255, 2.2))
}

/// A picture in linear light with coverage (premultiplied), for drawing layers over each other.
struct Canvas {
  let width: Int
  let height: Int
  /// Red, green, blue times coverage, and coverage.
  var pixels: [SIMD4<Float>]

  init(width: Int, height: Int, colour: Colour? = nil) {
    self.width = max(1, width)
    self.height = max(1, height)
    let fill = colour.map { SIMD4($0, 1) } ?? .zero
    pixels = Array(repeating: fill, count: self.width * self.height)
  }

  /// Lays `colour` over the pixel with the given coverage.
  @inline(__always) mutating func blend(_ x: Int, _ y: Int, _ colour: Colour, _ coverage: Float) {
    guard coverage > 0 else { return }
    let index = y * width + x
    pixels[index] = SIMD4(colour, 1) * coverage + pixels[index] * (1 - coverage)
  }

  /// Calls `paint` with the centre of each pixel and lays what it returns over the canvas.
  mutating func paint(
    rows: Range<Int>? = nil, _ paint: (_ x: Float, _ y: Float) -> (colour: Colour, coverage: Float)?
  ) {
    for y in (rows ?? 0..<height).clamped(to: 0..<height) {
      for x in 0..<width {
        guard let (colour, coverage) = paint(Float(x) + 0.5, Float(y) + 0.5) else { continue }
        blend(x, y, colour, coverage)
      }
    }
  }

  /// Lays another canvas of the same size over this one.
  mutating func lay(_ layer: Canvas) {
    guard layer.pixels.count == pixels.count else { return }
    for index in pixels.indices {
      let top = layer.pixels[index]
      if top.w > 0 { pixels[index] = top + pixels[index] * (1 - top.w) }
    }
  }

  /// A binomial blur of 3 × 3 samples, `passes` times: a webcam's softness.
  func softened(passes: Int = 1) -> Canvas {
    var result = self
    for _ in 0..<passes {
      result.soften(stride: 1, length: width, lines: height, step: width)
      result.soften(stride: width, length: height, lines: width, step: 1)
    }
    return result
  }

  private mutating func soften(stride: Int, length: Int, lines: Int, step: Int) {
    pixels.withUnsafeMutableBufferPointer { pixels in
      for line in 0..<lines {
        var index = line * step
        var previous = pixels[index]
        for position in 0..<length {
          let here = pixels[index]
          let next = position + 1 < length ? pixels[index + stride] : here
          pixels[index] = (previous + here * 2 + next) * 0.25
          previous = here
          index += stride
        }
      }
    }
  }

  /// The canvas over black as an 8-bit picture with sRGB's gamma; blue, green, red.
  func image() -> Image {
    var image = Image(width: width, height: height, channels: 3)
    var offset = 0
    for pixel in pixels {
      image.pixels[offset] = Canvas.encoded(pixel.z)
      image.pixels[offset + 1] = Canvas.encoded(pixel.y)
      image.pixels[offset + 2] = Canvas.encoded(pixel.x)
      offset += 3
    }
    return image
  }

  private static let gamma: [UInt8] = (0...4096).map { step in
    UInt8(clamping: Int((powf(Float(step) / 4096, 1 / 2.2) * 255).rounded()))
  }

  static func encoded(_ light: Float) -> UInt8 { gamma[Int(clamp(light) * 4096)] }
}
