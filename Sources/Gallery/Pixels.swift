import Vocabulary

/// A colour in 8-bit steps; gray pictures have three equal parts.
struct Colour: Equatable {
  var blue: Int
  var green: Int
  var red: Int

  /// Largest difference of a part.
  func distance(to other: Colour) -> Int {
    max(abs(blue &- other.blue), abs(green &- other.green), abs(red &- other.red))
  }

  /// Saturated as the frames are that meeting software draws around a speaker.
  var isVivid: Bool { max(blue, green, red) - min(blue, green, red) >= 70 }

  /// ITU-R BT.601.
  var luma: Int { (29 &* blue &+ 150 &* green &+ 77 &* red) >> 8 }
}

/// Whole pixels: `left ..< right`, `top ..< bottom`.
struct PixelRect: Equatable {
  var left: Int
  var top: Int
  var right: Int
  var bottom: Int

  var width: Int { right - left }
  var height: Int { bottom - top }
  var area: Int { max(0, width) * max(0, height) }
  var box: Box { Box(x: Double(left), y: Double(top), width: Double(width), height: Double(height)) }

  /// Smaller by a fraction of its own size on every side.
  func inset(_ fraction: Double) -> PixelRect {
    let (x, y) = (Int(Double(width) * fraction), Int(Double(height) * fraction))
    return PixelRect(left: left + x, top: top + y, right: right - x, bottom: bottom - y)
  }
}

/// Reads single pixels of an image without copying it. Lives only inside ``with(_:_:)``.
struct Pixels {
  private let samples: UnsafeBufferPointer<UInt8>
  let width: Int
  let height: Int
  private let channels: Int

  static func with<Result>(_ image: Image, _ body: (Pixels) -> Result) -> Result {
    image.pixels.withUnsafeBufferPointer {
      body(Pixels(samples: $0, width: image.width, height: image.height, channels: image.channels))
    }
  }

  var bounds: PixelRect { PixelRect(left: 0, top: 0, right: width, bottom: height) }

  @inline(__always)
  subscript(x: Int, y: Int) -> Colour {
    let start = (y &* width &+ x) &* channels
    let blue = Int(samples[start])
    guard channels == 3 else { return Colour(blue: blue, green: blue, red: blue) }
    return Colour(blue: blue, green: Int(samples[start &+ 1]), red: Int(samples[start &+ 2]))
  }

  /// Share of every `step`th pixel of the rectangle that differs from the colour by no more than `tolerance`.
  func share(of colour: Colour, within tolerance: Int, in rect: PixelRect, step: (x: Int, y: Int)) -> Double {
    var like = 0
    var all = 0
    for y in stride(from: rect.top, to: rect.bottom, by: step.y) {
      for x in stride(from: rect.left, to: rect.right, by: step.x) {
        all += 1
        if self[x, y].distance(to: colour) <= tolerance { like += 1 }
      }
    }
    return all > 0 ? Double(like) / Double(all) : 0
  }

  /// True where no more than `exceptions` of the rectangle's sampled pixels differ from the colour by more than
  /// `tolerance`; stops at the first one too many.
  func isUniform(
    _ rect: PixelRect, _ colour: Colour, within tolerance: Int, exceptions: Double, step: (x: Int, y: Int)
  ) -> Bool {
    let columns = (rect.width + step.x - 1) / step.x
    let rows = (rect.height + step.y - 1) / step.y
    var left = Int(Double(columns * rows) * exceptions)
    for y in stride(from: rect.top, to: rect.bottom, by: step.y) {
      for x in stride(from: rect.left, to: rect.right, by: step.x)
      where self[x, y].distance(to: colour) > tolerance {
        left -= 1
        if left < 0 { return false }
      }
    }
    return true
  }

  /// The colour of half of a rectangle or more; `nil` where there is none.
  func ground(of rect: PixelRect, step: Int) -> Colour? {
    var tally = ColourTally()
    for y in stride(from: rect.top, to: rect.bottom, by: step) {
      for x in stride(from: rect.left, to: rect.right, by: step) { tally.add(self[x, y]) }
    }
    guard let colour = tally.commonest,
      isUniform(rect, colour, within: 8, exceptions: 0.5, step: (step, step))
    else { return nil }
    return colour
  }
}

/// Counts colours in coarse bins.
struct ColourTally {
  /// Sums of blue, green and red, and how many, for each bin.
  private var bins = [SIMD4<Int32>](repeating: .zero, count: 4096)
  /// The fullest bin, and the first of those that are as full.
  private var fullest = 0

  mutating func add(_ colour: Colour) {
    let bin = (colour.blue >> 4) << 8 | (colour.green >> 4) << 4 | colour.red >> 4
    bins[bin] &+= SIMD4(
      Int32(truncatingIfNeeded: colour.blue), Int32(truncatingIfNeeded: colour.green),
      Int32(truncatingIfNeeded: colour.red), 1)
    let (count, most) = (bins[bin].w, bins[fullest].w)
    if count > most || (count == most && bin < fullest) { fullest = bin }
  }

  /// Mean of the fullest bin.
  var commonest: Colour? {
    let fullest = bins[fullest]
    guard fullest.w > 0 else { return nil }
    let mean = fullest / fullest.w
    return Colour(blue: Int(mean.x), green: Int(mean.y), red: Int(mean.z))
  }
}
