import Testing

@testable import H264

@Suite struct StandInTests {
  private func standIn(
    for slice: [UInt8], beside others: [UInt8]..., in made: MadeStream = MadeStream(), also sets: [UInt8]...
  ) -> [UInt8]? {
    let configuration =
      MadeStream.packet(made.sequence, made.parameters()) + sets.flatMap { MadeStream.packet($0) }
    var stream = configuration.withUnsafeBytes { CodedStream(configuration: $0) }
    let packet = others.flatMap { MadeStream.packet($0) } + MadeStream.packet(slice)
    return packet.withUnsafeBytes { bytes in
      guard let picture = stream.picture(of: bytes) else { return nil }
      return StandIn(for: picture, in: stream)?.packet(inPlaceOf: bytes)
    }
  }

  private func headers(of packet: [UInt8], in made: MadeStream) -> SliceHeader? {
    var stream = MadeStream.packet(made.sequence, made.parameters()).withUnsafeBytes {
      CodedStream(configuration: $0)
    }
    return packet.withUnsafeBytes { stream.picture(of: $0) }?.first
  }

  @Test(arguments: [false, true])
  func aStandInHasThePlaceAndTheMarksOfItsPicture(hasBottomOrder: Bool) throws {
    let made = MadeStream(hasBottomOrder: hasBottomOrder)
    let slice = made.slice(.b, frame: 9, order: 5, counts: (3, 2), reorderings: [-2], forgotten: [3, 1])
    let packet = try #require(standIn(for: slice, in: made))
    let header = try #require(headers(of: packet, in: made))
    #expect(header.picture.id == StandIn.parametersID)
    #expect(header.kind == .b)
    #expect((header.frameNumber, header.order, header.bottomOrder) == (9, 10, hasBottomOrder ? 1 : 0))
    #expect(header.forgotten == [3, 1])
    #expect(header.referenceLevel == 3)
    #expect(header.counts == (1, 1))
  }

  @Test func itIsAFewBytesLong() throws {
    let slice = MadeStream().slice(.p, frame: 1, order: 1) + [UInt8](repeating: 0x55, count: 9000)
    #expect(try #require(standIn(for: slice)).count < 40)
  }

  @Test func otherUnitsOfThePacketStay() throws {
    let information: [UInt8] = [6, 5, 1, 0x80]
    let packet = try #require(standIn(for: MadeStream().slice(.p, frame: 1, order: 1), beside: information))
    #expect(packet.starts(with: MadeStream.packet(information)))
  }

  @Test func nothingStandsInForAResetOrForAPictureThatNoneRefersTo() {
    let made = MadeStream()
    #expect(standIn(for: made.slice(.i, frame: 0, order: 0, isIDR: true)) == nil)
    #expect(standIn(for: made.slice(.p, frame: 1, order: 1, isReference: false)) == nil)
    #expect(standIn(for: made.slice(.i, frame: 1, order: 1)) == nil)
  }

  @Test func nothingStandsInWhereItsParametersHaveAnothersNumber() {
    let made = MadeStream()
    #expect(standIn(for: made.slice(.p, frame: 1, order: 1), also: made.parameters(id: 255)) == nil)
  }
}
