import GRDB

/// What a store was measured from and with. The digests decide whether measuring may go on in it.
public struct Provenance: Hashable, Sendable {
  /// SHA-256 of the recording's bytes.
  public var recordingDigest: String
  /// The recording's file name, for people; never used to decide anything.
  public var recordingName: String
  /// SHA-256 over all settings, networks and versions that a measured value depends on.
  public var settingsDigest: String
  /// Those settings as text, for people.
  public var settings: String
  /// Name and version of the program that measured.
  public var software: String

  public init(
    recordingDigest: String, recordingName: String, settingsDigest: String, settings: String,
    software: String
  ) {
    self.recordingDigest = recordingDigest
    self.recordingName = recordingName
    self.settingsDigest = settingsDigest
    self.settings = settings
    self.software = software
  }

  func insert(_ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO provenance VALUES (1, ?, ?, ?, ?, ?)",
      arguments: [recordingDigest, recordingName, settingsDigest, settings, software])
  }

  static func fetch(_ db: Database) throws -> Provenance? {
    try Row.fetchOne(db, sql: "SELECT * FROM provenance").map { row in
      Provenance(
        recordingDigest: try row.decode(forColumn: "recording_digest"),
        recordingName: try row.decode(forColumn: "recording_name"),
        settingsDigest: try row.decode(forColumn: "settings_digest"),
        settings: try row.decode(forColumn: "settings"),
        software: try row.decode(forColumn: "software"))
    }
  }
}
