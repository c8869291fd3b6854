import Vocabulary

/// FER2013's CSV file (`emotion,pixels,Usage`, columns in any order), plain or compressed, read row by row
/// in constant memory.
public struct FER2013File: Sendable {
  public var path: String
  /// How many bad rows are skipped before reading stops.
  public var faultLimit: Int

  public init(path: String, faultLimit: Int = 100) {
    self.path = path
    self.faultLimit = faultLimit
  }

  /// Calls `body` with every good row and its line number, in the file's order.
  /// - Returns: the rows that were skipped.
  /// - Throws: `DataSetError` where the file or its header cannot be read or more than `faultLimit` rows are bad.
  @discardableResult
  public func forEachFace(_ body: (Int, Face) throws -> Void) throws -> [RowFault] {
    var reader = LineReader(file: try DecompressedFile(path: path))
    var columns: Columns?
    var faults: [RowFault] = []
    try reader.forEachLine { number, line in
      do {
        switch line {
        case .tooLong:
          throw RowFault(line: number, reason: .tooLong)
        case .text(let bytes, let isTerminated):
          if let columns {
            if bytes.isEmpty || bytes.elementsEqual("\r".utf8) { return }
            try body(number, columns.face(of: bytes, line: number, isTerminated: isTerminated))
          } else {
            columns = try Columns(header: String(decoding: bytes, as: UTF8.self), path: path)
          }
        }
      } catch let fault as RowFault {
        faults.append(fault)
        if faults.count > faultLimit {
          throw DataSetError.tooManyFaults(
            path: path, faults: faults.count, limit: faultLimit, first: faults[0])
        }
      }
    }
    if columns == nil { throw DataSetError.header(path: path, found: "") }
    return faults
  }
}

/// The names in a table's first line, in small letters, without quotes and a byte order mark.
func columnNames(of header: String) -> [String] {
  header.split(separator: ",", omittingEmptySubsequences: false).map {
    $0.filter { !$0.isWhitespace && $0 != "\"" && $0 != "\u{FEFF}" }.lowercased()
  }
}

/// Where the three columns stand.
private struct Columns {
  let count: Int
  let emotion: Int
  let pixels: Int
  let usage: Int

  init(header: String, path: String) throws {
    let names = columnNames(of: header)
    guard let emotion = names.firstIndex(of: "emotion"), let pixels = names.firstIndex(of: "pixels"),
      let usage = names.firstIndex(of: "usage")
    else { throw DataSetError.header(path: path, found: String(header.prefix(60))) }
    count = names.count
    self.emotion = emotion
    self.pixels = pixels
    self.usage = usage
  }

  func face(of line: UnsafeRawBufferPointer, line number: Int, isTerminated: Bool) throws -> Face {
    let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(trimmed)
    do {
      guard fields.count == count else { throw RowFault(line: number, reason: .columns(fields.count)) }
      let label = String(decoding: fields[emotion], as: UTF8.self)
      guard let expression = Int(label).flatMap(Expression.init(rawValue:)) else {
        throw RowFault(line: number, reason: .label(String(label.prefix(20))))
      }
      let usageText = String(decoding: fields[usage], as: UTF8.self)
      guard let split = Split(rawValue: usageText) else {
        throw RowFault(line: number, reason: .usage(String(usageText.prefix(20))))
      }
      let pixels = try pixelValues(of: fields[pixels], line: number)
      return Face(expression: expression, split: split, pixels: pixels)
    } catch let fault as RowFault where !isTerminated {
      throw RowFault(line: fault.line, reason: .cutOff)
    }
  }

  private func trimmed(_ field: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    let isPadding: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x22 || $0 == 0x0D || $0 == 0x09 }
    var field = field.drop(while: isPadding)
    while let last = field.last, isPadding(last) { field.removeLast() }
    return field
  }

  private func pixelValues(of field: Slice<UnsafeRawBufferPointer>, line number: Int) throws -> [UInt8] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(Face.pixelCount)
    var value = 0
    var digits = 0
    for (index, byte) in UnsafeRawBufferPointer(rebasing: field).enumerated() {
      if byte == UInt8(ascii: " ") {
        if digits > 0 { pixels.append(UInt8(truncatingIfNeeded: value)) }
        value = 0
        digits = 0
        continue
      }
      let digit = Int(byte) - 48
      value = value * 10 + digit
      digits += 1
      guard (0...9).contains(digit), value <= 255 else {
        let start = field.startIndex + index - (digits - 1)
        let word = field[start...].prefix(while: { $0 != 0x20 }).prefix(20)
        throw RowFault(line: number, reason: .pixelValue(String(decoding: word, as: UTF8.self)))
      }
    }
    if digits > 0 { pixels.append(UInt8(truncatingIfNeeded: value)) }
    guard pixels.count == Face.pixelCount else {
      throw RowFault(line: number, reason: .pixelCount(pixels.count))
    }
    return pixels
  }
}
