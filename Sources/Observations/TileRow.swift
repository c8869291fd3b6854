import Foundation
import GRDB
import Vocabulary

enum TileRow {
  static func insert(_ tile: TileObservation, sample: Int64, position: Int, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO tile VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(arguments: [
      sample, position, tile.box.x, tile.box.y, tile.box.width, tile.box.height, tile.cameraOn,
      Blob.encode(tile.appearance), Blob.encode(tile.labelShape), tile.label,
    ])
  }

  static func read(_ row: Row) throws -> TileObservation {
    TileObservation(
      box: Box(
        x: try row.decode(atIndex: 2), y: try row.decode(atIndex: 3), width: try row.decode(atIndex: 4),
        height: try row.decode(atIndex: 5)),
      cameraOn: try row.decode(atIndex: 6),
      appearance: try Blob.decodeFloats(try row.decode(atIndex: 7)),
      labelShape: try Blob.decodeFloats(try row.decode(atIndex: 8)),
      label: try row.decode(atIndex: 9))
  }
}
