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

  static func query(_ detail: ObservationStore.Detail) -> String {
    let descriptors = detail == .tables ? "x'', x''" : "appearance, label_shape"
    return
      "SELECT sample, x, y, width, height, camera_on, \(descriptors), label FROM tile ORDER BY sample, position"
  }

  static func read(_ row: Rows) throws -> TileObservation {
    TileObservation(
      box: Box(
        x: try row.double(1), y: try row.double(2), width: try row.double(3), height: try row.double(4)),
      cameraOn: try row.integer(5) != 0, appearance: try row.floats(6), labelShape: try row.floats(7),
      label: try row.text(8))
  }
}
