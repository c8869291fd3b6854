/// Calls `body` with every good face of a data set, in the order that it is kept in: where it stands (its line in the
/// CSV file, its number among a folder's pictures), the face, and its votes.
///
/// - Parameters:
///   - path: FER2013's CSV file, plain or compressed, or a folder of `class/picture`.
///   - votesPath: FER+'s votes, row by row as the CSV file.
///   - split: what all of a folder's pictures are said to be.
/// - Returns: the rows or pictures that were skipped.
/// - Throws: `DataSetError`, also where votes and rows differ in number.
func forEachFace(
  path: String, votesPath: String?, ofFolder split: Split, faultLimit: Int = 100,
  _ body: (Int, Face, AnnotatorVotes?) throws -> Void
) throws -> [RowFault] {
  if FaceFolder.isFolder(path) {
    if let votesPath { throw DataSetError.votesOfFolder(path: votesPath) }
    return try FaceFolder(path: path, faultLimit: faultLimit).forEachFace(as: split) { try body($0, $1, nil) }
  }
  let votes = try votesPath.map(AnnotatorVotes.read)
  var rows = 0
  let faults = try FER2013File(path: path, faultLimit: faultLimit).forEachFace { line, face in
    rows = max(rows, line - 1)
    // A skipped row has votes of its own: rows are matched by line, not by count.
    try body(line, face, votes.flatMap { line - 2 < $0.count ? $0[line - 2] : nil })
  }
  rows = max(rows, (faults.last?.line ?? 1) - 1)
  if let votes, let votesPath, votes.count != rows {
    throw DataSetError.rowCounts(path: votesPath, expected: rows, found: votes.count)
  }
  return faults
}
