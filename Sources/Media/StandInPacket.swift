import CFFmpeg
import H264

/// Puts stand-ins in the place of pictures that nothing wanted refers to; see ``StandIn``.
final class StandInPacket {
  private let packet: UnsafeMutablePointer<AVPacket>
  private var stream: CodedStream
  /// Whether the picture that passed last is one that others may refer to.
  private(set) var isReference = false

  /// - Returns: `nil` for a stream that is not H.264.
  /// - Throws: ``MediaError`` where memory is short.
  init?(for header: StreamHeader) throws {
    guard let stream = CodedStream(of: header.stream) else { return nil }
    guard let packet = av_packet_alloc() else { throw MediaError.outOfMemory("decode", header.file) }
    self.packet = packet
    self.stream = stream
  }

  deinit {
    var allocated: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&allocated)
  }

  /// Every packet that is due to be sent to the decoder must pass in turn.
  /// - Returns: What to send in the place of `other`, valid until the next call; `nil` where it has to be sent itself.
  func replacing(
    _ other: UnsafeMutablePointer<AVPacket>, isNeeded: Bool
  ) -> UnsafeMutablePointer<AVPacket>? {
    let picture = stream.picture(of: UnsafePointer(other))
    isReference = picture?.isReference == true
    guard let picture, !isNeeded, UnsafePointer(other).configuration == nil,
      let standIn = StandIn(for: picture, in: stream)
    else { return nil }
    let bytes = standIn.packet(inPlaceOf: UnsafePointer(other).bytes)
    av_packet_unref(packet)
    guard av_new_packet(packet, Int32(bytes.count)) >= 0 else { return nil }
    UnsafeMutableRawBufferPointer(start: packet.pointee.data, count: bytes.count).copyBytes(from: bytes)
    return packet
  }
}
