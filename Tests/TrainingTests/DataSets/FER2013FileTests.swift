import Foundation
import Testing
import Vocabulary

@testable import Training

@Suite struct FER2013FileTests {
  private static let pixels = Array(repeating: "7", count: 2304).joined(separator: " ")
  private static let header = "emotion,pixels,Usage\n"
  private static let bzip2Header =
    "QlpoOTFBWSZTWfiUu+QAAAPTgAAQAAQCACKnzEAgACKZMQ0z1QpgABqll2RwO4KPA7/F3JFOFCQ+JS75AA=="
  private static let bzip2Nothing = "QlpoORdyRThQkAAAAAA="
  private static let bzip2Row =
    "QlpoOTFBWSZTWb7j4nAABIFbgAAQQAQIgAQAIKEQACAAMQDTTQIpD1BpyKqqBKzIqqoFXZ6y/i7kinChIX3HxOA="

  private func read(_ text: String, limit: Int = 100) async throws -> (faces: [Face], faults: [RowFault]) {
    try await read(Data(text.utf8), limit: limit)
  }

  private func read(_ bytes: Data, limit: Int = 100) async throws -> (faces: [Face], faults: [RowFault]) {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "faces.csv")
      try bytes.write(to: file)
      var faces: [Face] = []
      let faults = try FER2013File(path: file.path, faultLimit: limit).forEachFace { _, face in
        faces.append(face)
      }
      return (faces, faults)
    }
  }

  @Test func `rows become faces in the file's order`() async throws {
    let (faces, faults) = try await read(
      Self.header + "3,\(Self.pixels),Training\n" + "6,\(Self.pixels),PrivateTest\n")
    #expect(faults.isEmpty)
    #expect(faces.map(\.expression) == [.happy, .neutral])
    #expect(faces.map(\.split) == [.training, .privateTest])
    #expect(faces[0].pixels == Array(repeating: 7, count: 2304))
  }

  @Test func `columns may stand in any order and with spaces and carriage returns`() async throws {
    let (faces, faults) = try await read(
      "emotion, Usage, pixels\r\n" + "0, PublicTest, \(Self.pixels)\r\n" + "\r\n")
    #expect(faults.isEmpty)
    #expect(faces.map(\.split) == [.publicTest])
  }

  @Test(arguments: [
    "H4sIAAAAAAACA+3YwQmDMBQA0LtTdIDcPHQNDzpAWoJ80CgmhY7vHvJ4W7yyHz2Oms74l62lpeW1DGN6vwAAAAB4sDRfOWrUVQUBAAAAPL6Cpt9ni+9cWh9ubdrKRi0kAAA=",
    "QlpoOTFBWSZTWfGc5MkAEgnbgAAQQAQIgEYAOqfeQCAAVFAA0Gmg9QRUgaaNA0eoVrExVVQJkiLTKFBVVQJcSMY9tt9QyTjWmO7ULLGiISSYp8XckU4UJDxnOTJA",
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4CQsAFtdADKbSkOtFa9ovzGe5E1b8iVwADkrfAtZ1egsplR0QgQRjX/5j+9hxOGADGxmNCENBg92nBJwjvmbmq5uVBW2NRKvbzKSC5D8zQ3gI/AeHRjVdVrDCBsyrlw8oUAAAP8dt3ADol1uAAF3rUgAAABRwmUDscRn+wIAAAAABFla",
  ])
  func `gzip, bzip2 and xz read as the plain file does`(base64: String) async throws {
    let (faces, faults) = try await read(#require(Data(base64Encoded: base64)))
    #expect(faults.isEmpty)
    #expect(faces.map(\.split) == [.training, .publicTest])
    #expect(faces.allSatisfy { $0.pixels == Array(repeating: 7, count: 2304) })
  }

  @Test func `bzip2 of several streams, as pbzip2 writes it, is read to its end`() async throws {
    // "emotion,pixels,Usage", then two streams of no bytes, then a row of happy Training.
    let streams = [Self.bzip2Header, Self.bzip2Nothing, Self.bzip2Nothing, Self.bzip2Row]
    let bytes = try streams.reduce(into: Data()) { $0 += try #require(Data(base64Encoded: $1)) }
    let (faces, faults) = try await read(bytes)
    #expect(faults.isEmpty)
    #expect(faces.map(\.expression) == [.happy])
    await #expect(throws: DataSetError.self) { _ = try await read(bytes + Data("BZ".utf8)) }
  }

  @Test func `a compressed file that is cut off is an error`() async throws {
    let whole = try #require(
      Data(
        base64Encoded:
          "QlpoOTFBWSZTWfGc5MkAEgnbgAAQQAQIgEYAOqfeQCAAVFAA0Gmg9QRUgaaNA0eoVrExVVQJkiLTKFBVVQJcSMY9tt9QyTjWmO7ULLGiISSYp8XckU4UJDxnOTJA"
      ))
    await #expect(throws: DataSetError.self) { _ = try await read(whole.prefix(60)) }
  }

  @Test func `each bad row is reported by its line`() async throws {
    let (faces, faults) = try await read(
      Self.header + "9,\(Self.pixels),Training\n" + "1,1 2 3,Training\n"
        + "1,\(Self.pixels.dropLast())256,Training\n" + "1,\(Self.pixels.dropLast())x,Training\n"
        + "1,\(Self.pixels),Elsewhere\n" + "1,\(Self.pixels)\n" + "2,\(Self.pixels),Training\n"
        + "2,\(Self.pixels.prefix(99))")
    #expect(faces.map(\.expression) == [.fear])
    #expect(
      faults == [
        RowFault(line: 2, reason: .label("9")), RowFault(line: 3, reason: .pixelCount(3)),
        RowFault(line: 4, reason: .pixelValue("256")), RowFault(line: 5, reason: .pixelValue("x")),
        RowFault(line: 6, reason: .usage("Elsewhere")), RowFault(line: 7, reason: .columns(2)),
        RowFault(line: 9, reason: .cutOff),
      ])
  }

  @Test func `more bad rows than the limit stop the reading`() async throws {
    let bad = "9,\(Self.pixels),Training\n"
    await #expect(
      throws: DataSetError.self,
      performing: { _ = try await read(Self.header + bad + bad, limit: 1) })
    let allowed = try await read(Self.header + bad + bad, limit: 2)
    #expect(allowed.faults.count == 2)
  }

  @Test func `an endless line is one fault and takes no memory`() async throws {
    let long = String(repeating: "1 ", count: 2_000_000)
    let (faces, faults) = try await read(Self.header + "1,\(long)\n" + "1,\(Self.pixels),Training\n")
    #expect(faults == [RowFault(line: 2, reason: .tooLong)])
    #expect(faces.count == 1)
  }

  @Test func `a file without the three columns is refused by its header`() async throws {
    await #expect(throws: DataSetError.self) { _ = try await read("a,b,c\n1,2,3\n") }
    await #expect(throws: DataSetError.self) { _ = try await read("") }
  }
}
