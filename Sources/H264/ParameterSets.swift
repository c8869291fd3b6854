/// What slice headers need of a sequence parameter set (H.264, 7.3.2.1.1).
struct SequenceParameters {
  var id: Int
  /// Bits of `frame_num`.
  var frameNumberBits: Int
  /// `pic_order_cnt_type`: 0 or 2.
  var orderKind: Int
  /// Bits of `pic_order_cnt_lsb`, where `orderKind` is 0.
  var orderBits = 0
  /// `max_num_ref_frames`.
  var referenceCount: Int
  var isMonochrome = false

  /// `nil` for what is damaged or outside the tools that ``ReferenceModel`` follows: interlaced pictures,
  /// separate colour planes and the picture order of type 1.
  init?(_ reader: BitReader) {
    var reader = reader
    let profile = reader.bits(8)
    _ = reader.bits(16)
    id = reader.unsigned()
    (frameNumberBits, orderKind, referenceCount) = (0, 0, 0)
    if Self.profilesWithFormat.contains(profile) {
      guard readFormat(&reader) else { return nil }
    }
    frameNumberBits = reader.unsigned() + 4
    orderKind = reader.unsigned()
    if orderKind == 0 { orderBits = reader.unsigned() + 4 }
    referenceCount = reader.unsigned()
    _ = reader.flag()
    _ = (reader.unsigned(), reader.unsigned())
    let hasFramesOnly = reader.flag()
    guard !reader.isOverrun, hasFramesOnly, id < 32, frameNumberBits <= 16, [0, 2].contains(orderKind),
      orderBits <= 16, referenceCount <= 16
    else { return nil }
  }

  private static let profilesWithFormat = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]

  private mutating func readFormat(_ reader: inout BitReader) -> Bool {
    let chroma = reader.unsigned()
    isMonochrome = chroma == 0
    if chroma == 3, reader.flag() { return false }
    _ = (reader.unsigned(), reader.unsigned(), reader.flag())
    if reader.flag() {
      for list in 0..<(chroma == 3 ? 12 : 8) where reader.flag() {
        Self.skipScaling(&reader, count: list < 6 ? 16 : 64)
      }
    }
    return !reader.isOverrun
  }

  private static func skipScaling(_ reader: inout BitReader, count: Int) {
    var (last, next) = (8, 8)
    for _ in 0..<count {
      if next != 0 { next = (last + reader.signed() + 256) & 255 }
      if next != 0 { last = next }
    }
  }
}

/// What slice headers need of a picture parameter set (H.264, 7.3.2.2).
struct PictureParameters {
  var id: Int
  var sequence: Int
  /// `bottom_field_pic_order_in_frame_present_flag`.
  var hasBottomOrder: Bool
  /// Entries of the two reference lists where a slice does not say.
  var defaultCounts: (Int, Int)
  var hasWeightsInP: Bool
  /// `weighted_bipred_idc`; 1 where B slices bring their weights.
  var weightsInB: Int
  var hasRedundantCount: Bool

  /// `nil` for what is damaged or has slice groups.
  init?(_ reader: BitReader) {
    var reader = reader
    id = reader.unsigned()
    sequence = reader.unsigned()
    _ = reader.flag()
    hasBottomOrder = reader.flag()
    let hasGroups = reader.unsigned() != 0
    defaultCounts = (reader.unsigned() + 1, reader.unsigned() + 1)
    hasWeightsInP = reader.flag()
    weightsInB = reader.bits(2)
    _ = (reader.signed(), reader.signed(), reader.signed())
    _ = reader.bits(2)
    hasRedundantCount = reader.flag()
    guard !reader.isOverrun, !hasGroups, id < 256, sequence < 32, defaultCounts.0 <= 32, defaultCounts.1 <= 32
    else { return nil }
  }
}

/// The parameter sets that a stream has brought so far.
struct ParameterSets {
  private(set) var sequences: [Int: SequenceParameters] = [:]
  private(set) var pictures: [Int: PictureParameters] = [:]
  /// False for good once a set could not be followed: its number may be another's.
  private(set) var isComplete = true

  /// Takes in a unit of any kind.
  mutating func take(_ unit: NALUnit) {
    switch unit.kind {
    case .sequenceParameters:
      guard let set = SequenceParameters(unit.payload) else { return isComplete = false }
      sequences[set.id] = set
    case .pictureParameters:
      guard let set = PictureParameters(unit.payload) else { return isComplete = false }
      pictures[set.id] = set
    default: break
    }
  }
}
