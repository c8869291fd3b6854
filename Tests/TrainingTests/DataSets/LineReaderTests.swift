import Foundation
import Testing

@testable import Training

@Suite struct LineReaderTests {
  private struct Line: Equatable {
    var number: Int
    /// `nil` of a line that is too long.
    var text: String?
    var isTerminated = true
  }

  private func lines(of text: String, limit: Int = 64) async throws -> [Line] {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "lines.csv")
      try Data(text.utf8).write(to: file)
      var reader = LineReader(file: try DecompressedFile(path: file.path), limit: limit)
      var lines: [Line] = []
      try reader.forEachLine { number, line in
        switch line {
        case .text(let bytes, let isTerminated):
          let text = String(decoding: bytes, as: UTF8.self)
          lines.append(Line(number: number, text: text, isTerminated: isTerminated))
        case .tooLong: lines.append(Line(number: number))
        }
      }
      return lines
    }
  }

  @Test func `empty lines count, and a last line says whether it was ended`() async throws {
    #expect(
      try await lines(of: "a\n\r\n\nb") == [
        Line(number: 1, text: "a"), Line(number: 2, text: "\r"), Line(number: 3, text: ""),
        Line(number: 4, text: "b", isTerminated: false),
      ])
    #expect(try await lines(of: "a\n") == [Line(number: 1, text: "a")])
    #expect(try await lines(of: "").isEmpty)
  }

  @Test func `a line of the limit's length is handed out, and one byte more is too long`() async throws {
    let found = try await lines(of: "abcd\nabcde\nx\nabcde", limit: 4)
    #expect(
      found == [
        Line(number: 1, text: "abcd"), Line(number: 2), Line(number: 3, text: "x"), Line(number: 4),
      ])
  }

  /// The file is read in pieces of a mebibyte, which end in the midst of lines.
  @Test func `lines across two pieces are whole`() async throws {
    let made = (1...20_000).map { "line \($0) " + String(repeating: "x", count: 50) }
    let found = try await lines(of: made.joined(separator: "\n") + "\n")
    #expect(found == made.enumerated().map { Line(number: $0 + 1, text: $1) })
  }

  @Test(arguments: ["", "\nb\n"]) func `a line over many pieces is one, whatever follows`(rest: String)
    async throws
  {
    let found = try await lines(of: "a\n" + String(repeating: "x", count: 5 << 19) + rest)
    let before = [Line(number: 1, text: "a"), Line(number: 2)]
    #expect(found == before + (rest.isEmpty ? [] : [Line(number: 3, text: "b")]))
  }
}
