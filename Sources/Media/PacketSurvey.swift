import CFFmpeg
import H264
import Vocabulary

/// One pass over a container's packets.
struct PacketSurvey {
  let index: PacketIndex
  /// Seconds that the container has beyond the last picture, where the file was cut off.
  let missing: Timestamp

  init(of container: Container) throws {
    var builder = PacketIndex.Builder(
      tick: Timestamp(ofBase: container.stream.pointee.time_base),
      spliceTicks: Self.spliceTicks(of: container))
    let keyframes = KeyframeCheck(of: container)
    var references = CodedStream(of: container.stream).map(PictureReferences.Survey.init)
    var places = PacketPlaces.Survey(of: container)
    var allocated = av_packet_alloc()
    defer { av_packet_free(&allocated) }
    guard let packet = allocated else { throw MediaError.outOfMemory("read", container.file) }
    while try container.readPastDamage(into: packet) {
      if builder.count % 4096 == 0 { try Task.checkCancellation() }
      guard builder.count < MediaLimits.packets else {
        throw MediaError(
          .tooLarge, "read", file: container.file, reason: "it has more than \(MediaLimits.packets) frames",
          remedy: "split it first")
      }
      builder.append(PacketIndex.Packet(packet, isEntry: keyframes.confirms(packet)))
      references?.append(packet)
      places?.append(packet)
    }
    guard builder.count > 0 else { throw Self.noFrames(container) }
    var index = builder.finish()
    index.references = references?.references
    index.places = places?.places
    self.index = index
    guard !index.shown.isEmpty else { throw Self.noFrames(container) }
    guard index.duration < Timestamp(MediaLimits.seconds) else {
      throw MediaError(
        .tooLarge, "read", file: container.file,
        reason: "its timestamps span more than \(MediaLimits.seconds / 3600) hours",
        remedy: "split it, or rewrite its timestamps")
    }
    missing = Self.missing(container, index, builder)
  }

  private static func noFrames(_ container: Container) -> MediaError {
    MediaError(
      .noFrames, "read", file: container.file, reason: "its video stream has no frames",
      remedy: "record or export it again")
  }
}

extension PacketSurvey {
  /// Broadcast formats may be spliced: there, a step of more than ten seconds, or one backwards, is a cut.
  private static func spliceTicks(of container: Container) -> Int64? {
    let base = container.stream.pointee.time_base
    guard container.context.pointee.iformat.pointee.flags & AVFMT_TS_DISCONT != 0, base.num > 0 else {
      return nil
    }
    return 10 * Int64(base.den) / Int64(base.num)
  }

  /// How much longer the recording would be by the container's own index, where that points beyond the end of
  /// the file.
  private static func missing(
    _ container: Container, _ index: PacketIndex, _ packets: PacketIndex.Builder
  ) -> Timestamp {
    let stream = container.stream
    let size = avio_size(container.context.pointee.pb)
    let count = avformat_index_get_entries_count(stream)
    guard count > 0, size > 0, let last = avformat_index_get_entry(stream, count - 1),
      last.pointee.pos >= size
    else { return .zero }
    let ticks = last.pointee.timestamp.subtractingReportingOverflow(packets.firstDecoding)
    let promised = index.tick * (ticks.overflow ? 0 : ticks.partialValue) + index.tick * packets.lastDuration
    return min(max(.zero, promised - index.duration), Timestamp(MediaLimits.seconds))
  }
}

/// Tells the keyframes at which decoding can begin from those where a picture only starts to build up.
private final class KeyframeCheck {
  private let parser: UnsafeMutablePointer<AVCodecParserContext>?
  private var context: UnsafeMutablePointer<AVCodecContext>?

  init(of container: Container) {
    let parameters = container.stream.pointee.codecpar
    // H.264 marks recovery points, from which the picture is refreshed bit by bit, like real keyframes.
    guard let parameters, parameters.pointee.codec_id == AV_CODEC_ID_H264 else {
      parser = nil
      return
    }
    parser = av_parser_init(Int32(bitPattern: AV_CODEC_ID_H264.rawValue))
    parser?.pointee.flags |= PARSER_FLAG_COMPLETE_FRAMES
    context = avcodec_alloc_context3(nil)
    avcodec_parameters_to_context(context, parameters)
  }

  deinit {
    av_parser_close(parser)
    avcodec_free_context(&context)
  }

  func confirms(_ packet: UnsafePointer<AVPacket>) -> Bool {
    guard packet.pointee.flags & AV_PKT_FLAG_KEY != 0 else { return false }
    guard let parser, let context else { return true }
    var output: UnsafeMutablePointer<UInt8>?
    var size: Int32 = 0
    av_parser_parse2(
      parser, context, &output, &size, packet.pointee.data, packet.pointee.size, FFmpegStatus.noTimestamp,
      FFmpegStatus.noTimestamp, -1)
    return parser.pointee.pict_type != AV_PICTURE_TYPE_P.rawValue
      && parser.pointee.pict_type != AV_PICTURE_TYPE_B.rawValue
  }
}

extension PacketIndex.Packet {
  fileprivate init(_ packet: UnsafePointer<AVPacket>, isEntry: Bool) {
    self.init(
      presentation: packet.pointee.pts == FFmpegStatus.noTimestamp ? nil : packet.pointee.pts,
      decoding: packet.pointee.dts == FFmpegStatus.noTimestamp ? nil : packet.pointee.dts,
      duration: packet.pointee.duration, isKeyframe: isEntry,
      isHidden: packet.pointee.flags & AV_PKT_FLAG_DISCARD != 0, position: packet.pointee.pos)
  }
}
