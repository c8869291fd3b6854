import Testing

@testable import H264

@Suite struct CodedStreamTests {
  private let made = MadeStream()

  private func picture(ofSlices count: Int) -> CodedPicture? {
    var stream = MadeStream.packet(made.sequence, made.parameters()).withUnsafeBytes {
      CodedStream(configuration: $0)
    }
    let packet = (0..<count).flatMap {
      MadeStream.packet(made.slice(.i, frame: 0, order: 0, isIDR: true, firstMacroblock: $0))
    }
    return packet.withUnsafeBytes { stream.picture(of: $0) }
  }

  @Test func aPictureOfSlicesIsTheirs() {
    #expect(picture(ofSlices: 0) == nil)
    #expect(picture(ofSlices: 1)?.slices.count == 1)
    #expect(picture(ofSlices: 68)?.slices.map(\.firstMacroblock) == Array(0..<68))
  }

  @Test func aPacketFullOfSlicesIsNotFollowed() {
    #expect(picture(ofSlices: CodedStream.mostSlices) != nil)
    #expect(picture(ofSlices: CodedStream.mostSlices + 1) == nil)
  }
}
