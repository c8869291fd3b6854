public import Vocabulary

extension Image {
  /// Writes the picture as a network takes it: channel by channel (blue, green, red), each value times
  /// `scale`. Writes no more than `target` holds.
  public func planes(into target: UnsafeMutableBufferPointer<Float>, scale: Float = 1 / 255) {
    let plane = width * height
    guard target.count >= plane * channels else { return }
    pixels.withUnsafeBufferPointer { pixels in
      for channel in 0..<channels {
        var from = channel
        for to in (channel * plane)..<((channel + 1) * plane) {
          target[to] = Float(pixels[from]) * scale
          from += channels
        }
      }
    }
  }
}
