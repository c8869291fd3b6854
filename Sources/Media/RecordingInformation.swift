public import Vocabulary

/// What `probe` tells of a recording.
public struct RecordingInformation: Hashable, Sendable, Codable {
  /// FFmpeg's name of the container: `mov,mp4,m4a,3gp,3g2,mj2`, `matroska,webm`, …
  public var container: String
  /// FFmpeg's name of the video codec: `h264`, `vp9`, …
  public var codec: String
  /// FFmpeg's name of the pixel format: `yuv420p`, `yuv420p10le`, …
  public var pixelFormat: String
  /// Size of the coded picture at the start, in pixels.
  public var codedWidth: Int
  public var codedHeight: Int
  /// Size as a viewer sees it at the start: upright, square pixels. It may change on the way.
  public var displayedWidth: Int
  public var displayedHeight: Int
  /// Clockwise turn in degrees that puts the picture upright: 0, 90, 180 or 270.
  public var rotation: Int
  /// Width of a pixel over its height; 1 for square pixels.
  public var pixelAspectRatio: Double
  /// From the first frame shown to the end that the file declares.
  public var duration: Timestamp
  /// Up to where there are frames; less than `duration` where the file was cut off.
  public var readableDuration: Timestamp
  /// Frames a second as the container claims; `nil` where it does not.
  public var nominalFrameRate: Timestamp?
  /// Frames over the readable duration.
  public var averageFrameRate: Double
  public var frameCount: Int
  public var keyframeCount: Int
  /// How much earlier than the video the file's first other stream starts; zero where it does not.
  public var leadIn: Timestamp
  /// The other streams, such as `audio aac`.
  public var otherStreams: [String]
  /// True where a slice can start anywhere; false where it has to be decoded from the beginning (some AVI files).
  public var canStartAnywhere: Bool
}
