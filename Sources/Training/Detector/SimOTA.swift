import Foundation
import Vocabulary

/// Which cells learn which face: simplified optimal transport (SimOTA; Ge et al., YOLOX, 2021).
///
/// A face's candidates are the cells whose middle lies in its box or within `radius` strides of its centre.
/// A cell costs `-log p + 3 (-log IoU)`, and much more unless its middle is in both regions. A face takes its
/// `k` cheapest cells, where `k` is the sum of its ten largest overlaps, at least one. A cell that several
/// faces want goes to the one that it costs least.
enum SimOTA {
  struct Match: Hashable, Sendable {
    let cell: Int
    let face: Int
    /// Intersection over union of the cell's box with the face's.
    let overlap: Float
  }

  static let radius: Float = 2.5

  static func assign(_ faces: [Box], predictions: [CellPrediction], grid: CellGrid) -> [Match] {
    var best: [Int: (cost: Float, match: Match)] = [:]
    for (number, face) in faces.enumerated() {
      let candidates = candidates(of: face, number, predictions: predictions, grid: grid)
      let wanted = candidates.map(\.match.overlap).sorted(by: >).prefix(10).reduce(0, +)
      let count = max(1, Int(wanted))
      let cheapest = candidates.sorted { ($0.cost, $0.match.cell) < ($1.cost, $1.match.cell) }.prefix(count)
      for candidate in cheapest where candidate.cost < best[candidate.match.cell]?.cost ?? .infinity {
        best[candidate.match.cell] = candidate
      }
    }
    return best.values.map(\.match).sorted { $0.cell < $1.cell }
  }

  private static func candidates(
    of face: Box, _ number: Int, predictions: [CellPrediction], grid: CellGrid
  ) -> [(cost: Float, match: Match)] {
    let (left, right) = (Float(face.x), Float(face.maxX))
    let (top, bottom) = (Float(face.y), Float(face.maxY))
    let (centreX, centreY) = ((left + right) / 2, (top + bottom) / 2)
    return grid.cells.enumerated().compactMap { index, cell in
      let (x, y) = (cell.x + cell.stride / 2, cell.y + cell.stride / 2)
      let isInside = x > left && x < right && y > top && y < bottom
      let reach = radius * cell.stride
      let isNear = abs(x - centreX) < reach && abs(y - centreY) < reach
      guard isInside || isNear else { return nil }
      let prediction = predictions[index]
      let overlap = Float(prediction.box(in: cell).overlap(face))
      let cost =
        -log(max(prediction.score, 1e-6)) - 3 * log(max(overlap, 1e-6)) + (isInside && isNear ? 0 : 1e4)
      return (cost, Match(cell: index, face: number, overlap: overlap))
    }
  }
}
