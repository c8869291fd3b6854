import GRDB

/// The tables, as migrations that never change once released: what is new gets a new migration.
///
/// Times are exact fractions of a second. Points are little-endian 64-bit floats, x before y;
/// lists of numbers (`appearance`, `label_shape`, `screen`) little-endian 32-bit floats.
enum Schema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: slices, samples, faces, tiles") { db in
      try db.execute(sql: first)
    }
    return migrator
  }()

  private static let first = """
    CREATE TABLE provenance (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      recording_digest TEXT NOT NULL,
      recording_name TEXT NOT NULL,
      settings_digest TEXT NOT NULL,
      settings TEXT NOT NULL,
      software TEXT NOT NULL
    ) STRICT;

    CREATE TABLE slice (
      first INTEGER PRIMARY KEY,
      last INTEGER NOT NULL CHECK (last >= first),
      account TEXT NOT NULL
    ) STRICT;

    CREATE TABLE sample (
      id INTEGER PRIMARY KEY,
      time_numerator INTEGER NOT NULL,
      time_denominator INTEGER NOT NULL,
      frame_numerator INTEGER NOT NULL,
      frame_denominator INTEGER NOT NULL,
      frame_width INTEGER NOT NULL,
      frame_height INTEGER NOT NULL,
      view TEXT NOT NULL,
      screen BLOB NOT NULL
    ) STRICT;

    CREATE TABLE tile (
      sample INTEGER NOT NULL REFERENCES sample (id),
      position INTEGER NOT NULL,
      x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
      camera_on INTEGER NOT NULL,
      appearance BLOB NOT NULL,
      label_shape BLOB NOT NULL,
      label TEXT,
      PRIMARY KEY (sample, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE face (
      sample INTEGER NOT NULL REFERENCES sample (id),
      position INTEGER NOT NULL,
      x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
      score REAL NOT NULL,
      landmark_confidence REAL, five_landmarks BLOB, all_landmarks BLOB,
      yaw REAL, pitch REAL, roll REAL,
      right_eye_openness REAL, left_eye_openness REAL, brow_raise REAL, brow_knit REAL,
      mouth_opening REAL, mouth_width REAL, mouth_corner_lift REAL, nose_x REAL, nose_y REAL,
      quality_size REAL, quality_sharpness REAL, quality_exposure REAL, quality_completeness REAL,
      angry REAL, disgust REAL, fear REAL, happy REAL, sad REAL, surprise REAL, neutral REAL,
      PRIMARY KEY (sample, position)
    ) STRICT, WITHOUT ROWID;
    """
}
