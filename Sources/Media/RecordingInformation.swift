import CFFmpeg
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

extension RecordingInformation {
  init(of container: Container, _ header: StreamHeader, _ survey: PacketSurvey) {
    let (index, parameters) = (survey.index, container.stream.pointee.codecpar.pointee)
    let orientation = header.orientation(of: nil)
    let aspect = header.pixelAspectRatio(of: nil)
    let (width, height) = PictureConverter.squareSize(
      Int(parameters.width), Int(parameters.height), aspect)
    let rate = container.stream.pointee.avg_frame_rate
    self.init(
      container: container.formatName,
      codec: UnsafePointer(avcodec_get_name(parameters.codec_id)).text,
      pixelFormat: UnsafePointer(av_get_pix_fmt_name(AVPixelFormat(parameters.format))).text,
      codedWidth: Int(parameters.width), codedHeight: Int(parameters.height),
      displayedWidth: orientation.swapsSides ? height : width,
      displayedHeight: orientation.swapsSides ? width : height,
      rotation: orientation.quarterTurns * 90,
      pixelAspectRatio: aspect.num > 0 && aspect.den > 0 ? Double(aspect.num) / Double(aspect.den) : 1,
      duration: index.duration + survey.missing, readableDuration: index.duration,
      nominalFrameRate: rate.num > 0 && rate.den > 0
        ? Timestamp(Int64(rate.num), over: Int64(rate.den)) : nil,
      averageFrameRate: Double(index.shown.count) / max(index.duration.seconds, 1e-9),
      frameCount: index.shown.count, keyframeCount: index.keyframes.count,
      leadIn: container.leadIn(before: index), otherStreams: container.otherStreams,
      canStartAnywhere: index.isOrdered)
  }
}
