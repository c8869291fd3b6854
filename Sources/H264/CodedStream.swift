/// The pictures of an H.264 stream, by their headers alone: packets go in, in the order of decoding.
public struct CodedStream: Sendable {
  /// Slices of a picture, of which encoders make a few or one a row: headers take much more memory than bytes of the
  /// packet, so that a packet full of them would fill the machine's.
  static let mostSlices = 4096

  private(set) var packaging = Packaging.startCodes
  private var sets = ParameterSets()

  /// - Parameter configuration: What the container keeps beside the packets: a configuration record
  ///   (ISO/IEC 14496-15, 5.3.3.1), or parameter sets after start codes, or nothing.
  public init(configuration: UnsafeRawBufferPointer) { take(configuration: configuration) }

  /// Takes in a configuration that came later; what it does not speak of stays.
  public mutating func take(configuration: UnsafeRawBufferPointer) {
    guard configuration.count > 6, configuration[0] == 1 else {
      packaging = .startCodes
      _ = packaging.forEachUnit(of: configuration) { sets.take($0) }
      return
    }
    packaging = .lengths(Int(configuration[4] & 3) + 1)
    takeSets(ofRecord: UnsafeRawBufferPointer(rebasing: configuration.dropFirst(5)))
  }

  private mutating func takeSets(ofRecord bytes: UnsafeRawBufferPointer) {
    var position = 0
    for mask in [31, 255] as [UInt8] {
      guard position < bytes.count else { return }
      let count = bytes[position] & mask
      position += 1
      for _ in 0..<count {
        guard position + 2 <= bytes.count else { return }
        let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
        position += 2
        guard length > 0, position + length <= bytes.count else { return }
        sets.take(NALUnit(bytes: UnsafeRawBufferPointer(rebasing: bytes[position..<position + length])))
        position += length
      }
    }
  }

  /// The picture in a packet; `nil` where there is none, or none that can be followed.
  public mutating func picture(of packet: UnsafeRawBufferPointer) -> CodedPicture? {
    var slices: [SliceHeader] = []
    var isWhole = true
    let isWalked = packaging.forEachUnit(of: packet) { unit in
      switch unit.kind {
      case .slice, .idrSlice:
        guard isWhole, slices.count < Self.mostSlices, let slice = SliceHeader(unit, sets) else {
          return isWhole = false
        }
        slices.append(slice)
      case .sequenceParameters, .pictureParameters: sets.take(unit)
      case .partitionA, .partitionB, .partitionC, .extensionSlice: isWhole = false
      default: break
      }
    }
    return isWalked && isWhole ? CodedPicture(slices: slices, sets: sets) : nil
  }
}

/// A picture's headers.
public struct CodedPicture: Sendable {
  let slices: [SliceHeader]
  /// Whether a picture parameter set has the number that a ``StandIn`` brings.
  let isNumberTaken: Bool

  var first: SliceHeader { slices[0] }

  /// `nil` without slices, or where they are not those of one picture, in order.
  init?(slices: [SliceHeader], sets: ParameterSets) {
    guard let first = slices.first, first.firstMacroblock == 0 else { return nil }
    for (slice, next) in zip(slices, slices.dropFirst()) {
      guard slice.firstMacroblock < next.firstMacroblock, next.frameNumber == first.frameNumber,
        next.isIDR == first.isIDR, (next.referenceLevel > 0) == (first.referenceLevel > 0),
        next.sequence.id == first.sequence.id, next.order == first.order,
        next.bottomOrder == first.bottomOrder, next.forgotten == first.forgotten
      else { return nil }
    }
    self.slices = slices
    isNumberTaken = sets.pictures[StandIn.parametersID] != nil
  }

  /// Whether decoding can begin here with an empty memory (an IDR picture).
  public var isReset: Bool { first.isIDR }
  /// Whether other pictures may refer to this one.
  public var isReference: Bool { first.referenceLevel > 0 }
}
