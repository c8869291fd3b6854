import Foundation
import GRDB

/// A finished report, as the catalogue knows it.
public struct ReportEntry: Hashable, Sendable, Codable {
  /// SHA-256 of the recording.
  public var digest: String
  /// The report's folder, relative to the output folder.
  public var folder: String
  /// Where the recording was when it was last seen.
  public var path: String
  public var title: String
  /// ISO 8601, where the recording's name says it.
  public var started: String?
  /// Names version, pipeline and models; another one means that the report is out of date.
  public var work: String
  /// Seconds since 1970.
  public var finished: Int64
  /// Length of the recording.
  public var seconds: Double
  /// `Candidate.companionStates` when it was made; `nil` where an older catalogue does not say.
  public var companions: [String]?

  public init(
    digest: String, folder: String, path: String, title: String, started: String?, work: String,
    finished: Int64, seconds: Double, companions: [String]? = nil
  ) {
    self.digest = digest
    self.folder = folder
    self.path = path
    self.title = title
    self.started = started
    self.work = work
    self.finished = finished
    self.seconds = seconds
    self.companions = companions
  }
}

/// A recording without a report, and why.
public struct FailureEntry: Hashable, Sendable, Codable {
  public var path: String
  public var size: Int64
  public var modified: Int64
  public var title: String
  public var failure: Failure
  /// What was tried, as in `ReportEntry`; `nil` where an older catalogue does not say.
  public var work: String?

  init(file: FoundFile, title: String, failure: Failure, work: String?) {
    path = file.path
    size = file.size
    modified = file.modified
    self.title = title
    self.failure = failure
    self.work = work
  }

  /// Whether the same would be tried again: neither the file nor pipeline, models and program have changed.
  func isOf(_ file: FoundFile, _ work: String) -> Bool {
    size == file.size && modified == file.modified && self.work == work
  }
}

extension ReportEntry {
  init(row: Row) {
    let companions = (row["companions"] as String?).flatMap {
      try? JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
    self.init(
      digest: row["digest"], folder: row["folder"], path: row["path"], title: row["title"],
      started: row["started"], work: row["work"], finished: row["finished"], seconds: row["seconds"],
      companions: companions)
  }

  func save(_ database: Database) throws {
    let companions = try companions.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    try database.execute(
      sql: "INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [digest, folder, path, title, started, work, finished, seconds, companions])
  }
}

extension FailureEntry {
  init(row: Row) {
    path = row["path"]
    size = row["size"]
    modified = row["modified"]
    title = row["title"]
    failure = Failure(
      kind: Failure.Kind(rawValue: row["kind"]) ?? .transient, reason: row["reason"],
      attempts: row["attempts"], lastTry: row["last_try"])
    work = row["work"]
  }

  func save(_ database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        path, size, modified, title, failure.kind.rawValue, failure.reason, failure.attempts,
        failure.lastTry, work,
      ])
  }
}

extension Catalogue {
  /// The digest of a file that has not changed since it was last read.
  func knownDigest(of file: FoundFile) throws -> String? {
    try read { database in
      try String.fetchOne(
        database,
        sql: "SELECT digest FROM digests WHERE device = ? AND inode = ? AND size = ? AND modified = ?",
        arguments: [
          Int64(bitPattern: file.device), Int64(bitPattern: file.inode), file.size, file.modified,
        ])
    }
  }

  func remember(digest: String, of file: FoundFile) throws {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?)",
        arguments: [
          Int64(bitPattern: file.device), Int64(bitPattern: file.inode), file.size, file.modified, digest,
        ])
    }
  }

  func report(of digest: String) throws -> ReportEntry? {
    try read {
      try Row.fetchOne($0, sql: "SELECT * FROM reports WHERE digest = ?", arguments: [digest])
        .map(ReportEntry.init(row:))
    }
  }

  /// All finished reports, the oldest lecture first.
  public func reports() throws -> [ReportEntry] {
    try read {
      try Row.fetchAll($0, sql: "SELECT * FROM reports ORDER BY started, title, digest").map(
        ReportEntry.init(row:))
    }
  }

  /// Records a finished report; what failed before under the same path is forgotten.
  func record(_ report: ReportEntry) throws {
    try write { database in
      try report.save(database)
      try database.execute(sql: "DELETE FROM failures WHERE path = ?", arguments: [report.path])
      try database.execute(sql: "DELETE FROM purged WHERE digest = ?", arguments: [report.digest])
    }
  }

  /// Forgets a report whose time is over, but not that there was one: while its recording is still there, the next
  /// night must not make it again.
  func purge(report digest: String, at now: Int64) throws {
    try write { database in
      try database.execute(sql: "DELETE FROM reports WHERE digest = ?", arguments: [digest])
      try database.execute(sql: "INSERT OR REPLACE INTO purged VALUES (?, ?)", arguments: [digest, now])
    }
  }

  /// As `purge`, of a report that is still to be deleted.
  func rememberPurged(_ digest: String, at now: Int64) throws {
    try write {
      try $0.execute(sql: "INSERT OR REPLACE INTO purged VALUES (?, ?)", arguments: [digest, now])
    }
  }

  func isPurged(_ digest: String) throws -> Bool {
    try read {
      try Bool.fetchOne(
        $0, sql: "SELECT EXISTS (SELECT 1 FROM purged WHERE digest = ?)", arguments: [digest]) ?? false
    }
  }

  /// What failed and has not been mended since, by path.
  public func failures() throws -> [FailureEntry] {
    try read {
      try Row.fetchAll($0, sql: "SELECT * FROM failures ORDER BY path").map(FailureEntry.init(row:))
    }
  }

  func failure(of path: String) throws -> FailureEntry? {
    try read {
      try Row.fetchOne($0, sql: "SELECT * FROM failures WHERE path = ?", arguments: [path])
        .map(FailureEntry.init(row:))
    }
  }

  func record(_ failure: FailureEntry) throws {
    try write { try failure.save($0) }
  }

  func forgetFailure(of path: String) throws {
    try write { try $0.execute(sql: "DELETE FROM failures WHERE path = ?", arguments: [path]) }
  }
}
