import Foundation
import GRDB
import GRDBSQLite
import Vocabulary

/// The rows of a query one after another, read straight from SQLite's own memory: two hours of a class are a
/// million rows of thirty numbers.
final class Rows {
  private let database: Database
  private let statement: Statement
  private var handle: OpaquePointer { statement.sqliteStatement }

  init(_ database: Database, sql: String) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
  }

  /// Goes to the next row; false after the last one.
  func next() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
  }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  func double(_ column: Int32) throws -> Double {
    // Looked up once in the statement, not once for the kind and once for the number.
    let value = sqlite3_column_value(handle, column)
    guard sqlite3_value_type(value) == SQLITE_FLOAT else { throw Self.otherKind }
    return try Self.plausible(sqlite3_value_double(value))
  }

  func integer(_ column: Int32) throws -> Int64 {
    guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { throw Self.otherKind }
    let number = sqlite3_column_int64(handle, column)
    _ = try Self.plausible(Double(number))
    return number
  }

  /// `nil` for NULL.
  func text(_ column: Int32) throws -> String? {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_NULL: return nil
    case SQLITE_TEXT: return sqlite3_column_text(handle, column).map { String(cString: $0) }
    default: throw Self.otherKind
    }
  }

  /// Little-endian numbers, one after another.
  func floats(_ column: Int32) throws -> [Float] {
    let floats: [Float] = try bytes(column) { bytes in
      guard bytes.count % 4 == 0 else { throw Self.cutOff }
      return [Float](unsafeUninitializedCapacity: bytes.count / 4) { floats, count in
        for index in floats.indices {
          let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
          floats.initializeElement(at: index, to: Float(bitPattern: word))
        }
        count = floats.count
      }
    }
    for float in floats { _ = try Self.plausible(Double(float)) }
    return floats
  }

  /// Little-endian pairs of x and y; `nil` for NULL.
  func points(_ column: Int32) throws -> [Point]? {
    if isNull(column) { return nil }
    return try bytes(column) { bytes in
      guard bytes.count % 16 == 0 else { throw Self.cutOff }
      func number(_ offset: Int) throws -> Double {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        return try Self.plausible(Double(bitPattern: word))
      }
      return try stride(from: 0, to: bytes.count, by: 16).map {
        Point(x: try number($0), y: try number($0 + 8))
      }
    }
  }

  private func bytes<Value>(
    _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Value
  ) throws -> Value {
    guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { throw Self.otherKind }
    let start = sqlite3_column_blob(handle, column)
    return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// What is measured is finite, and far from where sums and whole numbers end; a store that says otherwise was
  /// not written here.
  private static func plausible(_ number: Double) throws -> Double {
    guard abs(number) <= 1e15 else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a number is beyond what can be measured")
    }
    return number
  }

  private static let otherKind = DatabaseError(
    resultCode: .SQLITE_CORRUPT, message: "a value is not of its kind")
  private static let cutOff = DatabaseError(
    resultCode: .SQLITE_CORRUPT, message: "a list of numbers is cut off")
}
