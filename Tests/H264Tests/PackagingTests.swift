import Testing

@testable import H264

@Suite struct PackagingTests {
  private func units(_ bytes: [UInt8], _ packaging: Packaging) -> [[UInt8]]? {
    bytes.withUnsafeBytes { bytes in
      var units: [[UInt8]] = []
      let isWalked = packaging.forEachUnit(of: bytes) { units.append(Array($0.bytes)) }
      return isWalked ? units : nil
    }
  }

  @Test func unitsFollowTheirLengths() {
    #expect(units([0, 2, 0x67, 9, 0, 1, 0x68], .lengths(2)) == [[0x67, 9], [0x68]])
  }

  @Test func aLengthBeyondThePacketIsDamage() {
    #expect(units([0, 3, 0x67, 9], .lengths(2)) == nil)
    #expect(units([0, 0], .lengths(2)) == nil)
    #expect(units([255, 255, 255, 255, 1], .lengths(4)) == nil)
  }

  @Test func unitsFollowStartCodesOfThreeAndFourBytes() {
    #expect(units([0, 0, 0, 1, 0x67, 9, 0, 0, 1, 0x68, 7, 0], .startCodes) == [[0x67, 9], [0x68, 7]])
    #expect(
      units([0, 0, 1, 0x65, 0, 0, 3, 0, 0, 1, 0x41, 2], .startCodes) == [[0x65, 0, 0, 3], [0x41, 2]])
  }

  @Test func bytesWithoutAStartCodeAreNoUnits() {
    #expect(units([1, 2, 3, 4], .startCodes) == nil)
    #expect(units([], .startCodes) == nil)
  }

  @Test func thePrefixTellsTheLength() {
    #expect(Packaging.lengths(2).prefix(ofUnit: 300) == [1, 44])
    #expect(Packaging.startCodes.prefix(ofUnit: 300) == [0, 0, 0, 1])
  }
}
