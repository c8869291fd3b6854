import GRDB
import Vocabulary

/// Rows of one sample: written in one go, read back as an ordered walk over three cursors.
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
    _ db: Database, allLandmarks: Bool, _ body: (SampleObservation) throws -> Void
  ) throws {
    let tiles = Children(
      try Row.fetchCursor(db, sql: "SELECT * FROM tile ORDER BY sample, position"), read: TileRow.read)
    let faces = Children(
      try Row.fetchCursor(db, sql: "SELECT * FROM face ORDER BY sample, position"),
      read: { try FaceRow.read($0, allLandmarks: allLandmarks) })
    let samples = try Row.fetchCursor(db, sql: "SELECT * FROM sample ORDER BY id")
    while let row = try samples.next() {
      var sample = try read(row)
      sample.tiles = try tiles.all(of: sample.index)
      sample.faces = try faces.all(of: sample.index)
      try body(sample)
    }
  }

  private static func read(_ row: Row) throws -> SampleObservation {
    let view: String = try row.decode(atIndex: 7)
    guard let view = View(rawValue: view) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unknown view \(view)")
    }
    return SampleObservation(
      index: try row.decode(atIndex: 0),
      time: Timestamp(try row.decode(atIndex: 1), over: try row.decode(atIndex: 2)),
      frameTime: Timestamp(try row.decode(atIndex: 3), over: try row.decode(atIndex: 4)),
      frameWidth: try row.decode(atIndex: 5), frameHeight: try row.decode(atIndex: 6), view: view,
      screen: try Blob.decodeFloats(try row.decode(atIndex: 8)))
  }
}

/// Rows that belong to samples, both in ascending order: hands out those of one sample after another.
private final class Children<Element> {
  private let cursor: RowCursor
  private let read: (Row) throws -> Element
  private var ahead: (sample: Int64, element: Element)?

  init(_ cursor: RowCursor, read: @escaping (Row) throws -> Element) {
    self.cursor = cursor
    self.read = read
  }

  func all(of sample: Int64) throws -> [Element] {
    var elements: [Element] = []
    while let next = try ahead ?? advance(), next.sample <= sample {
      if next.sample == sample { elements.append(next.element) }
      ahead = nil
    }
    return elements
  }

  private func advance() throws -> (sample: Int64, element: Element)? {
    ahead = try cursor.next().map { (try $0.decode(atIndex: 0), try read($0)) }
    return ahead
  }
}
