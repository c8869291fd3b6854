import Foundation

/// Where in the source a pixel of the result comes from: `source = linear × (row, column) + offset`.
struct AffineMap: Equatable {
  var rowByRow: Float
  var rowByColumn: Float
  var columnByRow: Float
  var columnByColumn: Float
  var rowOffset: Float
  var columnOffset: Float

  /// Keras's random transform (`apply_affine_transform`): rotation × shift × zoom about the centre
  /// `(size - 1) / 2`. A zoom above 1 shows more of the source, so the face gets smaller.
  ///
  /// - Parameters:
  ///   - rotation: degrees.
  ///   - rowShift, columnShift: pixels by which the source is sampled further down and to the right.
  ///   - flips: mirrors left and right after the transform.
  init(
    rotation: Float, rowShift: Float, columnShift: Float, rowZoom: Float, columnZoom: Float, flips: Bool,
    side: Int
  ) {
    let angle = rotation * .pi / 180
    let (sine, cosine) = (sin(angle), cos(angle))
    let centre = Float(side - 1) / 2
    rowByRow = cosine * rowZoom
    rowByColumn = -sine * columnZoom
    columnByRow = sine * rowZoom
    columnByColumn = cosine * columnZoom
    rowOffset =
      cosine * rowShift - sine * columnShift + centre - (rowByRow + rowByColumn) * centre
    columnOffset =
      sine * rowShift + cosine * columnShift + centre - (columnByRow + columnByColumn) * centre
    if flips {
      rowOffset += rowByColumn * Float(side - 1)
      columnOffset += columnByColumn * Float(side - 1)
      rowByColumn.negate()
      columnByColumn.negate()
    }
  }

  /// Samples a square gray picture bilinearly; outside it the nearest pixel of its border counts
  /// (`fill_mode="nearest"`).
  func warp(
    _ source: UnsafeBufferPointer<UInt8>, side: Int, into result: UnsafeMutableBufferPointer<Float>
  ) {
    let limit = Float(side - 1)
    for row in 0..<side {
      var y = rowByRow * Float(row) + rowOffset
      var x = columnByRow * Float(row) + columnOffset
      for column in 0..<side {
        let clampedY = min(max(y, 0), limit)
        let clampedX = min(max(x, 0), limit)
        let top = Int(clampedY)
        let left = Int(clampedX)
        let down = top < side - 1 ? side : 0
        let right = left < side - 1 ? 1 : 0
        let fractionY = clampedY - Float(top)
        let fractionX = clampedX - Float(left)
        let at = top * side + left
        let (a, b) = (Float(source[at]), Float(source[at + right]))
        let (c, d) = (Float(source[at + down]), Float(source[at + down + right]))
        let upper = a + (b - a) * fractionX
        let lower = c + (d - c) * fractionX
        result[row * side + column] = upper + (lower - upper) * fractionY
        y += rowByColumn
        x += columnByColumn
      }
    }
  }
}
