public import Foundation
import GRDB
public import Vocabulary

/// What was measured on one recording: a SQLite file that holds everything a report needs and nothing
/// that identifies a person.
///
/// A slice is one transaction: either all of its samples are there or none. The journal is SQLite's
/// rollback journal in full synchronous mode, so that a process may be killed at any instant and a
/// finished file stands alone, with no `-wal` beside it.
public struct ObservationStore: Sendable {
  public let location: URL
  private let database: DatabaseQueue

  /// Opens the store at `location`, first creating it (mode 0600) for `provenance` where there is none.
  ///
  /// - Throws: `StoreError.belongsElsewhere` where it holds another recording, `.measuredOtherwise`
  ///   where the same recording was measured with other settings, `.unreadable` for damage.
  public init(at location: URL, for provenance: Provenance) throws {
    let type = try? FileManager.default.attributesOfItem(atPath: location.path)[.type] as? FileAttributeType
    if type == .typeSymbolicLink {
      throw StoreError.unwritable(location, reason: "it is a link, and none is followed to write")
    }
    if !FileManager.default.fileExists(atPath: location.path) {
      try Self.createEmptyFile(at: location)
    }
    try self.init(location: location, readOnly: false)
    let kept: Provenance? = try Self.reporting(location) {
      try database.write { db in
        if let row = try Provenance.fetch(db) { return row }
        try provenance.insert(db)
        return nil
      }
    }
    guard let kept else { return }
    guard kept.recordingDigest == provenance.recordingDigest else {
      throw StoreError.belongsElsewhere(location, recording: kept.recordingName)
    }
    guard kept.settingsDigest == provenance.settingsDigest else {
      throw StoreError.measuredOtherwise(location)
    }
  }

  /// Opens an existing store to read from it.
  public init(reading location: URL) throws {
    guard FileManager.default.fileExists(atPath: location.path) else {
      throw StoreError.missing(location)
    }
    try self.init(location: location, readOnly: true)
  }

  private init(location: URL, readOnly: Bool) throws {
    self.location = location
    var configuration = Configuration()
    // A journal left by a killed process must be rolled back, for which even a reader has to write.
    configuration.readonly = readOnly && !FileManager.default.fileExists(atPath: location.path + "-journal")
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // A face with its landmarks fits into a page of 16 KiB; in SQLite's usual ones it takes two, mostly empty.
      if !db.configuration.readonly {
        try db.execute(sql: "PRAGMA page_size = 16384; PRAGMA synchronous = FULL")
      }
      // Damage is told as such and not read as values.
      try db.execute(sql: "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF")
    }
    database = try Self.reporting(location) {
      let queue = try DatabaseQueue(path: location.path, configuration: configuration)
      if !readOnly { try Schema.migrator.migrate(queue) }
      guard try queue.read(Schema.migrator.hasCompletedMigrations) else {
        throw StoreError.unreadable(location, reason: "it is from another version or not a store")
      }
      return queue
    }
  }

  /// The recording and the settings that this store was made for.
  public func provenance() throws -> Provenance {
    let row = try Self.reporting(location) { try database.read(Provenance.fetch) }
    guard let row else { throw StoreError.unreadable(location, reason: "it names no recording") }
    return row
  }

  /// Writes a finished slice in one transaction, all or nothing.
  ///
  /// - Throws: `StoreError.overlap` where one of its samples is there already.
  public func commit(_ slice: SliceRecord, samples: [SampleObservation]) throws {
    try Self.reporting(location) {
      try database.write { db in
        guard try !SliceRecord.overlapping(slice.first...slice.last, db) else {
          throw StoreError.overlap(location, slice.first...slice.last)
        }
        try slice.insert(db)
        for sample in samples { try SampleRow.insert(sample, db) }
      }
    }
  }

  /// What one face displays; the face is named by its sample and its place among the sample's faces.
  public struct FaceExpression: Sendable {
    public var sample: Int64
    public var place: Int
    public var expression: ExpressionProbabilities

    public init(sample: Int64, place: Int, expression: ExpressionProbabilities) {
      (self.sample, self.place, self.expression) = (sample, place, expression)
    }
  }

  /// Writes expressions in place of those that the faces have, all or none.
  ///
  /// - Throws: `StoreError`, also where there is no such face.
  public func replaceExpressions(_ expressions: [FaceExpression]) throws {
    try Self.reporting(location) {
      try database.write { db in
        for face in expressions {
          try FaceRow.update(face, db)
          guard db.changesCount == 1 else {
            throw StoreError.unreadable(
              location, reason: "face \(face.place) of sample \(face.sample) is missing")
          }
        }
      }
    }
  }

  /// Finished slices in the order of time, however they came.
  public func slices() throws -> [SliceRecord] {
    try Self.reporting(location) { try database.read(SliceRecord.fetchAll) }
  }

  /// How much of each sample is read: two hours of many people are read in a second without what is not used.
  public enum Detail: Sendable {
    case everything
    /// Without landmarks.
    case summary
    /// Without the 68 points and the descriptors of tiles.
    case tables
  }

  /// Hands over all samples in the order of time, one by one: memory does not grow with the recording.
  /// They are read on a thread of its own while `body` works on those before.
  public func forEachSample(
    _ detail: Detail = .everything, _ body: (SampleObservation) throws -> Void
  ) throws {
    try Self.reporting(location) {
      try readAhead(
        produce: { [database] handOver in
          try database.read { try SampleRow.forEach($0, detail, handOver) }
        }, consume: body)
    }
  }

  /// All samples at once, in the order of time.
  public func samples(_ detail: Detail = .everything) throws -> [SampleObservation] {
    var samples: [SampleObservation] = []
    try forEachSample(detail) { samples.append($0) }
    return samples
  }

  /// SQLite would create the file with the umask's mode; its journal takes over the mode that it finds.
  private static func createEmptyFile(at location: URL) throws {
    let descriptor = open(location.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.unwritable(location, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
  }

  /// SQLite's errors, told with the file that they are about.
  private static func reporting<Value>(_ location: URL, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_BUSY:
        throw StoreError.unwritable(location, reason: error.message ?? "\(error.resultCode)")
      default:
        throw StoreError.unreadable(location, reason: error.message ?? "\(error.resultCode)")
      }
    } catch is RowDecodingError {
      throw StoreError.unreadable(location, reason: "a value is not of its kind")
    }
  }
}
