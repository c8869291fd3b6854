import Foundation
import Vocabulary

/// All cells of a detector's three grids over a square input, in the order of its outputs.
struct CellGrid: Hashable, Sendable {
  struct Cell: Hashable, Sendable {
    let head: Int
    /// Position within the head's plane.
    let index: Int
    let stride: Float
    /// Top left corner in pixels.
    let x, y: Float
  }

  let side: Int
  let cells: [Cell]
  /// Cells of each head.
  let counts: [Int]

  init(side: Int) {
    self.side = side
    counts = DetectorNetwork.strides.map { (side / $0) * (side / $0) }
    cells = DetectorNetwork.strides.enumerated().flatMap { head, stride in
      let columns = side / stride
      return (0..<columns * columns).map { index in
        Cell(
          head: head, index: index, stride: Float(stride), x: Float(index % columns * stride),
          y: Float(index / columns * stride))
      }
    }
  }
}

/// What a network says about one cell, in its own terms and in pixels.
struct CellPrediction: Hashable, Sendable {
  var logit: Float
  /// `dx, dy, log w, log h` in strides.
  var raw: SIMD4<Float>

  var score: Float { 1 / (1 + exp(-logit)) }

  func box(in cell: CellGrid.Cell) -> Box {
    let width = exp(min(max(raw[2], -6), 6)) * cell.stride
    let height = exp(min(max(raw[3], -6), 6)) * cell.stride
    return Box(
      x: Double(cell.x + raw[0] * cell.stride - width / 2),
      y: Double(cell.y + raw[1] * cell.stride - height / 2),
      width: Double(width), height: Double(height))
  }
}
