/// Reads the bits of a NAL unit's payload, past its emulation prevention bytes (H.264, 7.3.1).
///
/// Reading beyond the end gives zeros and is remembered, so that a header is checked once, at its end.
struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  private var next = 0
  private var zeros = 0
  private var cache: UInt64 = 0
  private var available = 0
  /// Whether more was read than is there, or a code was longer than any that is allowed.
  private(set) var isOverrun = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func fill() {
    while available <= 48, next < bytes.count {
      let byte = bytes[next]
      next += 1
      if zeros >= 2, byte == 3 {
        zeros = 0
        continue
      }
      zeros = byte == 0 ? zeros + 1 : 0
      cache = cache << 8 | UInt64(byte)
      available += 8
    }
  }

  /// The next `count` bits, at most 32, the first of them highest.
  mutating func bits(_ count: Int) -> Int {
    if available < count { fill() }
    guard available >= count else {
      isOverrun = true
      return 0
    }
    available -= count
    return Int(cache >> UInt64(available) & (1 << UInt64(count) - 1))
  }

  mutating func flag() -> Bool { bits(1) == 1 }

  /// An unsigned Exp-Golomb code, `ue(v)` in 9.1.
  mutating func unsigned() -> Int {
    var zeros = 0
    while bits(1) == 0 {
      zeros += 1
      guard zeros < 32, !isOverrun else {
        isOverrun = true
        return 0
      }
    }
    return 1 << zeros - 1 + bits(zeros)
  }

  /// A signed Exp-Golomb code, `se(v)` in 9.1.1.
  mutating func signed() -> Int {
    let code = unsigned()
    return code & 1 == 1 ? (code + 1) / 2 : -code / 2
  }
}
