import CFFmpeg
public import Foundation
public import Vocabulary

/// Encodes pictures to a video file; the same pictures give the same bytes.
public final class VideoWriter {
  public struct Options: Sendable {
    /// An encoder of libavcodec: `libx264`, `libx265`, `libvpx-vp9`, `libaom-av1`, `mpeg4`, `mjpeg`, …
    public var codec = "libx264"
    /// Frames a second.
    public var frameRate = Timestamp(25)
    /// Ticks of the container's clock a second, for times given with `append(_:at:)`; the frame rate without.
    public var clockRate: Timestamp?
    /// Constant rate factor; without effect where `bitRate` is given or the encoder has none.
    public var quality = 23
    /// Bits a second.
    public var bitRate: Int?
    /// Longest distance between keyframes in frames.
    public var groupLength = 250
    /// Most B-frames in a row; `nil` leaves it to the encoder.
    public var bFrames: Int?
    public var preset: String?
    /// Clockwise turn in degrees that a player is told to make.
    public var rotation = 0
    /// Width of a pixel over its height.
    public var pixelAspectRatio = Timestamp(1)
    /// FFmpeg's name of the pixel format to encode.
    public var pixelFormat = "yuv420p"
    /// 0-255 in place of 16-235.
    public var fullRange = false
    /// Further options of the encoder, such as `x264-params`.
    public var encoder: [String: String] = [:]
    /// Options of the container, such as `movflags`.
    public var container: [String: String] = [:]

    public init() {}
  }

  private let file: String
  private let frame: EncoderFrame
  private var format: UnsafeMutablePointer<AVFormatContext>?
  private var context: UnsafeMutablePointer<AVCodecContext>?
  private var packet = av_packet_alloc()
  private let stream: UnsafeMutablePointer<AVStream>
  private var nextTick: Int64 = 0

  /// The container follows the extension of `url`; an existing file is replaced.
  /// - Throws: ``MediaError``.
  public init(url: URL, width: Int, height: Int, options: Options = Options()) throws {
    _ = FFmpegStatus.silence
    file = url.path
    let failure = { (reason: String) in
      MediaError(
        .unwritable, "write", file: url.path, reason: reason,
        remedy: "check the folder, the size and the encoder's options")
    }
    let pixels = av_get_pix_fmt(options.pixelFormat)
    guard let codec = avcodec_find_encoder_by_name(options.codec),
      let frame = EncoderFrame(width: width, height: height, format: pixels, fullRange: options.fullRange)
    else { throw failure("there is no encoder \(options.codec) for \(options.pixelFormat)") }
    self.frame = frame
    context = avcodec_alloc_context3(codec)
    avformat_alloc_output_context2(&format, nil, nil, url.path)
    guard let format, let context, let stream = avformat_new_stream(format, nil) else {
      Self.free(&format, &context, &packet)
      throw failure("no container is known by this extension")
    }
    self.stream = stream
    do {
      try Self.open(context, codec, frame, format, options, failure)
      try Self.open(format, stream, context, url, options, failure)
    } catch {
      Self.free(&self.format, &self.context, &packet)
      throw error
    }
  }

  deinit { Self.free(&format, &context, &packet) }

  /// Appends a picture at the next tick of the frame rate, or at `time` for a variable rate.
  /// - Throws: ``MediaError`` where the picture does not fit or the disk is full.
  public func append(_ image: Image, at time: Timestamp? = nil) throws {
    guard let context, frame.fill(with: image) else {
      throw failure("a picture of \(image.width) x \(image.height) does not fit the video")
    }
    let base = Timestamp(ofBase: context.pointee.time_base)
    frame.pointer.pointee.pts = time.map { $0.intervals(of: base) } ?? nextTick
    nextTick = frame.pointer.pointee.pts + 1
    guard avcodec_send_frame(context, frame.pointer) >= 0 else { throw failure("the encoder refuses it") }
    try writePackets()
  }

  /// Writes what the encoder still holds and closes the file; without it the file is incomplete.
  /// - Throws: ``MediaError`` where the disk is full.
  public func finish() throws {
    guard let format, let context else { return }
    avcodec_send_frame(context, nil)
    try writePackets()
    guard av_write_trailer(format) >= 0, avio_closep(&format.pointee.pb) >= 0 else {
      throw failure("the file cannot be completed")
    }
    Self.free(&self.format, &self.context, &packet)
  }

