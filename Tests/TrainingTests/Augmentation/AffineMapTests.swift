import Testing

@testable import Training

@Suite struct AffineMapTests {
  /// 0…8, row by row.
  private let picture: [UInt8] = Array(0..<9)

  private func warp(
    rotation: Float = 0, rowShift: Float = 0, columnShift: Float = 0, zoom: Float = 1, flips: Bool = false
  ) -> [Float] {
    let map = AffineMap(
      rotation: rotation, rowShift: rowShift, columnShift: columnShift, rowZoom: zoom, columnZoom: zoom,
      flips: flips, side: 3)
    var result = [Float](repeating: -1, count: 9)
    picture.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { map.warp(source, side: 3, into: $0) }
    }
    return result.map { ($0 * 1000).rounded() / 1000 }
  }

  @Test func `nothing drawn changes nothing`() {
    #expect(warp() == [0, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func `a flip mirrors left and right`() {
    #expect(warp(flips: true) == [2, 1, 0, 5, 4, 3, 8, 7, 6])
  }

  @Test func `a shift samples further down or right and repeats the border`() {
    #expect(warp(rowShift: 1) == [3, 4, 5, 6, 7, 8, 6, 7, 8])
    #expect(warp(columnShift: 1) == [1, 2, 2, 4, 5, 5, 7, 8, 8])
  }

  @Test func `half a pixel is the mean of two`() {
    #expect(warp(columnShift: 0.5) == [0.5, 1.5, 2, 3.5, 4.5, 5, 6.5, 7.5, 8])
  }

  @Test func `a quarter turn reads columns where rows were, as in Keras`() {
    // Output (row, column) reads input (-column, row) about the centre.
    #expect(warp(rotation: 90) == [6, 3, 0, 7, 4, 1, 8, 5, 2])
  }

  @Test func `a zoom above 1 shows more, below 1 less`() {
    #expect(warp(zoom: 2) == [0, 1, 2, 3, 4, 5, 6, 7, 8])
    #expect(warp(zoom: 0.5) == [2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6])
  }
}
