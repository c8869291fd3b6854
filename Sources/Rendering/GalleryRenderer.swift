public import Vocabulary

/// Draws a lecture as a meeting's gallery view, frame by frame.
///
/// Faces are drawn anew on every third frame, each tile on its own turn, as meeting software shows small
/// pictures at a lower rate; the grid itself follows the lecture on every frame.
public struct GalleryRenderer {
  public let lecture: Lecture
  public let width: Int
  public let height: Int
  public let framesPerSecond: Int

  private static let background = srgb(26, 26, 26)
  private static let framesPerPicture = 3
  private var layout: GalleryLayout
  private var portraits: [Int: Portrait] = [:]
  private var overlays: [Int: Canvas] = [:]
  private var shown: [Int: Tile] = [:]

  /// What a tile shows now.
  private struct Tile {
    var visible: Bool
    var speaking: Bool
    var image: Image
  }

  public init(_ lecture: Lecture, width: Int, height: Int, framesPerSecond: Int = 25) {
    self.lecture = lecture
    self.width = width
    self.height = height
    self.framesPerSecond = max(1, framesPerSecond)
    layout = GalleryLayout(tiles: 0, width: width, height: height)
  }

  /// The `index`-th frame of the recording. Cheapest when asked for one after the other; three channels.
  public mutating func frame(_ index: Int) -> Image {
    let time = Double(index) / Double(framesPerSecond)
    let second = index / framesPerSecond
    let order = lecture.order(at: second)
    let layout = GalleryLayout(tiles: order.count, width: width, height: height)
    if layout.tileWidth != self.layout.tileWidth || layout.tileHeight != self.layout.tileHeight {
      (portraits, overlays, shown) = ([:], [:], [:])
    }
    self.layout = layout
    var frame = Canvas(width: 1, height: 1, colour: GalleryRenderer.background).image()
    frame = Image(width: width, height: height, channels: 3, filledWith: frame.pixels[0])
    for (attendee, origin) in zip(order, layout.origins) {
      refresh(attendee, second: second, time: time, frame: index)
      if let tile = shown[attendee] { frame.place(tile.image, at: origin) }
    }
    return frame
  }

  private mutating func refresh(_ attendee: Int, second: Int, time: Double, frame: Int) {
    let visible = lecture.isVisible(attendee, at: second)
    let speaking = lecture.speaker(at: second) == attendee
    let due = visible && (frame + attendee) % GalleryRenderer.framesPerPicture == 0
    if let old = shown[attendee], old.visible == visible, old.speaking == speaking, !due { return }
    var canvas: Canvas
    if visible {
      let portrait = portraits[attendee] ?? newPortrait(attendee)
      portraits[attendee] = portrait
      canvas = portrait.canvas(Performance(lecture: lecture, attendee: attendee).pose(at: time))
    } else {
      canvas = placard(attendee)
    }
    let overlay = overlays[attendee] ?? label(attendee)
    overlays[attendee] = overlay
    canvas.lay(overlay)
    finish(&canvas, speaking: speaking)
    shown[attendee] = Tile(visible: visible, speaking: speaking, image: canvas.image())
  }

  private func newPortrait(_ attendee: Int) -> Portrait {
    Portrait(
      person: lecture.attendees[attendee].person, seed: lecture.seed, width: layout.tileWidth,
      height: layout.tileHeight)
  }

  /// The tile of a camera that is off: the name, or initials on a disc.
  private func placard(_ attendee: Int) -> Canvas {
    var canvas = Canvas(width: layout.tileWidth, height: layout.tileHeight, colour: srgb(38, 40, 39))
    let name = lecture.attendees[attendee].name
    let (width, height) = (Float(layout.tileWidth), Float(layout.tileHeight))
    let withDisc = attendee % 2 == 0
    if withDisc {
      let colour = [srgb(62, 96, 128), srgb(112, 78, 120), srgb(70, 112, 84)][attendee % 3]
      canvas.paint { x, y in
        let (dx, dy) = (x - width / 2, y - height / 2)
        return (colour, clamp(height * 0.25 - (dx * dx + dy * dy).squareRoot() + 0.5))
      }
    }
    let initials = String(name.split(separator: " ").compactMap(\.first))
    let text = Lettering(withDisc ? initials : name)
    let capHeight = height * (withDisc ? 0.16 : 0.085)
    text.draw(
      onto: &canvas, x: (width - text.advance * capHeight / 10) / 2,
      baseline: height / 2 + capHeight / 2, capHeight: capHeight, colour: srgb(240, 240, 240))
    return canvas
  }

  /// The name in the tile's lower left corner.
  private func label(_ attendee: Int) -> Canvas {
    var canvas = Canvas(width: layout.tileWidth, height: layout.tileHeight)
    let height = Float(layout.tileHeight)
    let capHeight = max(7, height * 0.05)
    let text = Lettering(lecture.attendees[attendee].name)
    let (boxWidth, boxHeight) = (text.advance * capHeight / 10 + capHeight * 1.2, capHeight * 2)
    canvas.paint { x, y in
      y > height - boxHeight && x < boxWidth ? (srgb(20, 20, 20), 0.78) : nil
    }
    text.draw(
      onto: &canvas, x: capHeight * 0.6, baseline: height - capHeight * 0.55, capHeight: capHeight,
      colour: srgb(248, 248, 248))
    return canvas
  }

  /// Rounds the corners and marks the one who speaks.
  private func finish(_ canvas: inout Canvas, speaking: Bool) {
    let (halfWidth, halfHeight) = (Float(canvas.width) / 2, Float(canvas.height) / 2)
    let radius = halfHeight * 0.06
    let border = max(2, halfHeight * 0.022)
    let reach = Int(max(radius, border)) + 1
    for y in 0..<canvas.height {
      let edgeRow = y < reach || y >= canvas.height - reach
      var x = 0
      while x < canvas.width {
        if !edgeRow, x == reach { x = canvas.width - reach }
        let dx = max(0, abs(Float(x) + 0.5 - halfWidth) - halfWidth + radius)
        let dy = max(0, abs(Float(y) + 0.5 - halfHeight) - halfHeight + radius)
        let inner = min(
          halfWidth - abs(Float(x) + 0.5 - halfWidth), halfHeight - abs(Float(y) + 0.5 - halfHeight))
        let depth = dx > 0 && dy > 0 ? radius - (dx * dx + dy * dy).squareRoot() : inner
        if speaking { canvas.blend(x, y, srgb(196, 232, 72), clamp(border - depth)) }
        canvas.blend(x, y, GalleryRenderer.background, clamp(0.5 - depth))
        x += 1
      }
    }
  }
}

extension Image {
  /// Copies another picture of as many channels to a place where it fits wholly.
  fileprivate mutating func place(_ other: Image, at origin: SIMD2<Int>) {
    guard other.channels == channels, origin.x >= 0, origin.y >= 0,
      origin.x + other.width <= width, origin.y + other.height <= height
    else { return }
    for row in 0..<other.height {
      let target = (origin.y + row) * bytesPerRow + origin.x * channels
      let source = row * other.bytesPerRow
      pixels.replaceSubrange(
        target..<target + other.bytesPerRow, with: other.pixels[source..<source + other.bytesPerRow])
    }
  }
}
