import Foundation

@testable import H264

/// H.264's headers, once as an Annex B stream and once as packets of units after their lengths.
func fuzzH264(_ bytes: Data) {
  let bytes = [UInt8](bytes)
  follow(packets(ofStream: bytes), configuration: [])
  var rest = bytes[...]
  let configuration = rest.counted()
  var packets: [[UInt8]] = []
  while !rest.isEmpty { packets.append(rest.counted()) }
  follow(packets, configuration: configuration)
}

/// Holds what the rest of the program relies on: pictures refer to earlier ones, and after a stand-in all pictures
/// refer to what they referred to before.
private func follow(_ packets: [[UInt8]], configuration: [UInt8]) {
  var whole = configuration.withUnsafeBytes { Followed(CodedStream(configuration: $0)) }
  var replaced = whole
  for (number, packet) in packets.enumerated() {
    packet.withUnsafeBytes { bytes in
      let (picture, references) = whole.take(bytes, number)
      var undisturbed = replaced
      let (_, same) = undisturbed.take(bytes, number)
      guard let picture, let references else {
        (replaced.stream, replaced.model) = (undisturbed.stream, ReferenceModel())
        return
      }
      precondition(references.count <= 16 && references.allSatisfy { (0..<number).contains($0) })
      precondition(references == same, "a stand-in changed what picture \(number) refers to")
      guard let standIn = StandIn(for: picture, in: whole.stream) else { return replaced = undisturbed }
      standIn.packet(inPlaceOf: bytes).withUnsafeBytes { _ = replaced.take($0, number) }
    }
  }
}

private struct Followed {
  var stream: CodedStream
  var model = ReferenceModel()

  init(_ stream: CodedStream) { self.stream = stream }

  mutating func take(_ packet: UnsafeRawBufferPointer, _ number: Int) -> (CodedPicture?, [Int]?) {
    let picture = stream.picture(of: packet)
    return (picture, model.references(of: picture, number: number))
  }
}

/// Cuts a stream as containers do: a packet ends before a slice that begins a picture, or before what leads to it.
private func packets(ofStream bytes: [UInt8]) -> [[UInt8]] {
  var packets: [[UInt8]] = []
  var packet: [UInt8] = []
  var hasSlice = false
  bytes.withUnsafeBytes { bytes in
    _ = Packaging.startCodes.forEachUnit(of: bytes) { unit in
      let isSlice = unit.kind == .slice || unit.kind == .idrSlice
      var payload = unit.payload
      if hasSlice, !isSlice || payload.flag() {
        packets.append(packet)
        (packet, hasSlice) = ([], false)
      }
      packet += [0, 0, 0, 1] + unit.bytes
      hasSlice = hasSlice || isSlice
    }
  }
  return packets + [packet]
}

extension ArraySlice<UInt8> {
  /// Takes away as many bytes as the first two say.
  fileprivate mutating func counted() -> [UInt8] {
    let count = prefix(2).reduce(0) { $0 << 8 | Int($1) }
    self = dropFirst(2)
    defer { self = dropFirst(count) }
    return Array(prefix(count))
  }
}
