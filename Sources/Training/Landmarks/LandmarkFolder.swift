import Faces
import Imaging
import Foundation
import Media
import Vocabulary

/// A folder of face pictures with marked points: `images/` and `landmarks.csv`, whose columns are either
/// `file,x1,y1,…,x68,y68` in the 300-W order or `file,right_eye_x,right_eye_y,left_eye_x,…,left_mouth_y`.
struct LandmarkFolder: Sendable {
  /// A picture's name and its points: 68 or five.
  struct Entry: Hashable, Sendable {
    let file: String
    let points: [Point]

    /// Five points, whatever was marked.
    var five: [Point] { points.count == 5 ? points : Landmarks.five(of: points) ?? [] }
  }

  let url: URL
  let entries: [Entry]

  static let table = "landmarks.csv"
  static let fiveNames = ["right_eye", "left_eye", "nose", "right_mouth", "left_mouth"]

  init(_ url: URL) throws {
    self.url = url
    let table = try LabelTable(url.appending(path: Self.table))
    let names =
      table.columns["x68"] != nil
      ? (1...68).map { ("x\($0)", "y\($0)") } : Self.fiveNames.map { ("\($0)_x", "\($0)_y") }
    entries = try table.rows.map { row in
      Entry(
        file: row.file,
        points: try names.map { Point(x: try row.number($0.0), y: try row.number($0.1)) })
    }
  }

  func picture(_ entry: Entry) throws -> Image {
    try PictureReader.read(url.appending(path: "images/\(entry.file)")).colour()
  }

  /// Every tenth face is held out: never trained on, only measured on.
  func split() -> (training: [Entry], heldOut: [Entry]) {
    let numbered = entries.enumerated()
    return (
      numbered.filter { $0.offset % 10 != 0 }.map(\.element),
      numbered.filter { $0.offset % 10 == 0 }.map(\.element)
    )
  }
}
