@testable import H264

/// Writes the headers of a stream: four bits of `frame_num` and of the picture order, no entropy coding.
struct MadeStream {
  var references = 4
  var hasBottomOrder = false

  var sequence: [UInt8] {
    var writer = BitWriter()
    writer.bits(66, 8)
    writer.bits(0, 8)
    writer.bits(30, 8)
    for value in [0, 0, 0, 0, references] { writer.unsigned(value) }
    writer.flag(false)
    writer.unsigned(3)
    writer.unsigned(2)
    writer.flag(true)
    writer.bits(0, 4)
    return writer.unit(header: 0x67)
  }

  func parameters(id: Int = 0) -> [UInt8] {
    var writer = BitWriter()
    writer.unsigned(id)
    writer.unsigned(0)
    writer.flag(false)
    writer.flag(hasBottomOrder)
    for _ in 0..<3 { writer.unsigned(0) }
    writer.bits(0, 3)
    for _ in 0..<3 { writer.signed(0) }
    writer.bits(0, 3)
    return writer.unit(header: 0x68)
  }

  /// A slice; `order` counts pictures, as its number does frames.
  func slice(
    _ kind: SliceHeader.Kind, frame: Int, order: Int, isIDR: Bool = false, isReference: Bool = true,
    counts: (Int, Int)? = nil, reorderings: [Int] = [], forgotten: [Int]? = nil, firstMacroblock: Int = 0
  ) -> [UInt8] {
    var writer = BitWriter()
    writer.unsigned(firstMacroblock)
    writer.unsigned(kind.rawValue)
    writer.unsigned(0)
    writer.bits(frame, 4)
    if isIDR { writer.unsigned(0) }
    writer.bits(2 * order & 15, 4)
    if hasBottomOrder { writer.signed(1) }
    if kind == .b { writer.flag(true) }
    if kind != .i { write(kind, counts, reorderings, to: &writer) }
    if isReference { write(forgotten, isIDR, to: &writer) }
    writer.signed(0)
    return writer.unit(header: (isReference ? 3 : 0) << 5 | (isIDR ? 5 : 1))
  }

  private func write(
    _ kind: SliceHeader.Kind, _ counts: (Int, Int)?, _ reorderings: [Int], to writer: inout BitWriter
  ) {
    writer.flag(counts != nil)
    if let counts {
      writer.unsigned(counts.0 - 1)
      if kind == .b { writer.unsigned(counts.1 - 1) }
    }
    writer.flag(!reorderings.isEmpty)
    for step in reorderings {
      writer.unsigned(step < 0 ? 0 : 1)
      writer.unsigned(abs(step) - 1)
    }
    if !reorderings.isEmpty { writer.unsigned(3) }
    if kind == .b { writer.flag(false) }
  }

  private func write(_ forgotten: [Int]?, _ isIDR: Bool, to writer: inout BitWriter) {
    if isIDR { return writer.bits(0, 2) }
    writer.flag(forgotten != nil)
    guard let forgotten else { return }
    for distance in forgotten {
      writer.unsigned(1)
      writer.unsigned(distance - 1)
    }
    writer.unsigned(0)
  }

  /// Units as a packet with start codes.
  static func packet(_ units: [UInt8]...) -> [UInt8] { units.flatMap { [0, 0, 0, 1] + $0 } }

  /// What the model tells of the pictures, by their places.
  func references(of slices: [[UInt8]]) -> [[Int]?] {
    var stream = MadeStream.packet(sequence, parameters()).withUnsafeBytes { CodedStream(configuration: $0) }
    var model = ReferenceModel()
    return slices.enumerated().map { number, slice in
      let picture = MadeStream.packet(slice).withUnsafeBytes { stream.picture(of: $0) }
      return model.references(of: picture, number: number)?.sorted()
    }
  }
}
