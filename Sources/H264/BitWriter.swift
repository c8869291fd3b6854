/// Writes the bits of a NAL unit's payload.
struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt8 = 0
  private var count = 0

  /// The lowest `count` bits of `value`, the highest of them first.
  mutating func bits(_ value: Int, _ count: Int) {
    for bit in (0..<count).reversed() {
      pending = pending << 1 | UInt8(value >> bit & 1)
      self.count += 1
      if self.count % 8 == 0 { bytes.append(pending) }
    }
  }

  mutating func flag(_ value: Bool) { bits(value ? 1 : 0, 1) }

  /// An unsigned Exp-Golomb code, `ue(v)` in 9.1.
  mutating func unsigned(_ value: Int) {
    let length = Int.bitWidth - (value + 1).leadingZeroBitCount
    bits(0, length - 1)
    bits(value + 1, length)
  }

  /// A signed Exp-Golomb code, `se(v)` in 9.1.1.
  mutating func signed(_ value: Int) { unsigned(value > 0 ? 2 * value - 1 : -2 * value) }

  /// The whole unit: `header`, then what was written with its stop bit, emulation prevention bytes put in.
  func unit(header: UInt8) -> [UInt8] {
    var ended = self
    ended.flag(true)
    while ended.count % 8 != 0 { ended.flag(false) }
    var (unit, zeros) = ([header], 0)
    for byte in ended.bytes {
      if zeros == 2, byte <= 3 {
        unit.append(3)
        zeros = 0
      }
      unit.append(byte)
      zeros = byte == 0 ? zeros + 1 : 0
    }
    return unit
  }
}
