/// A picture of 8-bit samples, rows from the top, tightly packed (`width * channels` bytes a row).
///
/// One channel is luma in full range (0 black, 255 white); three are blue, green, red, in that order,
/// which is what OpenCV and most detectors expect.
public struct Image: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// 1 (gray) or 3 (blue, green, red).
  public let channels: Int
  /// `height * width * channels` samples.
  public var pixels: [UInt8]

  public var bytesPerRow: Int { width * channels }
  public var bounds: Box { Box(x: 0, y: 0, width: Double(width), height: Double(height)) }

  /// A picture of the given samples; `nil` where their number does not fit the size.
  public init?(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    guard width > 0, height > 0, channels == 1 || channels == 3,
      pixels.count == width * height * channels
    else { return nil }
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// A picture of one colour.
  public init(width: Int, height: Int, channels: Int = 1, filledWith value: UInt8 = 0) {
    self.width = max(1, width)
    self.height = max(1, height)
    self.channels = channels == 3 ? 3 : 1
    pixels = Array(repeating: value, count: self.width * self.height * self.channels)
  }
}

/// A picture at an instant of a recording, as a viewer would see it: rotated upright, square pixels.
public struct Frame: Sendable {
  /// Presentation time of this frame on the recording's clock, which starts at zero.
  public let timestamp: Timestamp
  public let image: Image

  public init(timestamp: Timestamp, image: Image) {
    self.timestamp = timestamp
    self.image = image
  }
}
