import Vocabulary

/// A meeting's gallery drawn with rectangles: textured pictures, flat placards, a speaker's frame, labels.
struct DrawnGallery {
  enum Content {
    case picture(seed: Int)
    /// A square picture between black bars, as a phone's.
    case phone(seed: Int)
    case placard
    case none
  }

  typealias RGB = (UInt8, UInt8, UInt8)

  private(set) var image: Image
  private(set) var boxes: [Box] = []
  private let ground: RGB

  init(width: Int, height: Int, ground: RGB = (26, 26, 26)) {
    image = Image(width: width, height: height, channels: 3)
    self.ground = ground
    fill(0, 0, width, height) { _, _ in ground }
  }

  /// Tiles of 16:9 in rows of `columns`, a last row of fewer in the middle.
  init(
    _ contents: [Content], columns: Int, width: Int = 640, height: Int = 360, gap: Int = 6,
    ground: RGB = (26, 26, 26), speaker: Int? = nil
  ) {
    self.init(width: width, height: height, ground: ground)
    let rows = (contents.count + columns - 1) / columns
    let tileWidth = min(
      (width - gap * (columns + 1)) / columns, (height - gap * (rows + 1)) / rows * 16 / 9)
    let tileHeight = tileWidth * 9 / 16
    let top = (height - rows * tileHeight - (rows - 1) * gap) / 2
    for (index, content) in contents.enumerated() {
      let inRow = min(columns, contents.count - index / columns * columns)
      let left = (width - inRow * tileWidth - (inRow - 1) * gap) / 2 + index % columns * (tileWidth + gap)
      let y = top + index / columns * (tileHeight + gap)
      if case .none = content { continue }
      if speaker == index { fill(left - 3, y - 3, tileWidth + 6, tileHeight + 6) { _, _ in (60, 220, 60) } }
      draw(content, left, y, tileWidth, tileHeight)
      boxes.append(
        Box(x: Double(left), y: Double(y), width: Double(tileWidth), height: Double(tileHeight)))
    }
  }

  private mutating func draw(_ content: Content, _ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    switch content {
    case .picture(let seed): fill(x, y, width, height) { DrawnGallery.texture($0, $1, seed) }
    case .phone(let seed):
      fill(x, y, width, height) { _, _ in (0, 0, 0) }
      fill(x + (width - height) / 2, y, height, height) { DrawnGallery.texture($0, $1, seed) }
    case .placard:
      fill(x, y, width, height) { _, _ in (40, 42, 40) }
      let radius = height / 4
      fill(x + width / 2 - radius, y + height / 2 - radius, 2 * radius, 2 * radius) { dx, dy in
        let inside = (dx - radius) * (dx - radius) + (dy - radius) * (dy - radius) < radius * radius
        return inside ? (60, 100, 140) : (40, 42, 40)
      }
    case .none: break
    }
  }

  /// Bars and dots as letters of a label on a dark ground, `bars` their heights from 1 to 3 quarters and whole.
  mutating func label(_ tile: Box, bars: [Int], height: Int = 16) {
    let (x, bottom) = (Int(tile.x), Int(tile.maxY))
    fill(x, bottom - height, 6 + bars.count * 5, height) { _, _ in (20, 20, 20) }
    for (index, bar) in bars.enumerated() {
      fill(x + 4 + index * 5, bottom - 4 - 2 * bar, 2, 2 * bar) { _, _ in (245, 245, 245) }
    }
  }

  /// A bright line along the lower left edge on a dark ground, as a picture shows below a label inside it.
  mutating func bar(_ tile: Box) {
    let (x, bottom) = (Int(tile.x), Int(tile.maxY))
    fill(x, bottom - 16, 90, 16) { _, dy in (5..<12).contains(dy) ? (240, 240, 240) : (20, 20, 20) }
  }

  /// What strong compression leaves on the ground: three pixels of twenty are lighter.
  mutating func stain(onlyRows: Bool = false) {
    let (red, green, blue) = ground
    func lies(_ pixel: Int, beside box: Box) -> Bool {
      let (x, y) = (Double(pixel % image.width), Double(pixel / image.width))
      return box.x <= x && x < box.maxX && box.maxY <= y && y < box.maxY + 8
    }
    for pixel in 0..<image.width * image.height
    where !onlyRows || boxes.contains(where: { lies(pixel, beside: $0) }) {
      let start = pixel * 3
      let isGround = image.pixels[start..<start + 3].elementsEqual([blue, green, red])
      guard isGround, (pixel &* 2_654_435_761) >> 7 % 20 < 3 else { continue }
      for part in start..<start + 3 { image.pixels[part] += 14 }
    }
  }

  /// Lines of words on white, as on a slide.
  mutating func slide(_ x: Int, _ y: Int, _ width: Int, _ height: Int) {
    fill(x, y, width, height) { dx, dy in
      let isLetter = dy % 24 > 14 && dy % 24 < 22 && dx % 7 < 2 && dx > 30 && dx < width - 60
      return isLetter ? (30, 30, 30) : (250, 250, 250)
    }
  }

  mutating func picture(_ x: Int, _ y: Int, _ width: Int, _ height: Int, seed: Int) {
    fill(x, y, width, height) { DrawnGallery.texture($0, $1, seed) }
  }

  private mutating func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: (Int, Int) -> RGB) {
    for row in max(0, y)..<min(image.height, y + height) {
      for column in max(0, x)..<min(image.width, x + width) {
        let (red, green, blue) = colour(column - x, row - y)
        let start = (row * image.width + column) * 3
        (image.pixels[start], image.pixels[start + 1], image.pixels[start + 2]) = (blue, green, red)
      }
    }
  }

  /// A wall that grows lighter to one side, in a colour of its own, a body below and some grain.
  private static func texture(_ x: Int, _ y: Int, _ seed: Int) -> RGB {
    let grain = (x * 7 + y * 13 + x * y * seed) % 9
    let wall = 70 + (seed * 53) % 110 + (x + y * (seed % 3)) / 8 % 60 + grain
    func clamped(_ value: Int) -> UInt8 { UInt8(min(255, max(0, value))) }
    return (clamped(wall), clamped(wall - (seed * 29) % 60), clamped(wall - (seed * 17) % 50))
  }
}
