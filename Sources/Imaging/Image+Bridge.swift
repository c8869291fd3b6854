import OpenCVBridge
public import Vocabulary

extension Image {
  /// The picture as the bridge takes it, for the time of `body`.
  func withSource<Result>(_ body: (cvb_source) -> Result) -> Result {
    pixels.withUnsafeBufferPointer { buffer in
      body(
        cvb_source(
          pixels: buffer.baseAddress, length: buffer.count, width: Int32(clamping: width),
          height: Int32(clamping: height), channels: Int32(clamping: channels)))
    }
  }

  /// The picture as the bridge writes it, for the time of `body`.
  mutating func withTarget<Result>(_ body: (cvb_target) -> Result) -> Result {
    let (width, height, channels) = (width, height, channels)
    return pixels.withUnsafeMutableBufferPointer { buffer in
      body(
        cvb_target(
          pixels: buffer.baseAddress, length: buffer.count, width: Int32(clamping: width),
          height: Int32(clamping: height), channels: Int32(clamping: channels)))
    }
  }

  /// A new picture that an operation of the bridge fills from this one.
  func transformed(
    _ operation: String, width: Int? = nil, height: Int? = nil, channels: Int? = nil,
    _ body: (cvb_source, cvb_target, UnsafeMutablePointer<cvb_message>) -> cvb_status
  ) throws(ImagingError) -> Image {
    let size = (width ?? self.width, height ?? self.height)
    guard (1...Image.longestSide).contains(size.0), (1...Image.longestSide).contains(size.1) else {
      throw ImagingError(
        operation: operation,
        reason: "a picture of \(size.0)x\(size.1); sides are 1 to \(Image.longestSide) pixels")
    }
    var target = Image(width: size.0, height: size.1, channels: channels ?? self.channels)
    try bridged(operation) { message in
      withSource { source in target.withTarget { body(source, $0, message) } }
    }
    return target
  }

  /// The longest side that any operation makes or takes, in pixels.
  public static var longestSide: Int { 32_766 }
}
