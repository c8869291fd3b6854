/// One unit of an H.264 stream, inside the bytes of a packet (H.264, 7.3.1).
struct NALUnit {
  enum Kind: Int {
    case slice = 1, partitionA, partitionB, partitionC, idrSlice, information, sequenceParameters,
      pictureParameters
    case extensionSlice = 20
  }

  /// From the unit's first byte on.
  let bytes: UnsafeRawBufferPointer

  /// `nal_ref_idc`: zero where no other picture refers to this one.
  var referenceLevel: Int { Int(bytes[0] >> 5 & 3) }
  var kind: Kind? { Kind(rawValue: Int(bytes[0] & 31)) }
  var payload: BitReader { BitReader(UnsafeRawBufferPointer(rebasing: bytes.dropFirst())) }
}

/// How a stream tells its units apart.
enum Packaging: Equatable {
  /// Each unit after its length in as many bytes (ISO/IEC 14496-15), as in mp4, mov, mkv and flv.
  case lengths(Int)
  /// Each unit after a start code (H.264, annex B), as in ts and avi.
  case startCodes

  /// Calls `body` with each unit in turn.
  /// - Returns: False where the bytes are no such units.
  func forEachUnit(of bytes: UnsafeRawBufferPointer, _ body: (NALUnit) -> Void) -> Bool {
    switch self {
    case .lengths(let size): Self.walkLengths(of: bytes, size, body)
    case .startCodes: Self.walkStartCodes(of: bytes, body)
    }
  }

  /// What stands before a unit of `count` bytes.
  func prefix(ofUnit count: Int) -> [UInt8] {
    switch self {
    case .lengths(let size): (0..<size).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    case .startCodes: [0, 0, 0, 1]
    }
  }

  private static func walkLengths(
    of bytes: UnsafeRawBufferPointer, _ size: Int, _ body: (NALUnit) -> Void
  ) -> Bool {
    var position = 0
    while position < bytes.count {
      guard position + size < bytes.count else { return false }
      let length = bytes[position..<position + size].reduce(0) { $0 << 8 | Int($1) }
      let start = position + size
      guard length > 0, length <= bytes.count - start else { return false }
      body(NALUnit(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])))
      position = start + length
    }
    return true
  }

  private static func walkStartCodes(of bytes: UnsafeRawBufferPointer, _ body: (NALUnit) -> Void) -> Bool {
    var start: Int?
    var position = 0
    func close(at end: Int) {
      guard let first = start else { return }
      var end = end
      while end > first, bytes[end - 1] == 0 { end -= 1 }
      if end > first { body(NALUnit(bytes: UnsafeRawBufferPointer(rebasing: bytes[first..<end]))) }
    }
    while position + 2 < bytes.count {
      // Neither this byte nor the two before it can then belong to a start code.
      if bytes[position + 2] > 1 {
        position += 3
      } else if bytes[position] == 0, bytes[position + 1] == 0, bytes[position + 2] == 1 {
        close(at: position)
        position += 3
        start = position
      } else {
        position += 1
      }
    }
    close(at: bytes.count)
    return start != nil
  }
}
