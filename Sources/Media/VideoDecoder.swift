import CFFmpeg
import Vocabulary

/// One decoder on one thread. Packets go in under their number, and pictures come out under the same number.
final class VideoDecoder {
  enum Output {
    /// `frame` holds a picture.
    case picture
    /// The decoder wants the next packet.
    case hungry
    /// A packet turned out to be damaged.
    case damaged
    /// Drained.
    case end
  }

  let frame: UnsafeMutablePointer<AVFrame>
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let file: String
  private let concealment: Int32
  /// Set where there was no memory for a picture's planes: decoders take it for damage.
  private let isShort: UnsafeMutablePointer<Bool>

  init(of header: StreamHeader) throws {
    let parameters = header.stream.pointee.codecpar
    let codec = parameters.flatMap { avcodec_find_decoder($0.pointee.codec_id) }
    guard let parameters, let codec else {
      throw MediaError(
        .unsupported, "decode", file: header.file, reason: "there is no decoder for its codec",
        remedy: "convert it to H.264 first")
    }
    guard let context = avcodec_alloc_context3(codec), let frame = av_frame_alloc() else {
      throw MediaError.outOfMemory("decode", header.file)
    }
    (self.context, self.frame, file) = (context, frame, header.file)
    concealment = context.pointee.error_concealment
    isShort = .allocate(capacity: 1)
    isShort.initialize(to: false)
    context.pointee.opaque = UnsafeMutableRawPointer(isShort)
    context.pointee.get_buffer2 = { context, frame, flags in
      let status = avcodec_default_get_buffer2(context, frame, flags)
      if status == FFmpegStatus.noMemory {
        context?.pointee.opaque?.assumingMemoryBound(to: Bool.self).pointee = true
      }
      return status
    }
    avcodec_parameters_to_context(context, parameters)
    context.pointee.thread_count = 1
    context.pointee.max_pixels = Int64(MediaLimits.pixels)
    let status = try checked(avcodec_open2(context, codec, nil))
    guard status >= 0 else {
      throw MediaError(
        .unsupported, "decode", file: header.file,
        reason: "its decoder does not open (\(FFmpegStatus.text(status)))",
        remedy: "convert it to H.264 first")
    }
  }

  deinit {
    var (context, frame): (UnsafeMutablePointer<AVCodecContext>?, UnsafeMutablePointer<AVFrame>?) =
      (context, frame)
    avcodec_free_context(&context)
    av_frame_free(&frame)
    isShort.deallocate()
  }

  /// Sends a packet under `number`; with `mayDrop` the decoder drops it where no other picture refers to it.
  /// - Parameter isStandIn: Leave it as empty as it is.
  /// - Returns: False where the decoder finds it damaged.
  /// - Throws: ``MediaError`` where memory is short.
  func send(
    _ packet: UnsafeMutablePointer<AVPacket>, number: Int, mayDrop: Bool, isStandIn: Bool = false
  ) throws -> Bool {
    context.pointee.skip_frame = mayDrop ? AVDISCARD_NONREF : AVDISCARD_DEFAULT
    context.pointee.error_concealment = isStandIn ? 0 : concealment
    packet.pointee.pts = Int64(number)
    packet.pointee.dts = Int64(number)
    return try checked(avcodec_send_packet(context, packet)) >= 0
  }

  /// Asks for the pictures that the decoder still holds back.
  func drain() { avcodec_send_packet(context, nil) }

  /// Forgets everything; decoding goes on with a keyframe.
  /// - Parameter strictly: tell of the first thing that is odd, which may be harmless, rather than conceal it:
  ///   decoders also conceal a picture that they had no memory for.
  func flush(strictly: Bool) {
    avcodec_flush_buffers(context)
    context.pointee.err_recognition = strictly ? AV_EF_EXPLODE : 0
  }

  /// - Throws: ``MediaError`` where memory is short.
  func receive() throws -> Output {
    switch try checked(avcodec_receive_frame(context, frame)) {
    case 0: .picture
    case FFmpegStatus.again: .hungry
    case FFmpegStatus.endOfFile: .end
    default: .damaged
    }
  }

  /// Decoders take most shortages of memory for damage, and a lasting one shows twice as damage does.
  /// - Throws: ``MediaError`` unless there is memory for a picture now.
  func requireMemory() throws {
    let size = max(1 << 20, 4 * Int(context.pointee.width) * Int(context.pointee.height))
    guard let block = av_malloc(size) else { throw MediaError.outOfMemory("decode", file) }
    av_free(block)
  }

  private func checked(_ status: Int32) throws -> Int32 {
    guard status != FFmpegStatus.noMemory, !isShort.pointee else {
      throw MediaError.outOfMemory("decode", file)
    }
    return status
  }

  /// The number of the packet that `frame` came from.
  var number: Int { Int(clamping: frame.pointee.pts) }

  /// Whether `frame` refers to no other, so that what was damaged before it is over.
  var isKeyframe: Bool { frame.pointee.key_frame != 0 && frame.pointee.pict_type == AV_PICTURE_TYPE_I }

  /// Whether `frame` shows traces of damaged or missing data.
  var isDamaged: Bool {
    frame.pointee.decode_error_flags != 0 || frame.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
  }

  /// Whether pictures that no other refers to can be dropped without a trace in the rest.
  var canDropUnreferenced: Bool {
    switch context.pointee.codec_id {
    case AV_CODEC_ID_H264, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG2VIDEO: true
    case AV_CODEC_ID_HEVC: hasOneTemporalLayer
    default: false
    }
  }

  /// In HEVC a picture that its own temporal layer does not refer to may still serve a higher layer. The
  /// number of layers stands in the configuration record (ISO/IEC 14496-15, 8.3.3).
  private var hasOneTemporalLayer: Bool {
    guard let record = context.pointee.extradata, context.pointee.extradata_size > 22, record[0] == 1 else {
      return false
    }
    return record[21] >> 3 & 7 == 1
  }
}
