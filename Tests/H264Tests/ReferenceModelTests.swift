import Testing

@testable import H264

/// Each case is worked by hand after 8.2.4 and 8.2.5.
@Suite struct ReferenceModelTests {
  private let stream = MadeStream()

  @Test func aPictureRefersToTheOneDecodedBefore() {
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true), stream.slice(.p, frame: 1, order: 1),
      stream.slice(.p, frame: 2, order: 2),
    ]
    #expect(stream.references(of: slices) == [[], [0], [1]])
  }

  @Test func aPictureThatNoneRefersToIsNotInTheLists() {
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true),
      stream.slice(.p, frame: 1, order: 1, isReference: false), stream.slice(.p, frame: 1, order: 2),
      stream.slice(.p, frame: 2, order: 3, counts: (4, 0)),
    ]
    #expect(stream.references(of: slices) == [[], [0], [0], [0, 2]])
  }

  @Test func aBidirectionalPictureRefersToItsNeighboursInTheOrderOfDisplay() {
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true), stream.slice(.p, frame: 1, order: 4),
      stream.slice(.b, frame: 2, order: 2), stream.slice(.b, frame: 3, order: 1, isReference: false),
      stream.slice(.b, frame: 3, order: 3, isReference: false),
    ]
    #expect(stream.references(of: slices) == [[], [0], [0, 1], [0, 2], [1, 2]])
  }

  @Test func aListMayBeReordered() {
    // From picture 3 three back is 0; the list of one entry then holds nothing else.
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true), stream.slice(.p, frame: 1, order: 1),
      stream.slice(.p, frame: 2, order: 2), stream.slice(.p, frame: 3, order: 3, reorderings: [-3]),
      stream.slice(.p, frame: 4, order: 4, counts: (2, 0), reorderings: [-3, -1]),
    ]
    #expect(stream.references(of: slices) == [[], [0], [1], [0], [0, 1]])
  }

  @Test func theOldestIsForgottenFirst() {
    var short = stream
    short.references = 2
    let slices =
      [short.slice(.i, frame: 0, order: 0, isIDR: true)]
      + (1..<5).map { short.slice(.p, frame: $0, order: $0, counts: (4, 0)) }
    #expect(short.references(of: slices) == [[], [0], [0, 1], [1, 2], [2, 3]])
  }

  @Test func aPictureForgottenByOrderIsInNoListAfterwards() {
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true), stream.slice(.p, frame: 1, order: 1),
      stream.slice(.p, frame: 2, order: 2, forgotten: [1]),
      stream.slice(.p, frame: 3, order: 3, counts: (4, 0)),
    ]
    #expect(stream.references(of: slices) == [[], [0], [1], [0, 2]])
  }

  @Test func numbersGoRound() {
    // frame_num has four bits, the picture order too: it counts two a picture.
    let slices =
      [stream.slice(.i, frame: 0, order: 0, isIDR: true)]
      + (1..<40).map { stream.slice(.p, frame: $0 % 16, order: $0, counts: (2, 0)) }
      + [stream.slice(.b, frame: 40 % 16, order: 38, isReference: false, counts: (1, 1))]
    let references = stream.references(of: slices)
    #expect(references[15...20].map { $0 ?? [] } == (15...20).map { [$0 - 2, $0 - 1] })
    // Between 37 and 39 in the order of display, 38 taking its own place among the later ones.
    #expect(references[40] == [37, 38])
  }

  @Test func afterAGapNothingIsKnownUpToTheNextReset() {
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true), stream.slice(.p, frame: 2, order: 2),
      stream.slice(.p, frame: 3, order: 3), stream.slice(.i, frame: 0, order: 0, isIDR: true),
      stream.slice(.p, frame: 1, order: 1),
    ]
    #expect(stream.references(of: slices) == [[], nil, nil, [], [3]])
  }

  @Test func afterANumberThatIsThereTwiceNothingIsKnown() {
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true), stream.slice(.p, frame: 1, order: 1),
      stream.slice(.p, frame: 1, order: 2), stream.slice(.p, frame: 2, order: 3, counts: (2, 0)),
    ]
    #expect(stream.references(of: slices) == [[], [0], nil, nil])
  }

  @Test func nothingIsKnownBeforeTheFirstReset() {
    #expect(stream.references(of: [stream.slice(.p, frame: 1, order: 1)]) == [nil])
  }

  @Test func aReorderingToAPictureThatIsNotThereIsDamage() {
    let slices = [
      stream.slice(.i, frame: 0, order: 0, isIDR: true),
      stream.slice(.p, frame: 1, order: 1, reorderings: [-7]),
    ]
    #expect(stream.references(of: slices) == [[], nil])
  }

  @Test func noBytesCanUpsetTheReading() {
    var state: UInt64 = 88_172_645_463_325_252
    func random() -> UInt8 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    let good = [
      stream.sequence, stream.parameters(), stream.slice(.i, frame: 0, order: 0, isIDR: true),
      stream.slice(.b, frame: 1, order: 2, counts: (3, 3), reorderings: [-1, 2], forgotten: [1]),
    ]
    for round in 0..<4000 {
      var (coded, model) = (
        CodedStream(configuration: UnsafeRawBufferPointer(start: nil, count: 0)), ReferenceModel()
      )
      for (number, unit) in (good + good).enumerated() {
        var bytes = MadeStream.packet(unit)
        for _ in 0..<round % 4 { bytes[Int(random()) % bytes.count] = random() }
        if round % 7 == 0 { bytes = (0..<Int(random())).map { _ in random() } }
        let picture = bytes.withUnsafeBytes { coded.picture(of: $0) }
        if let references = model.references(of: picture, number: number) {
          #expect(references.allSatisfy { $0 < number })
        }
        if let picture, let standIn = StandIn(for: picture, in: coded) {
          _ = bytes.withUnsafeBytes { standIn.packet(inPlaceOf: $0) }
        }
      }
    }
  }
}