  private func writePackets() throws {
    guard let format, let context, let packet else { return }
    while avcodec_receive_packet(context, packet) >= 0 {
      // Encoders leave the duration open; one frame is right for a constant rate.
      if packet.pointee.duration == 0 { packet.pointee.duration = 1 }
      av_packet_rescale_ts(packet, context.pointee.time_base, stream.pointee.time_base)
      packet.pointee.stream_index = stream.pointee.index
      guard av_interleaved_write_frame(format, packet) >= 0 else { throw failure("the disk may be full") }
    }
  }

  private func failure(_ reason: String) -> MediaError {
    MediaError(.unwritable, "write", file: file, reason: reason, remedy: "check the disk and the sizes")
  }
}

extension VideoWriter {
  private typealias Failure = (String) -> MediaError

  private static func open(
    _ context: UnsafeMutablePointer<AVCodecContext>, _ codec: UnsafePointer<AVCodec>, _ frame: EncoderFrame,
    _ format: UnsafeMutablePointer<AVFormatContext>, _ options: Options, _ failure: Failure
  ) throws {
    let picture = frame.pointer.pointee
    let clock = options.clockRate ?? options.frameRate
    context.pointee.width = picture.width
    context.pointee.height = picture.height
    context.pointee.pix_fmt = AVPixelFormat(picture.format)
    context.pointee.color_range = picture.color_range
    context.pointee.colorspace = picture.colorspace
    context.pointee.time_base = AVRational(
      num: Int32(clamping: clock.denominator), den: Int32(clamping: clock.numerator))
    context.pointee.framerate = AVRational(
      num: Int32(clamping: options.frameRate.numerator), den: Int32(clamping: options.frameRate.denominator))
    context.pointee.sample_aspect_ratio = AVRational(
      num: Int32(clamping: options.pixelAspectRatio.numerator),
      den: Int32(clamping: options.pixelAspectRatio.denominator))
    context.pointee.gop_size = Int32(clamping: options.groupLength)
    if let bFrames = options.bFrames { context.pointee.max_b_frames = Int32(clamping: bFrames) }
    // One thread, because rate control depends on their number.
    context.pointee.thread_count = 1
    context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
    if format.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 {
      context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    }
    var settings: OpaquePointer?
    defer { av_dict_free(&settings) }
    if let bitRate = options.bitRate {
      context.pointee.bit_rate = Int64(bitRate)
    } else {
      av_dict_set(&settings, "crf", "\(options.quality)", 0)
    }
    if let preset = options.preset { av_dict_set(&settings, "preset", preset, 0) }
    for (key, value) in options.encoder { av_dict_set(&settings, key, value, 0) }
    guard avcodec_open2(context, codec, &settings) >= 0 else {
      throw failure(
        "\(options.codec) does not take \(picture.width) x \(picture.height) \(options.pixelFormat)")
    }
  }

  private static func open(
    _ format: UnsafeMutablePointer<AVFormatContext>, _ stream: UnsafeMutablePointer<AVStream>,
    _ context: UnsafeMutablePointer<AVCodecContext>, _ url: URL, _ options: Options, _ failure: Failure
  ) throws {
    format.pointee.flags |= AVFMT_FLAG_BITEXACT
    avcodec_parameters_from_context(stream.pointee.codecpar, context)
    stream.pointee.time_base = context.pointee.time_base
    stream.pointee.avg_frame_rate = context.pointee.framerate
    stream.pointee.sample_aspect_ratio = context.pointee.sample_aspect_ratio
    if options.rotation != 0,
      let matrix = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * MemoryLayout<Int32>.size)
    {
      matrix.withMemoryRebound(to: Int32.self, capacity: 9) {
        av_display_rotation_set($0, Double(options.rotation))
      }
    }
    var settings: OpaquePointer?
    defer { av_dict_free(&settings) }
    for (key, value) in options.container { av_dict_set(&settings, key, value, 0) }
    guard avio_open(&format.pointee.pb, "file:" + url.path, AVIO_FLAG_WRITE) >= 0 else {
      throw failure("the folder cannot be written")
    }
    guard avformat_write_header(format, &settings) >= 0 else {
      throw failure("the container does not take \(options.codec)")
    }
  }

  private static func free(
    _ format: inout UnsafeMutablePointer<AVFormatContext>?,
    _ context: inout UnsafeMutablePointer<AVCodecContext>?, _ packet: inout UnsafeMutablePointer<AVPacket>?
  ) {
    if let format { avio_closep(&format.pointee.pb) }
    avformat_free_context(format)
    format = nil
    avcodec_free_context(&context)
    av_packet_free(&packet)
  }
}
