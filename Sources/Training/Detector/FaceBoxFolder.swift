import Foundation
import Imaging
import Media
import Vocabulary

/// A folder of photographs whose faces are all marked: `images/` and `boxes.csv` with the columns
/// `file,x,y,w,h,…` in pixels and, where it is there, `invalid`.
struct FaceBoxFolder: Sendable {
  static let table = "boxes.csv"

  let url: URL
  /// Names of the photographs in alphabetical order.
  let files: [String]
  private let faces: [String: [LabelledFace]]

  init(_ url: URL) throws {
    self.url = url
    let table = try LabelTable(url.appending(path: Self.table))
    var faces: [String: [LabelledFace]] = [:]
    for row in table.rows {
      let box = Box(
        x: try row.number("x"), y: try row.number("y"), width: try row.number("w"),
        height: try row.number("h"))
      let isInvalid = table.columns["invalid"] != nil ? try row.number("invalid") != 0 : false
      faces[row.file, default: []].append(LabelledFace(box: box, isIgnored: isInvalid))
    }
    self.faces = faces
    files = faces.keys.sorted()
  }

  /// Every seventh photograph is held out: never trained on, only measured on.
  func split() -> (training: [String], heldOut: [String]) {
    let numbered = files.enumerated()
    return (
      numbered.filter { $0.offset % 7 != 0 }.map(\.element),
      numbered.filter { $0.offset % 7 == 0 }.map(\.element)
    )
  }

  func picture(_ file: String) throws -> LabelledPicture {
    LabelledPicture(
      image: try PictureReader.read(url.appending(path: "images/\(file)")).colour(), faces: faces[file] ?? [])
  }
}
