import Foundation
import Imaging
import Media
import enum Vocabulary.Expression
import struct Vocabulary.Image

/// A folder of `class/picture`, such as CK+ or RAF-DB or a person's own: the class's folder is named by the
/// expression (`happy`), a usual word for it (`happiness`), or FER2013's number.
public struct FaceFolder: Sendable {
  public var path: String
  /// How many pictures that cannot be read are skipped before reading stops.
  public var faultLimit: Int

  public init(path: String, faultLimit: Int = 100) {
    self.path = path
    self.faultLimit = faultLimit
  }

  /// Calls `body` with every picture as a gray face of 48 × 48, classes and files in the order of their names,
  /// counted from 1; `split` is what all of them are said to be.
  /// - Returns: the pictures that were skipped, by their count.
  /// - Throws: where the folder or one of a class cannot be read.
  @discardableResult
  public func forEachFace(as split: Split, _ body: (Int, Face) throws -> Void) throws -> [RowFault] {
    var faults: [RowFault] = []
    var count = 0
    let folders = try entries(of: path)
    if folders.contains(where: { $0.hasSuffix("/7") }) {
      throw DataSetError.unreadable(
        path: path,
        reason:
          "its folders are numbered to 7, but FER2013's numbers are 0 to 6; name them by their expressions "
          + "(RAF-DB: 1 surprise, 2 fear, 3 disgust, 4 happy, 5 sad, 6 angry, 7 neutral)")
    }
    for folder in folders {
      guard let expression = Self.expression(named: folder) else { continue }
      for file in try entries(of: folder) {
        count += 1
        do {
          let picture = try PictureReader.read(URL(fileURLWithPath: file), channels: 1)
          let face = try picture.gray().resized(width: Face.side, height: Face.side)
          try body(count, Face(expression: expression, split: split, pixels: face.pixels))
        } catch {
          faults.append(RowFault(line: count, reason: .picture("\(error)")))
          if faults.count > faultLimit {
            throw DataSetError.tooManyFaults(
              path: path, faults: faults.count, limit: faultLimit, first: faults[0])
          }
        }
      }
    }
    return faults
  }

  /// Names of the folders that stand for no expression and are left out.
  func unknownFolders() throws -> [String] {
    try entries(of: path).filter { Self.expression(named: $0) == nil && Self.isFolder($0) }
      .map { URL(fileURLWithPath: $0).lastPathComponent }
  }

  private static func expression(named folder: String) -> Expression? {
    let name = URL(fileURLWithPath: folder).lastPathComponent
    return Expression(word: name) ?? Int(name).flatMap(Expression.init(rawValue:))
  }

  public static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  private func entries(of folder: String) throws -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw DataSetError.unreadable(path: folder, reason: "the folder cannot be read; check its permissions")
    }
    return names.filter { !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
  }
}
