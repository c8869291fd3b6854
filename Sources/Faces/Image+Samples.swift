import Vocabulary

extension Image {
  /// Writes the samples in their own order, the channels of a pixel together, each times `scale`. Writes
  /// nothing where `target` is too small.
  func samples(into target: UnsafeMutableBufferPointer<Float>, scale: Float) {
    guard target.count >= pixels.count else { return }
    pixels.withUnsafeBufferPointer { pixels in
      for index in pixels.indices { target[index] = Float(pixels[index]) * scale }
    }
  }
}
