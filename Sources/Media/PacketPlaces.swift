import CFFmpeg
import Foundation

/// Where each packet of a video stream lies in the file, where that is all that there is to reading it.
///
/// An mp4's packets are stretches of the file. Reading them there saves each job a demuxer with an index of its own,
/// the sound's included: 15 MB for two hours.
struct PacketPlaces: Sendable {
  private(set) var positions: [Int64] = []
  private(set) var sizes: [Int32] = []
  /// Numbers of packets outside the edit list.
  private(set) var hidden: Set<Int> = []

  var count: Int { positions.count }

  /// Gathers the places of packets in the order of the file.
  struct Survey {
    private var found = PacketPlaces()
    private var isPlain = true
    private let file: OpenFile

    /// Packets that are compared with the file: one in so many.
    private static let compared = 1024

    /// - Returns: `nil` for a container or a codec whose packets may be something else than bytes of the file.
    init?(of container: Container) {
      let codecs = [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_MPEG4]
      guard container.formatName.hasPrefix("mov,"),
        codecs.contains(container.stream.pointee.codecpar.pointee.codec_id),
        let file = try? OpenFile(URL(fileURLWithPath: container.file))
      else { return nil }
      self.file = file
    }

    mutating func append(_ packet: UnsafePointer<AVPacket>) {
      guard isPlain else { return }
      let position = packet.pointee.pos
      isPlain =
        position >= 0 && packet.pointee.size > 0 && packet.pointee.side_data_elems == 0
        && packet.pointee.flags & AV_PKT_FLAG_CORRUPT == 0
      if isPlain, found.count % Self.compared == 0 {
        isPlain = isInFile(packet)
      }
      if packet.pointee.flags & AV_PKT_FLAG_DISCARD != 0 { found.hidden.insert(found.count) }
      found.positions.append(position)
      found.sizes.append(packet.pointee.size)
    }

    private func isInFile(_ packet: UnsafePointer<AVPacket>) -> Bool {
      var bytes = [UInt8](repeating: 0, count: packet.bytes.count)
      guard (try? bytes.withUnsafeMutableBytes { try file.read(into: $0, from: packet.pointee.pos) }) != nil
      else { return false }
      return bytes.elementsEqual(packet.bytes)
    }

    /// `nil` where some packet was more than bytes of the file, or less.
    var places: PacketPlaces? { isPlain ? found : nil }
  }
}

/// Reads packets where they lie.
final class PlacedPackets: PacketCursor {
  let packet: UnsafeMutablePointer<AVPacket>
  private(set) var position = 0
  private let places: PacketPlaces
  private let path: String
  private let file: OpenFile

  /// - Throws: ``MediaError`` where the file cannot be opened again or memory is short.
  init(over url: URL, _ places: PacketPlaces) throws {
    (self.places, path) = (places, url.path)
    file = try OpenFile(url)
    guard let packet = av_packet_alloc() else { throw MediaError.outOfMemory("read", url.path) }
    self.packet = packet
  }

  deinit {
    var allocated: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&allocated)
  }

  func next() throws -> Bool {
    guard position < places.count else { return false }
    let size = Int(places.sizes[position])
    av_packet_unref(packet)
    guard av_new_packet(packet, Int32(size)) >= 0 else { throw MediaError.outOfMemory("read", path) }
    try file.read(
      into: UnsafeMutableRawBufferPointer(start: packet.pointee.data, count: size),
      from: places.positions[position])
    packet.pointee.pos = places.positions[position]
    if places.hidden.contains(position) { packet.pointee.flags |= AV_PKT_FLAG_DISCARD }
    position += 1
    return true
  }

  func move(to entry: PacketIndex.Entry) { position = entry.packet }
}
