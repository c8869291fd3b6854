import Foundation
import Vocabulary

/// What an anchor-free network says about every cell of one grid.
///
/// The cell in column `c` and row `r` of a grid of stride `s` covers the `s` x `s` pixels from `(c s, r s)`.
/// Values stand row by row, the channels of a cell together.
public struct DetectionHead: Sendable {
  /// Pixels of the network's input from cell to cell.
  public let stride: Int
  public let columns: Int
  /// One a cell, 0 to 1.
  public let scores: [Float]
  /// `dx, dy, log w, log h` a cell: the centre from the cell's corner and the size, in strides.
  public let boxes: [Float]
  /// `dx, dy` of five points a cell, from the cell's corner in strides; empty where there are none.
  public let points: [Float]

  /// `nil` where the numbers of values do not fit each other.
  public init?(stride: Int, columns: Int, scores: [Float], boxes: [Float], points: [Float] = []) {
    guard stride > 0, columns > 0, scores.count % columns == 0, boxes.count == 4 * scores.count,
      points.isEmpty || points.count == 10 * scores.count
    else { return nil }
    (self.stride, self.columns) = (stride, columns)
    (self.scores, self.boxes, self.points) = (scores, boxes, points)
  }

  /// The faces of all cells that score at least `threshold`, in pixels of the network's input.
  public func faces(above threshold: Float) -> [FaceDetection] {
    scores.indices.filter { scores[$0] >= threshold }.compactMap(face(in:))
  }

  private func face(in cell: Int) -> FaceDetection? {
    let step = Double(stride)
    let corner = Point(x: Double(cell % columns), y: Double(cell / columns))
    func place(_ values: [Float], _ at: Int) -> Point {
      (corner + Point(x: Double(values[at]), y: Double(values[at + 1]))) * step
    }
    let centre = place(boxes, 4 * cell)
    let (width, height) = (exp(Double(boxes[4 * cell + 2])) * step, exp(Double(boxes[4 * cell + 3])) * step)
    let five = points.isEmpty ? nil : (0..<5).map { place(points, 10 * cell + 2 * $0) }
    let numbers = [centre.x, centre.y, width, height] + (five ?? []).flatMap { [$0.x, $0.y] }
    guard numbers.allSatisfy({ $0.isFinite && abs($0) < 1e6 }) else { return nil }
    return FaceDetection(
      box: Box(x: centre.x - width / 2, y: centre.y - height / 2, width: width, height: height),
      score: Double(min(max(scores[cell], 0), 1)), five: five)
  }
}
