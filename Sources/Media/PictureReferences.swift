import CFFmpeg
import H264

/// Which pictures each picture of a video stream may refer to, by numbers of packets.
///
/// Kept for H.264 only, as distances: some eight bytes a picture.
struct PictureReferences: Sendable {
  /// Where each packet's distances end in `distances`.
  private var ends: [UInt32] = []
  /// How many packets back; 0 where nothing is known.
  private var distances: [UInt16] = []
  /// Packets at which a decoder's memory begins anew.
  private var resets: Set<Int> = []

  private mutating func append(_ references: [Int]?, isReset: Bool) {
    let number = ends.count
    if isReset { resets.insert(number) }
    for reference in references ?? [number] { distances.append(UInt16(clamping: number - reference)) }
    ends.append(UInt32(distances.count))
  }

  /// The pictures of `packets` that decoding those of `wanted` needs, themselves among them, a truth value for each
  /// packet; `nil` where that cannot be told.
  func needed(of packets: Range<Int>, for wanted: some Sequence<Int>) -> [Bool]? {
    guard packets.upperBound <= ends.count, resets.contains(packets.lowerBound) else { return nil }
    var needed = [Bool](repeating: false, count: packets.count)
    for packet in wanted where packets.contains(packet) { needed[packet - packets.lowerBound] = true }
    for packet in packets.reversed() where needed[packet - packets.lowerBound] {
      let start = packet == 0 ? 0 : Int(ends[packet - 1])
      for distance in distances[start..<Int(ends[packet])] {
        // The farthest distance stands for all beyond it.
        guard distance > 0, distance < .max else { return nil }
        let reference = packet - Int(distance)
        guard reference >= packets.lowerBound else { return nil }
        needed[reference - packets.lowerBound] = true
      }
    }
    return needed
  }
}

extension PictureReferences {
  /// Gathers the references of packets in the order of the file.
  struct Survey {
    private(set) var references = PictureReferences()
    private var stream: CodedStream
    private var model = ReferenceModel()

    init(_ stream: CodedStream) { self.stream = stream }

    mutating func append(_ packet: UnsafePointer<AVPacket>) {
      let picture = stream.picture(of: packet)
      let found = model.references(of: picture, number: references.ends.count)
      references.append(found, isReset: found != nil && picture?.isReset == true)
    }
  }
}

extension CodedStream {
  /// - Returns: `nil` for a stream that is not H.264.
  init?(of stream: UnsafePointer<AVStream>) {
    guard let parameters = stream.pointee.codecpar, parameters.pointee.codec_id == AV_CODEC_ID_H264
    else { return nil }
    self.init(
      configuration: UnsafeRawBufferPointer(
        start: parameters.pointee.extradata, count: max(0, Int(parameters.pointee.extradata_size))))
  }

  /// The picture in a packet; `nil` also where the packet is known to be damaged.
  mutating func picture(of packet: UnsafePointer<AVPacket>) -> CodedPicture? {
    if let configuration = packet.configuration { take(configuration: configuration) }
    return packet.pointee.flags & AV_PKT_FLAG_CORRUPT == 0 ? picture(of: packet.bytes) : nil
  }
}

extension UnsafePointer<AVPacket> {
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: pointee.data, count: max(0, Int(pointee.size)))
  }

  /// Codec parameters that change with this packet.
  var configuration: UnsafeRawBufferPointer? {
    var size = 0
    guard let start = av_packet_get_side_data(self, AV_PKT_DATA_NEW_EXTRADATA, &size) else { return nil }
    return UnsafeRawBufferPointer(start: start, count: size)
  }
}
