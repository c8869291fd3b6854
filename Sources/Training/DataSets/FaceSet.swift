public import Vocabulary
public import enum Vocabulary.Expression

/// Labelled faces held in memory, one byte a pixel: FER2013 takes 66 MB.
public struct FaceSet: Sendable {
  public private(set) var pixels: [UInt8] = []
  public private(set) var labels: [Expression] = []
  public private(set) var votes: [AnnotatorVotes?] = []

  public var count: Int { labels.count }

  public init() {}

  public mutating func append(_ face: Face, votes: AnnotatorVotes? = nil) {
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
  /// - Returns: one set for each split, in the order asked for; sets may be empty.
  public static func read(
    path: String, votesPath: String? = nil, splits: [Split], skipsNonFaces: Bool = false,
    faultLimit: Int = 100
  ) throws -> [FaceSet] {
    var sets = splits.map { _ in FaceSet() }
    if FaceFolder.isFolder(path) {
      guard let split = splits.last else { return sets }
      try FaceFolder(path: path, faultLimit: faultLimit).forEachFace(as: split) { _, face in
        sets[sets.count - 1].append(face)
      }
      return sets
    }
    let votes = try votesPath.map(AnnotatorVotes.read)
    var rows = 0
    let faults = try FER2013File(path: path, faultLimit: faultLimit).forEachFace { line, face in
      // A skipped row has votes of its own: rows are matched by line, not by count.
      let vote = votes.flatMap { line - 2 < $0.count ? $0[line - 2] : nil }
      rows = max(rows, line - 1)
      guard let index = splits.firstIndex(of: face.split) else { return }
      if skipsNonFaces, face.split == .training, vote?.isNotAFace == true { return }
      sets[index].append(face, votes: vote)
    }
    rows = max(rows, (faults.last?.line ?? 1) - 1)
    if let votes, let votesPath, votes.count != rows {
      throw DataSetError.rowCounts(path: votesPath, expected: rows, found: votes.count)
    }
    return sets
  }
}
