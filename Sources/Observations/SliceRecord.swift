import GRDB

/// A finished slice: samples `first` to `last`, and an account of what measuring them took.
public struct SliceRecord: Hashable, Sendable {
  public var first: Int64
  public var last: Int64
  /// Seconds and counts of each stage, as JSON; no measured value depends on it.
  public var account: String

  public init(first: Int64, last: Int64, account: String) {
    self.first = first
    self.last = last
    self.account = account
  }

  func insert(_ db: Database) throws {
    try db.execute(sql: "INSERT INTO slice VALUES (?, ?, ?)", arguments: [first, last, account])
  }

  static func fetchAll(_ db: Database) throws -> [SliceRecord] {
    try Row.fetchAll(db, sql: "SELECT first, last, account FROM slice ORDER BY first").map { row in
      let slice = SliceRecord(
        first: try row.decode(atIndex: 0), last: try row.decode(atIndex: 1),
        account: try row.decode(atIndex: 2))
      // The table's own check does not hold in a damaged file.
      guard slice.first <= slice.last, slice.first > -1 << 50, slice.last < 1 << 50 else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a slice ends before it begins")
      }
      return slice
    }
  }

  static func overlapping(_ range: ClosedRange<Int64>, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM slice WHERE first <= ? AND last >= ?)",
      arguments: [range.upperBound, range.lowerBound]) ?? false
  }
}
