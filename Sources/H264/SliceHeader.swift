/// The part of a slice's header that tells which pictures it refers to and what becomes of them
/// (H.264, 7.3.3).
struct SliceHeader {
  enum Kind: Int {
    case p, b, i
  }

  /// A change of a reference list (7.3.3.1): how far the picture number of the next entry lies from that of the
  /// entry before, backwards or onwards.
  typealias Reordering = Int

  var firstMacroblock: Int
  var kind: Kind
  var sequence: SequenceParameters
  var picture: PictureParameters
  var isIDR: Bool
  var referenceLevel: Int
  /// `frame_num`.
  var frameNumber: Int
  /// `pic_order_cnt_lsb` and `delta_pic_order_cnt_bottom`.
  var order = 0
  var bottomOrder = 0
  /// Entries of the two lists that the slice may use.
  var counts = (0, 0)
  var reorderings: ([Reordering], [Reordering]) = ([], [])
  /// For each reference picture to forget, how far its number lies behind this one's; `nil` where the oldest
  /// goes once there are too many.
  var forgotten: [Int]?

  /// - Returns: `nil` for what is damaged or outside the tools that ``ReferenceModel`` follows.
  init?(_ unit: NALUnit, _ sets: ParameterSets) {
    var reader = unit.payload
    firstMacroblock = reader.unsigned()
    guard sets.isComplete, let kind = Kind(rawValue: reader.unsigned() % 5),
      let picture = sets.pictures[reader.unsigned()], let sequence = sets.sequences[picture.sequence]
    else { return nil }
    (self.kind, self.picture, self.sequence) = (kind, picture, sequence)
    isIDR = unit.kind == .idrSlice
    referenceLevel = unit.referenceLevel
    frameNumber = reader.bits(sequence.frameNumberBits)
    if isIDR { _ = reader.unsigned() }
    if sequence.orderKind == 0 {
      order = reader.bits(sequence.orderBits)
      if picture.hasBottomOrder { bottomOrder = reader.signed() }
    }
    if picture.hasRedundantCount, reader.unsigned() > 0 { return nil }
    guard readLists(&reader), readMarking(&reader), !reader.isOverrun else { return nil }
  }

  private mutating func readLists(_ reader: inout BitReader) -> Bool {
    if kind == .i { return true }
    if kind == .b { _ = reader.flag() }
    counts = (picture.defaultCounts.0, kind == .b ? picture.defaultCounts.1 : 0)
    if reader.flag() {
      counts.0 = reader.unsigned() + 1
      if kind == .b { counts.1 = reader.unsigned() + 1 }
    }
    guard counts.0 <= 32, counts.1 <= 32, let first = Self.readReorderings(&reader) else { return false }
    reorderings.0 = first
    if kind == .b {
      guard let second = Self.readReorderings(&reader) else { return false }
      reorderings.1 = second
    }
    let hasWeights = kind == .p ? picture.hasWeightsInP : picture.weightsInB == 1
    if hasWeights { skipWeights(&reader) }
    return true
  }

  private static func readReorderings(_ reader: inout BitReader) -> [Reordering]? {
    var reorderings: [Reordering] = []
    guard reader.flag() else { return reorderings }
    while reorderings.count <= 32 {
      switch reader.unsigned() {
      case 0: reorderings.append(-(reader.unsigned() + 1))
      case 1: reorderings.append(reader.unsigned() + 1)
      case 3: return reorderings
      default: return nil  // Long-term pictures, or damage.
      }
    }
    return nil
  }

  private func skipWeights(_ reader: inout BitReader) {
    let hasChroma = !sequence.isMonochrome
    _ = reader.unsigned()
    if hasChroma { _ = reader.unsigned() }
    for _ in 0..<counts.0 + counts.1 {
      if reader.flag() { _ = (reader.signed(), reader.signed()) }
      if hasChroma, reader.flag() {
        _ = (reader.signed(), reader.signed(), reader.signed(), reader.signed())
      }
    }
  }

  /// The marking of reference pictures (7.3.3.3).
  private mutating func readMarking(_ reader: inout BitReader) -> Bool {
    if referenceLevel == 0 { return true }
    if isIDR {
      _ = reader.flag()
      return !reader.flag()
    }
    guard reader.flag() else { return true }
    var forgotten: [Int] = []
    while forgotten.count <= 32 {
      switch reader.unsigned() {
      case 0:
        self.forgotten = forgotten
        return true
      case 1: forgotten.append(reader.unsigned() + 1)
      default: return false  // Long-term pictures, a reset in the middle, or damage.
      }
    }
    return false
  }
}
