/// What makes a face be found again: an exact digest of its pixels, and a coarse one that survives small
/// changes of light, compression and size.
struct PictureHash: Hashable, Sendable {
  /// FNV-1a over all pixels.
  let exact: UInt64
  /// 16 × 16 signs of the difference between neighbouring cells of a coarse picture ("difference hash").
  let coarse: SIMD4<UInt64>

  /// Columns of pixels in each of the 17 cells of a row.
  private static let widths = (0..<17).map { cell in
    (0..<Face.side).filter { $0 * 17 / Face.side == cell }.count
  }

  init(_ pixels: [UInt8]) {
    exact = pixels.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let side = Face.side
    var coarse = SIMD4<UInt64>(repeating: 0)
    for row in 0..<16 {
      // Rows in threes; 17 columns of cells so that each of 16 has a neighbour to its right.
      var cells = [Int](repeating: 0, count: 17)
      for column in 0..<side {
        let cell = column * 17 / side
        for y in row * 3..<row * 3 + 3 { cells[cell] += Int(pixels[y * side + column]) }
      }
      for column in 0..<16
      where cells[column] * Self.widths[column + 1] > cells[column + 1] * Self.widths[column] {
        let bit = row * 16 + column
        coarse[bit / 64] |= 1 << UInt64(bit % 64)
      }
    }
    self.coarse = coarse
  }

  /// How many of the 256 signs differ.
  func distance(to other: PictureHash) -> Int {
    let difference = coarse ^ other.coarse
    return (0..<4).reduce(0) { $0 + difference[$1].nonzeroBitCount }
  }
}
