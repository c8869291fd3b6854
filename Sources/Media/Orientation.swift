/// One of the eight ways to turn and mirror a picture by right angles.
struct Orientation: Hashable, Sendable {
  /// Mirrored left to right, before the turn.
  var isMirrored = false
  /// Quarter turns clockwise.
  var quarterTurns = 0

  static let upright = Orientation()

  var swapsSides: Bool { quarterTurns % 2 == 1 }

  init(isMirrored: Bool = false, quarterTurns: Int = 0) {
    self.isMirrored = isMirrored
    self.quarterTurns = quarterTurns & 3
  }

  /// From a display matrix `a b u, c d v, x y w`, which takes a pixel (p, q) to (ap + cq, bp + dq). Angles
  /// in between are rounded to a quarter.
  init(displayMatrix matrix: UnsafePointer<Int32>) {
    let (a, b) = (Int64(matrix[0]), Int64(matrix[1]))
    let (c, d) = (Int64(matrix[3]), Int64(matrix[4]))
    isMirrored = a * d < b * c
    // Where the picture's right goes, once the mirror is taken off.
    let (x, y) = isMirrored ? (-a, -b) : (a, b)
    quarterTurns = abs(x) >= abs(y) ? (x < 0 ? 2 : 0) : (y < 0 ? 3 : 1)
  }

  /// From EXIF's orientation tag, 1 to 8.
  init(exif value: Int) {
    switch value {
    case 2: self.init(isMirrored: true)
    case 3: self.init(quarterTurns: 2)
    case 4: self.init(isMirrored: true, quarterTurns: 2)
    case 5: self.init(isMirrored: true, quarterTurns: 3)
    case 6: self.init(quarterTurns: 1)
    case 7: self.init(isMirrored: true, quarterTurns: 1)
    case 8: self.init(quarterTurns: 3)
    default: self.init()
    }
  }

  /// Copies `width` x `height` pixels of `channels` bytes, rows `stride` bytes apart, into `target`, tightly packed.
  func copy(
    _ source: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int, channels: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) {
    let columns = swapsSides ? height : width
    let rows = swapsSides ? width : height
    for y in 0..<rows {
      // Where the row begins in the source, and the step from one of its pixels to the next.
      let (x0, y0) = origin(ofColumn: 0, row: y, width: width, height: height)
      let (x1, y1) = origin(ofColumn: 1, row: y, width: width, height: height)
      var from = source + y0 * stride + x0 * channels
      let step = (y1 - y0) * stride + (x1 - x0) * channels
      var to = target + y * columns * channels
      if step == channels {
        to.update(from: from, count: columns * channels)
        continue
      }
      for _ in 0..<columns {
        for channel in 0..<channels { to[channel] = from[channel] }
        from += step
        to += channels
      }
    }
  }

  /// The source pixel of a target pixel.
  private func origin(ofColumn x: Int, row y: Int, width: Int, height: Int) -> (Int, Int) {
    let (turnedX, turnedY) =
      switch quarterTurns {
      case 1: (y, height - 1 - x)
      case 2: (width - 1 - x, height - 1 - y)
      case 3: (width - 1 - y, x)
      default: (x, y)
      }
    return (isMirrored ? width - 1 - turnedX : turnedX, turnedY)
  }
}
