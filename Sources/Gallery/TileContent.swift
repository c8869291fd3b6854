/// What can be told of one tile by itself.
struct TileContent {
  let pixels: Pixels
  let tile: PixelRect
  /// The tile without the coloured frame around a speaker.
  private let inner: PixelRect
  private let step: Int
  /// Where the name label begins, with the edge of its box.
  private let labelTop: Int

  /// - Parameter letters: of the name label, where it has any.
  init(_ pixels: Pixels, _ tile: PixelRect, letters: PixelRect? = nil) {
    self.pixels = pixels
    self.tile = tile
    // In small tiles a label that can be read takes more of the height.
    let usual = tile.bottom - tile.height / 6
    let edge = letters.map { $0.top - max(2, $0.height * 3 / 5) } ?? usual
    labelTop = min(usual, max(edge, tile.bottom - tile.height * 3 / 10))
    inner = tile.inset(0.035)
    step = max(1, inner.height / 36)
  }

  /// A tile without a camera is one flat colour with a round picture, initials or a name in its middle; a
  /// person in front of a flat wall reaches the lower edge.
  var cameraOn: Bool {
    guard let ground = pixels.ground(of: inner, step: step) else { return true }
    var figure = PixelRect(left: inner.right, top: inner.bottom, right: inner.left, bottom: inner.top)
    var inFigure = 0
    for y in stride(from: inner.top, to: inner.bottom, by: step) {
      for x in stride(from: inner.left, to: inner.right, by: step) {
        if y >= labelTop && x < tile.left + tile.width * 3 / 5 { continue }
        guard pixels[x, y].distance(to: ground) > 14 else { continue }
        inFigure += 1
        figure.left = min(figure.left, x)
        figure.right = max(figure.right, x + 1)
        figure.top = min(figure.top, y)
        figure.bottom = max(figure.bottom, y + 1)
      }
    }
    guard inFigure > 0 else { return false }
    let middle = (figure.left + figure.right) / 2
    let centred = abs(middle - (tile.left + tile.right) / 2) * 8 < tile.width
    let inside = figure.top > inner.top + inner.height / 10 && figure.bottom < labelTop
    return !(centred && inside && figure.area * 2 < inner.area)
  }

  /// The picture of the camera inside the tile, without bars of one colour at its sides.
  private var picture: PixelRect {
    var rect = inner
    let (mostX, mostY) = (inner.width * 2 / 5, inner.height * 2 / 5)
    while rect.left - inner.left < mostX, isFlat(column: rect.left, like: pixels[inner.left, inner.top]) {
      rect.left += 2
    }
    while inner.right - rect.right < mostX,
      isFlat(column: rect.right - 1, like: pixels[inner.right - 1, inner.top])
    {
      rect.right -= 2
    }
    while rect.top - inner.top < mostY, isFlat(row: rect.top, like: pixels[inner.left, inner.top]) {
      rect.top += 2
    }
    return rect.inset(0.02)
  }

  private func isFlat(column x: Int, like colour: Colour) -> Bool {
    let column = PixelRect(left: x, top: inner.top, right: x + 1, bottom: tile.bottom - tile.height / 6)
    return colour.luma < 40
      && pixels.isUniform(column, colour, within: 10, exceptions: 0, step: (1, step))
  }

  private func isFlat(row y: Int, like colour: Colour) -> Bool {
    let row = PixelRect(left: inner.left, top: y, right: inner.right, bottom: y + 1)
    return colour.luma < 40 && pixels.isUniform(row, colour, within: 10, exceptions: 0, step: (step, 1))
  }

  /// Colour and structure of a ring of cells around the middle of the picture, where walls and clothes are
  /// and the face is not, without the corner of the name label. Luma counts half, since cameras adapt.
  var appearance: [Float] {
    let picture = picture
    let (columns, rows) = (6, 4)
    var values: [Float] = [
      Float(picture.left - tile.left) / Float(tile.width), Float(picture.width) / Float(tile.width),
    ]
    for row in 0..<rows {
      for column in 0..<columns {
        let middle = (1...2).contains(row) && (1...4).contains(column)
        let label = row == 3 && column < 3
        if middle || label { continue }
        values += cell(
          PixelRect(
            left: picture.left + picture.width * column / columns,
            top: picture.top + picture.height * row / rows,
            right: picture.left + picture.width * (column + 1) / columns,
            bottom: picture.top + picture.height * (row + 1) / rows))
      }
    }
    return values
  }

  /// Colour and structure of what stands in the middle of a tile without a camera: initials, a name, an avatar.
  var placard: [Float] {
    let (columns, rows) = (6, 2)
    let middle = PixelRect(
      left: tile.left + tile.width * 3 / 10, top: tile.top + tile.height / 4,
      right: tile.right - tile.width * 3 / 10, bottom: tile.bottom - tile.height / 4)
    return (0..<rows * columns).flatMap { index in
      let (row, column) = (index / columns, index % columns)
      return cell(
        PixelRect(
          left: middle.left + middle.width * column / columns, top: middle.top + middle.height * row / rows,
          right: middle.left + middle.width * (column + 1) / columns,
          bottom: middle.top + middle.height * (row + 1) / rows))
    }
  }

  /// Mean luma, blue-difference, red-difference and mean step of luma along rows, about 0 to 1 each.
  private func cell(_ rect: PixelRect) -> [Float] {
    var (blue, green, red, steps, count) = (0, 0, 0, 0, 0)
    let step = max(1, rect.height / 8)
    for y in stride(from: rect.top, to: rect.bottom, by: step) {
      for x in stride(from: rect.left, to: rect.right - step, by: step) {
        let colour = pixels[x, y]
        blue += colour.blue
        green += colour.green
        red += colour.red
        steps += abs(pixels[x + step, y].luma - colour.luma)
        count += 1
      }
    }
    guard count > 0 else { return [0, 0, 0, 0] }
    let (b, g, r) = (
      Float(blue) / Float(count * 255), Float(green) / Float(count * 255), Float(red) / Float(count * 255)
    )
    let luma = 0.114 * b + 0.587 * g + 0.299 * r
    return [luma / 2, (b - luma) * 1.5, (r - luma) * 1.5, Float(steps) / Float(count * 64)]
  }
}
