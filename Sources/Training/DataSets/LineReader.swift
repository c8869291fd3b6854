/// The lines of a file, one at a time, in memory that does not grow with it.
struct LineReader {
  enum Line {
    /// `isTerminated` is false for a last line without a line break.
    case text(UnsafeRawBufferPointer, isTerminated: Bool)
    /// Longer than the limit; skipped to its end.
    case tooLong
  }

  private let file: DecompressedFile
  private let limit: Int
  private var buffer: [UInt8]
  private var filled = 0

  /// - Parameter limit: the longest line in bytes that is handed out.
  init(file: DecompressedFile, limit: Int = 64 << 10) {
    self.file = file
    self.limit = limit
    buffer = Array(repeating: 0, count: max(1 << 20, 2 * limit))
  }

  /// Calls `body` with every line and its number, from 1, without its line break. The bytes are valid
  /// during the call only.
  mutating func forEachLine(_ body: (Int, Line) throws -> Void) throws {
    var number = 0
    var skipping = false
    var atEnd = false
    while !atEnd {
      let free = buffer.count - filled
      let count = try buffer.withUnsafeMutableBytes { bytes in
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled..<filled + free]))
      }
      atEnd = count == 0
      filled += count
      var start = 0
      try buffer.withUnsafeBytes { bytes in
        let newline = UInt8(ascii: "\n")
        while start < filled {
          let rest = UnsafeRawBufferPointer(rebasing: bytes[start..<filled])
          guard let length = rest.firstIndex(of: newline) else { break }
          if skipping {
            skipping = false
          } else {
            number += 1
            let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
            try body(number, length > limit ? .tooLong : .text(line, isTerminated: true))
          }
          start += length + 1
        }
        if atEnd, !skipping, start < filled {
          let line = UnsafeRawBufferPointer(rebasing: bytes[start..<filled])
          try body(number + 1, line.count > limit ? .tooLong : .text(line, isTerminated: false))
        } else if !skipping, filled - start > limit {
          number += 1
          skipping = true
          try body(number, .tooLong)
        }
      }
      if skipping { start = filled }
      buffer.removeSubrange(..<start)
      buffer.append(contentsOf: repeatElement(0, count: start))
      filled -= start
    }
  }
}
