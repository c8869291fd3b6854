import Testing

@testable import H264

@Suite struct BitTests {
  @Test func codesComeBackAsTheyWereWritten() {
    var writer = BitWriter()
    let values = [0, 1, 2, 3, 7, 8, 255, 256, 65_535, 1_000_000]
    for value in values {
      writer.unsigned(value)
      writer.signed(value)
      writer.signed(-value)
      writer.bits(value & 31, 5)
    }
    writer.unit(header: 1).withUnsafeBytes { bytes in
      var reader = NALUnit(bytes: bytes).payload
      for value in values {
        #expect(reader.unsigned() == value)
        #expect(reader.signed() == value)
        #expect(reader.signed() == -value)
        #expect(reader.bits(5) == value & 31)
      }
      #expect(!reader.isOverrun)
    }
  }

  @Test func codesAreThoseOfTheStandard() {
    // Table 9-2: 0 is 1, 1 is 010, 2 is 011, 3 is 00100.
    var writer = BitWriter()
    for value in 0...3 { writer.unsigned(value) }
    #expect(writer.unit(header: 0) == [0, 0b1010_0110, 0b0100_1000])
  }

  @Test func zerosAreKeptFromLookingLikeAStartCode() {
    var writer = BitWriter()
    writer.bits(0, 32)
    writer.bits(3, 8)
    let unit = writer.unit(header: 0x65)
    #expect(unit == [0x65, 0, 0, 3, 0, 0, 3, 3, 0x80])
    unit.withUnsafeBytes { bytes in
      var reader = NALUnit(bytes: bytes).payload
      #expect(reader.bits(32) == 0)
      #expect(reader.bits(8) == 3)
    }
  }

  @Test func readingBeyondTheEndGivesZerosAndIsRemembered() {
    [UInt8](repeating: 0, count: 3).withUnsafeBytes { bytes in
      var reader = BitReader(bytes)
      #expect(reader.bits(24) == 0)
      #expect(!reader.isOverrun)
      #expect(reader.unsigned() == 0)
      #expect(reader.isOverrun)
    }
  }
}
