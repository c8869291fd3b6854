public import Foundation
import GRDB
public import Pipeline

/// What is known of recordings and their reports: a SQLite file beside the reports.
///
/// Reports stand in their folders too, and deleted ones in `purge.log`, from which it can be rebuilt. Failures, nights and
/// the cache of digests stand here alone; losing it loses no report.
public struct Catalogue: Sendable {
  /// The catalogue's file cannot be opened or read.
  public struct Unusable: OutcomeError, CustomStringConvertible, Sendable {
    public var path: String
    public var reason: String

    public var outcome: Outcome { .badOutput }

    public var description: String {
      "\(path): \(reason); move it away and run `afterclass status --rebuild`"
    }
  }

  /// The catalogue cannot be written: a full disk, a file system that became read-only.
  public struct Unwritable: OutcomeError, CustomStringConvertible, Sendable {
    public var path: String
    public var reason: String

    public var outcome: Outcome { .badOutput }

    public var description: String {
      "\(path): cannot be written (\(reason)); check permissions and free space, then run it again"
    }
  }

  /// The file's name in the output folder.
  public static let fileName = "catalogue.sqlite"

  let queue: DatabaseQueue

  /// Opens or creates the catalogue of an output folder, readable by its owner alone.
  public init(output: URL) throws {
    let path = output.appendingPathComponent(Self.fileName).path
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Unusable(path: path, reason: String(cString: strerror(errno))) }
    close(descriptor)
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try CatalogueSchema.migrator.migrate(queue)
    } catch {
      throw Unusable(path: path, reason: Self.reason(error))
    }
  }

  /// A catalogue that knows nothing and leaves nothing behind: what a dry run asks where no output is yet.
  public static func empty() throws -> Catalogue {
    let queue = try DatabaseQueue()
    try CatalogueSchema.migrator.migrate(queue)
    return Catalogue(queue: queue)
  }

  private init(queue: DatabaseQueue) { self.queue = queue }

  /// - Throws: `Unusable`.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.read(body)
    } catch let error as DatabaseError {
      throw Unusable(path: queue.path, reason: Self.reason(error))
    }
  }

  /// Writes in one transaction.
  ///
  /// - Throws: `Unwritable`.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.write(body)
    } catch let error as DatabaseError {
      throw Unwritable(path: queue.path, reason: Self.reason(error))
    }
  }

  static func reason(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return String(describing: error) }
    return error.message ?? error.description
  }
}

/// The catalogue's tables. A migration that has shipped is never changed; a later one is added after it.
enum CatalogueSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: digests, reports, failures, nights") { database in
      try database.execute(
        sql: """
          CREATE TABLE digests (
            device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
            modified INTEGER NOT NULL, digest TEXT NOT NULL,
            PRIMARY KEY (device, inode, size, modified)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE reports (
            digest TEXT PRIMARY KEY NOT NULL, folder TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
            title TEXT NOT NULL, started TEXT, work TEXT NOT NULL, finished INTEGER NOT NULL,
            seconds REAL NOT NULL
          ) STRICT;
          CREATE TABLE failures (
            path TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
            title TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
            attempts INTEGER NOT NULL, last_try INTEGER NOT NULL
          ) STRICT;
          CREATE TABLE nights (
            id INTEGER PRIMARY KEY, process INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER,
            current TEXT, due INTEGER NOT NULL, tally TEXT NOT NULL
          ) STRICT;
          """)
    }
    migrator.registerMigration("2: purged") { database in
      try database.execute(
        sql: "CREATE TABLE purged (digest TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT")
    }
    migrator.registerMigration("3: work of failures") { database in
      try database.execute(sql: "ALTER TABLE failures ADD COLUMN work TEXT")
    }
    migrator.registerMigration("4: companions of reports") { database in
      try database.execute(sql: "ALTER TABLE reports ADD COLUMN companions TEXT")
    }
    return migrator
  }
}
