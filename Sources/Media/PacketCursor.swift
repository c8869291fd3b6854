import CFFmpeg
import Foundation

/// Walks over the packets of a video stream by their number in the index.
protocol PacketCursor {
  /// The packet that was read last.
  var packet: UnsafeMutablePointer<AVPacket> { get }
  /// Number of the packet that the next read delivers.
  var position: Int { get }

  /// Reads the next packet; false at the end of what is there.
  /// - Throws: ``MediaError`` where the file has become unreadable.
  func next() throws -> Bool

  /// Goes to where the next read delivers the entry's packet.
  /// - Throws: ``MediaError`` where the file has become unreadable.
  func move(to entry: PacketIndex.Entry) throws
}

extension Recording {
  /// A cursor of its own for each slice.
  func cursor() throws -> any PacketCursor {
    if let places = packets.places { return try PlacedPackets(over: url, places) }
    return try DemuxedPackets(over: url)
  }
}

/// Reads packets as the container's demuxer finds them.
final class DemuxedPackets: PacketCursor {
  let packet: UnsafeMutablePointer<AVPacket>
  private(set) var position = 0

  private var container: Container
  private let url: URL
  /// `packet` was read while seeking and is still to be delivered.
  private var isHeld = false
  /// Codec parameters that came with a packet passed over: the decoder needs them with the next one.
  private var parameters: Data?

  /// Packets that are sooner read than sought past.
  private static let nearby = 512
  /// Failed reads in a row after which the rest counts as lost.
  static let patience = 1000

  init(over url: URL) throws {
    guard let packet = av_packet_alloc() else {
      throw MediaError.outOfMemory("read", url.path)
    }
    self.packet = packet
    self.url = url
    do {
      container = try Container(opening: url)
    } catch {
      var allocated: UnsafeMutablePointer<AVPacket>? = packet
      av_packet_free(&allocated)
      throw error
    }
  }

  deinit {
    var allocated: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&allocated)
  }

  func next() throws -> Bool {
    if isHeld {
      isHeld = false
    } else if try !container.readPastDamage(into: packet) {
      return false
    }
    position += 1
    attachParameters()
    return true
  }

  func move(to entry: PacketIndex.Entry) throws {
    if position == entry.packet { return }
    let isNearby = position < entry.packet && entry.packet - position <= Self.nearby
    if try !isNearby && !seek(to: entry) {
      // Containers without a usable index, and those whose packets differ after seeking.
      container = try Container(opening: url)
      (position, isHeld, parameters) = (0, false, nil)
    }
    while position < entry.packet, try next() { keepParameters() }
  }

  private func seek(to entry: PacketIndex.Entry) throws -> Bool {
    guard entry.position >= 0, container.seek(to: entry.seekTick) else { return false }
    isHeld = false
    parameters = nil
    for _ in 0..<Self.nearby {
      guard try container.readPastDamage(into: packet) else { return false }
      if packet.pointee.pos == entry.position,
        packet.pointee.dts == entry.seekTick
          || packet.pointee.dts == FFmpegStatus.noTimestamp
      {
        position = entry.packet
        isHeld = true
        return true
      }
    }
    return false
  }

  private func keepParameters() {
    var size = 0
    if let bytes = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &size) {
      parameters = Data(bytes: bytes, count: size)
    }
  }

  private func attachParameters() {
    guard let kept = parameters else { return }
    parameters = nil
    var size = 0
    guard av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, &size) == nil,
      let bytes = av_packet_new_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, kept.count)
    else { return }
    kept.copyBytes(to: bytes, count: kept.count)
  }
}

extension Container {
  /// Reads the next packet, skipping what cannot be understood; false at the end.
  func readPastDamage(into packet: UnsafeMutablePointer<AVPacket>) throws -> Bool {
    for _ in 0..<DemuxedPackets.patience {
      switch try read(into: packet) {
      case .packet: return true
      case .end: return false
      case .damaged: continue
      }
    }
    return false
  }
}
