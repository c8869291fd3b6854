import Foundation
import GRDB
import Vocabulary

/// Numbers in a column of bytes: little-endian, one after another.
enum Blob {
  static func encode(_ values: [Float]) -> Data {
    values.reduce(into: Data(capacity: values.count * 4)) { data, value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
  }

  static func encode(_ points: [Point]) -> Data {
    points.reduce(into: Data(capacity: points.count * 16)) { data, point in
      withUnsafeBytes(of: point.x.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      withUnsafeBytes(of: point.y.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
  }

  static func decodeFloats(_ data: Data) throws -> [Float] {
    try words(data, of: UInt32.self, multiple: 1).map { Float(bitPattern: $0) }
  }

  static func decodePoints(_ data: Data) throws -> [Point] {
    let values = try words(data, of: UInt64.self, multiple: 2).map { Double(bitPattern: $0) }
    return stride(from: 0, to: values.count, by: 2).map { Point(x: values[$0], y: values[$0 + 1]) }
  }

  private static func words<Word: FixedWidthInteger>(
    _ data: Data, of: Word.Type, multiple: Int
  ) throws -> [Word] {
    let size = MemoryLayout<Word>.size
    guard data.count % (size * multiple) == 0 else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a list of numbers is cut off")
    }
    return data.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: size).map {
        Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Word.self))
      }
    }
  }
}
