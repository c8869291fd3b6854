/// Reads text that meeting software wrote beside a recording. The files come from other people: whatever they
/// hold, reading ends soon, with what was understood.
public enum CompanionText {
  /// Bytes of the largest file that is read to its end: a day of speech is a fraction of it.
  public static let largest = 16 << 20
  static let mostEntries = 100_000
  /// Lines, and cells of a table: a file of line breaks alone would else take many times its size in memory.
  static let mostPieces = 1_000_000
  static let longestEntry = 4_000

  /// UTF-8 with or without its mark, or UTF-16 with one; lines end in `\n`.
  static func decoded(_ bytes: [UInt8]) -> String {
    let bytes = bytes.prefix(largest)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let little = bytes.first == 0xFF
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
        little
          ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
          : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
      }
      return String(decoding: units, as: UTF16.self)
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return String(decoding: bytes.dropFirst(start), as: UTF8.self)
  }

  static func lines(_ bytes: [UInt8]) -> [Substring] {
    decoded(bytes).split(maxSplits: mostPieces, omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }
  }

  /// `[HH:]MM:SS[.mmm]`, also with a comma, as seconds; `nil` for anything else and beyond a week.
  static func seconds(_ text: Substring) -> Double? {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(fields.count) else { return nil }
    var total = 0.0
    for field in fields {
      let plain = String(field.map { $0 == "," ? "." : $0 })
      guard (1...10).contains(plain.count), plain.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
        let value = Double(plain)
      else { return nil }
      total = total * 60 + value
    }
    return total <= 604_800 ? total : nil
  }

  /// One line without control characters, cut to ``longestEntry``.
  static func clean(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars.prefix(longestEntry).filter {
      $0.value >= 0x20 && $0.value != 0x7F && !(0x80..<0xA0).contains($0.value)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view).trimmed
  }
}

extension StringProtocol {
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
