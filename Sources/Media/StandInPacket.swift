import CFFmpeg
import H264

/// Puts stand-ins in the place of pictures that nothing wanted refers to; see ``StandIn``.
final class StandInPacket {
  let packet: UnsafeMutablePointer<AVPacket>
  private var stream: CodedStream

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

  /// Makes `packet` the stand-in of another, which every packet sent to the decoder must pass in turn.
  /// - Returns: False where the other has to be decoded itself.
  func take(_ other: UnsafeMutablePointer<AVPacket>, isNeeded: Bool) -> Bool {
    guard let picture = stream.picture(of: UnsafePointer(other)), !isNeeded,
      UnsafePointer(other).configuration == nil, let standIn = StandIn(for: picture, in: stream)
    else { return false }
    let bytes = standIn.packet(inPlaceOf: UnsafePointer(other).bytes)
    av_packet_unref(packet)
    guard av_new_packet(packet, Int32(bytes.count)) >= 0 else { return false }
    UnsafeMutableRawBufferPointer(start: packet.pointee.data, count: bytes.count).copyBytes(from: bytes)
    return true
  }
}
