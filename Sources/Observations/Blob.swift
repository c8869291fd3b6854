import Foundation
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
}
