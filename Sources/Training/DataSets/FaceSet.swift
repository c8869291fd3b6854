public import Vocabulary
public import enum Vocabulary.Expression

/// Labelled faces held in memory, one byte a pixel: FER2013 takes 66 MB.
public struct FaceSet: Sendable {
  public private(set) var pixels: [UInt8] = []
  public private(set) var labels: [Expression] = []
  public private(set) var votes: [AnnotatorVotes?] = []
  /// Where a face stands in the data: its line in the CSV file, its number among a folder's pictures.
  public private(set) var lines: [Int] = []

  public var count: Int { labels.count }

  public init() {}

  public mutating func append(_ face: Face, votes: AnnotatorVotes? = nil, line: Int = 0) {
    lines.append(line)
    pixels.append(contentsOf: face.pixels)
    labels.append(face.expression)
    self.votes.append(votes)
  }

  /// The pixels of one face, rows from the top.
  public func pixels(of index: Int) -> ArraySlice<UInt8> {
    pixels[index * Face.pixelCount..<(index + 1) * Face.pixelCount]
  }

  /// Reads the faces of some splits.
  /// - Parameters:
  ///   - path: FER2013's CSV file, plain or compressed, or a folder of `class/picture`, all of which is the last
  ///     split asked for.
  ///   - votesPath: FER+'s votes, row by row as the CSV file.
  ///   - skipsNonFaces: leaves out training rows that most people voted to be no face; what is measured on stays
  ///     whole.
  ///   - report: is told, a line each, what of the data is left out.
  /// - Returns: one set for each split, in the order asked for; sets may be empty.
  public static func read(
    path: String, votesPath: String? = nil, splits: [Split], skipsNonFaces: Bool = false,
    report: (String) -> Void = { _ in }
  ) throws -> [FaceSet] {
    var sets = splits.map { _ in FaceSet() }
    var nonFaces = 0
    let faults = try forEachFace(
      path: path, votesPath: votesPath, ofFolder: splits.last ?? .training
    ) { line, face, votes in
      guard let index = splits.firstIndex(of: face.split) else { return }
      if skipsNonFaces, face.split == .training, votes?.isNotAFace == true {
        nonFaces += 1
        return
      }
      sets[index].append(face, votes: votes, line: line)
    }
    let isFolder = FaceFolder.isFolder(path)
    let unknown = try isFolder ? FaceFolder(path: path).unknownFolders() : []
    if !unknown.isEmpty {
      report("\(path): left out what no expression is named by: \(unknown.joined(separator: ", "))")
    }
    tell(faults, of: path, isFolder ? "pictures" : "rows", report)
    if nonFaces > 0 { report("\(path): left out \(nonFaces) training rows in which most people saw no face") }
    return sets
  }

  private static func tell(
    _ faults: [RowFault], of path: String, _ things: String, _ report: (String) -> Void
  ) {
    guard let first = faults.first else { return }
    report("\(path): left out \(faults.count) bad \(things); the first is number \(first)")
  }
}
