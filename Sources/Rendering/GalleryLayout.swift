public import Vocabulary

/// Where a gallery view puts its tiles: a grid of 16:9 rectangles, the last row in the middle.
public struct GalleryLayout: Hashable, Sendable {
  public let width: Int
  public let height: Int
  public let tileWidth: Int
  public let tileHeight: Int
  /// Top left corners in reading order.
  public let origins: [SIMD2<Int>]

  public init(tiles: Int, width: Int, height: Int) {
    self.width = width
    self.height = height
    let count = max(1, tiles)
    var columns = 1
    while columns * columns < count { columns += 1 }
    let rows = (count + columns - 1) / columns
    let gap = max(2, height / 90)
    let widest = (width - gap * (columns + 1)) / columns
    let tallest = (height - gap * (rows + 1)) / rows
    tileWidth = max(16, min(widest, tallest * 16 / 9)) & ~1
    tileHeight = max(9, tileWidth * 9 / 16) & ~1
    var origins: [SIMD2<Int>] = []
    for index in 0..<max(0, tiles) {
      let (row, column) = (index / columns, index % columns)
      let inRow = min(columns, count - row * columns)
      let left = (width - inRow * tileWidth - (inRow - 1) * gap) / 2
      let top = (height - rows * tileHeight - (rows - 1) * gap) / 2
      origins.append(SIMD2(left + column * (tileWidth + gap), top + row * (tileHeight + gap)))
    }
    self.origins = origins
  }

  /// The rectangle of a tile, `nil` where there is none.
  public func box(_ index: Int) -> Box? {
    guard origins.indices.contains(index) else { return nil }
    return Box(
      x: Double(origins[index].x), y: Double(origins[index].y), width: Double(tileWidth),
      height: Double(tileHeight))
  }
}
