public import Foundation
public import Vocabulary

/// Encodes pictures to a video file; the same pictures give the same bytes.
public final class VideoWriter {
  public struct Options: Sendable {
    /// An encoder of libavcodec: `libx264`, `libx265`, `libvpx-vp9`, `libaom-av1`, `mpeg4`, `mjpeg`, …
    public var codec = "libx264"
    /// Frames a second.
    public var frameRate = Timestamp(25)
    /// Constant rate factor, where the encoder has one and `bitRate` is not given.
    public var quality = 23
    /// Bits a second.
    public var bitRate: Int?
    /// Longest distance between keyframes in frames.
    public var groupLength = 250
    /// B-frames in a row; `nil` leaves it to the encoder.
    public var bFrames: Int?
    public var preset: String?
    /// Clockwise turn in degrees that a player is told to make.
    public var rotation = 0
    /// Width of a pixel over its height.
    public var pixelAspectRatio = Timestamp(1)
    /// FFmpeg's name of the pixel format to encode; `nil` for the usual 4:2:0.
    public var pixelFormat: String?
    /// 0-255 instead of 16-235.
    public var fullRange = false
    /// Further options of the encoder, such as `x264-params`.
    public var encoder: [String: String] = [:]
    /// Options of the container.
    public var container: [String: String] = [:]

    public init() {}
  }

  /// The container follows the extension of `url`. Width and height have to be even.
  public init(url: URL, width: Int, height: Int, options: Options = Options()) throws {}

  /// Appends a picture at the next tick of the frame rate, or at `time` for a variable rate.
  public func append(_ image: Image, at time: Timestamp? = nil) throws {}

  /// Writes what is left and closes the file; without it the file is incomplete.
  public func finish() throws {}
}
