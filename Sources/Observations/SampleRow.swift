import GRDB
import Vocabulary

/// Rows of one sample: written in one go, read back as an ordered walk over three tables.
enum SampleRow {
  static func insert(_ sample: SampleObservation, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(arguments: [
      sample.index, sample.time.numerator, sample.time.denominator, sample.frameTime.numerator,
      sample.frameTime.denominator, sample.frameWidth, sample.frameHeight, sample.view.rawValue,
      Blob.encode(sample.screen),
    ])
    for (position, tile) in sample.tiles.enumerated() {
      try TileRow.insert(tile, sample: sample.index, position: position, db)
    }
    for (position, face) in sample.faces.enumerated() {
      try FaceRow.insert(face, sample: sample.index, position: position, db)
    }
  }

  static func forEach(
    _ db: Database, _ detail: ObservationStore.Detail, _ body: (SampleObservation) throws -> Void
  ) throws {
    let tiles = try Children(Rows(db, sql: TileRow.query(detail)), read: TileRow.read)
    let faces = try Children(Rows(db, sql: FaceRow.query(detail)), read: FaceRow.read)
    let samples = try Rows(db, sql: "SELECT * FROM sample ORDER BY id")
    while try samples.next() {
      var sample = try read(samples)
      sample.tiles = try tiles.all(of: sample.index)
      sample.faces = try faces.all(of: sample.index)
      try body(sample)
    }
  }

  private static func read(_ row: Rows) throws -> SampleObservation {
    let name = try row.text(7) ?? ""
    guard let view = View(rawValue: name) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unknown view \(name)")
    }
    return SampleObservation(
      index: try row.integer(0), time: Timestamp(try row.integer(1), over: try row.integer(2)),
      frameTime: Timestamp(try row.integer(3), over: try row.integer(4)),
      frameWidth: Int(clamping: try row.integer(5)), frameHeight: Int(clamping: try row.integer(6)),
      view: view, screen: try row.floats(8))
  }
}

/// Rows that belong to samples, both in ascending order: hands out those of one sample after another.
private final class Children<Element> {
  private let rows: Rows
  private let read: (Rows) throws -> Element
  /// The sample of the row that is read next.
  private var sample: Int64?

  init(_ rows: Rows, read: @escaping (Rows) throws -> Element) throws {
    self.rows = rows
    self.read = read
    try advance()
  }

  func all(of wanted: Int64) throws -> [Element] {
    var elements: [Element] = []
    while let next = sample, next <= wanted {
      if next == wanted { elements.append(try read(rows)) }
      try advance()
    }
    return elements
  }

  private func advance() throws { sample = try rows.next() ? try rows.integer(0) : nil }
}
