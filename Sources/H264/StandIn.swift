/// A few bytes that take a picture's place in the decoder where no picture that is wanted refers to it.
///
/// A decoder that never saw the picture would miss it among its reference pictures and take others for those meant. The
/// stand-in has the picture's place in their order and their lists, and its marks on them, but says of its content
/// only that one macroblock is skipped.
public struct StandIn: Sendable {
  /// The picture parameter set that stand-ins bring along: variable-length codes, no deblocking, no weights.
  static let parametersID = 255

  private let packaging: Packaging
  private let parameters: [UInt8]
  private let slice: [UInt8]

  /// - Returns: `nil` where the picture is one that nothing can stand in for.
  public init?(for picture: CodedPicture, in stream: CodedStream) {
    let header = picture.first
    guard picture.isReference, !picture.isReset, !picture.isNumberTaken,
      let kind = picture.slices.map(\.kind).first(where: { $0 != .i })
    else { return nil }
    packaging = stream.packaging
    parameters = Self.parameters(like: header)
    slice = Self.slice(like: header, kind)
  }

  /// A packet with the stand-in in place of the picture's slices, its other units as they are.
  public func packet(inPlaceOf packet: UnsafeRawBufferPointer) -> [UInt8] {
    var bytes: [UInt8] = []
    var isPlaced = false
    _ = packaging.forEachUnit(of: packet) { unit in
      guard unit.kind == .slice else {
        bytes += packaging.prefix(ofUnit: unit.bytes.count)
        bytes += unit.bytes
        return
      }
      guard !isPlaced else { return }
      isPlaced = true
      for own in [parameters, slice] { bytes += packaging.prefix(ofUnit: own.count) + own }
    }
    return bytes
  }

  private static func parameters(like header: SliceHeader) -> [UInt8] {
    var writer = BitWriter()
    writer.unsigned(parametersID)
    writer.unsigned(header.sequence.id)
    writer.flag(false)
    writer.flag(header.picture.hasBottomOrder)
    for _ in 0..<3 { writer.unsigned(0) }
    writer.bits(0, 3)
    for _ in 0..<3 { writer.signed(0) }
    writer.flag(true)
    writer.bits(0, 2)
    return writer.unit(header: 3 << 5 | UInt8(NALUnit.Kind.pictureParameters.rawValue))
  }

  private static func slice(like header: SliceHeader, _ kind: SliceHeader.Kind) -> [UInt8] {
    var writer = BitWriter()
    writer.unsigned(0)
    writer.unsigned(5 + kind.rawValue)
    writer.unsigned(parametersID)
    writer.bits(header.frameNumber, header.sequence.frameNumberBits)
    if header.sequence.orderKind == 0 {
      writer.bits(header.order, header.sequence.orderBits)
      if header.picture.hasBottomOrder { writer.signed(header.bottomOrder) }
    }
    if kind == .b { writer.flag(true) }
    // One reference a list, not reordered.
    writer.bits(0, kind == .b ? 3 : 2)
    writer.flag(header.forgotten != nil)
    if let forgotten = header.forgotten {
      for distance in forgotten {
        writer.unsigned(1)
        writer.unsigned(distance - 1)
      }
      writer.unsigned(0)
    }
    writer.signed(0)
    writer.unsigned(1)
    // mb_skip_run
    writer.unsigned(1)
    return writer.unit(
      header: UInt8(header.referenceLevel) << 5 | UInt8(NALUnit.Kind.slice.rawValue))
  }
}
