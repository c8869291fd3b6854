import Vocabulary

extension [FaceDetection] {
  /// Greedy non-maximum suppression: the surest face stays, and with it goes every less sure one that
  /// overlaps it by more than `overlap` (intersection over union).
  ///
  /// - Returns: what stays, surest first. Equal scores keep a fixed order (top to bottom, then left to right),
  ///   so that the result does not depend on the order of the input.
  public func suppressed(overlap: Double = 0.45) -> [FaceDetection] {
    let ordered = sorted {
      ($0.score, -$0.box.y, -$0.box.x, $0.box.area) > ($1.score, -$1.box.y, -$1.box.x, $1.box.area)
    }
    var kept: [FaceDetection] = []
    for candidate in ordered where !kept.contains(where: { $0.box.overlap(candidate.box) > overlap }) {
      kept.append(candidate)
    }
    return kept
  }
}
