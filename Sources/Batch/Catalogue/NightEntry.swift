import Foundation
import GRDB

/// One run, as another terminal may see it while it goes on.
public struct NightEntry: Hashable, Sendable, Codable {
  public var process: Int32
  /// Seconds since 1970.
  public var started: Int64
  /// Absent while it goes on, and after it was killed.
  public var ended: Int64?
  /// The recording in hand.
  public var current: String?
  /// How many recordings it set out to analyse.
  public var due: Int
  public var tally: Tally
}

extension Catalogue {
  /// How many nights are remembered.
  private static let nightsKept = 400

  /// Begins the account of a night; what it returns names the night in later calls.
  func begin(_ night: NightEntry) throws -> Int64 {
    try write { database in
      try database.execute(
        sql: "INSERT INTO nights (process, started, due, tally) VALUES (?, ?, ?, ?)",
        arguments: [Int64(night.process), night.started, night.due, Self.json(night.tally)])
      let id = database.lastInsertedRowID
      try database.execute(sql: "DELETE FROM nights WHERE id <= ?", arguments: [id - Int64(Self.nightsKept)])
      return id
    }
  }

  func update(night id: Int64, current: String?, tally: Tally, ended: Int64? = nil) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE nights SET current = ?, tally = ?, ended = ? WHERE id = ?",
        arguments: [current, Self.json(tally), ended, id])
    }
  }

  /// The night that began last.
  public func lastNight() throws -> NightEntry? {
    try read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM nights ORDER BY id DESC LIMIT 1").map { row in
        let tally = try? JSONDecoder().decode(Tally.self, from: Data((row["tally"] as String).utf8))
        return NightEntry(
          process: row["process"], started: row["started"], ended: row["ended"], current: row["current"],
          due: row["due"], tally: tally ?? Tally())
      }
    }
  }

  private static func json(_ tally: Tally) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(tally), as: UTF8.self)
  }
}
