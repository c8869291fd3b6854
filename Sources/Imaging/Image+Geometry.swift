import OpenCVBridge
public import Vocabulary

/// How a value between pixels is found.
public enum Interpolation: Sendable {
  case nearest, linear, cubic
  /// Mean over the area that a new pixel covers: right for shrinking, never for enlarging.
  case area

  var code: cvb_interpolation {
    switch self {
    case .nearest: CVB_NEAREST
    case .linear: CVB_LINEAR
    case .cubic: CVB_CUBIC
    case .area: CVB_AREA
    }
  }
}

/// What lies outside a picture.
public enum Border: Hashable, Sendable {
  /// The nearest pixel of the picture.
  case edge
  case constant(UInt8)

  var code: Int32 {
    switch self {
    case .edge: -1
    case .constant(let value): Int32(value)
    }
  }
}

extension Image {
  /// The picture at another size: by area where it shrinks and linearly where it grows, unless told otherwise.
  public func resized(width: Int, height: Int, _ interpolation: Interpolation? = nil) throws(ImagingError)
    -> Image
  {
    if width == self.width && height == self.height { return self }
    let shrinks = width <= self.width && height <= self.height
    let code = (interpolation ?? (shrinks ? .area : .linear)).code
    return try transformed("resize", width: width, height: height) { cvb_resize($0, $1, code, $2) }
  }

  /// The picture moved by `map`, which takes points of this picture to points of the new one.
  ///
  /// - Parameters:
  ///   - map: in continuous coordinates, where the top left pixel covers (0, 0) to (1, 1).
  ///   - antialiased: where `map` shrinks by more than a half, the result is sampled several times a pixel
  ///     and averaged, so that no detail aliases.
  public func warped(
    by map: AffineTransform, width: Int, height: Int, _ interpolation: Interpolation = .linear,
    border: Border = .edge, antialiased: Bool = true
  ) throws(ImagingError) -> Image {
    guard map.isFinite else { throw ImagingError(operation: "warp", reason: "the map is not finite") }
    let shrinking = map.scale > 0 ? (1 / map.scale).rounded() : 1
    let samples = antialiased ? Int(min(max(shrinking, 1), 8)) : 1
    // Either the picture is averaged before it is moved, or the result after: whichever has fewer pixels.
    if samples > 1, self.width * self.height < width * height * samples * samples,
      self.width >= samples, self.height >= samples
    {
      let small = try resized(width: self.width / samples, height: self.height / samples, .area)
      let enlarging = AffineTransform(
        a: Double(self.width) / Double(small.width), b: 0, tx: 0, c: 0,
        d: Double(self.height) / Double(small.height), ty: 0)
      return try small.warpedPlainly(
        by: enlarging.followed(by: map), width: width, height: height, interpolation, border: border)
    }
    let sampled = try warpedPlainly(
      by: map.followed(by: AffineTransform(scale: Double(samples))), width: width * samples,
      height: height * samples, interpolation, border: border)
    return try sampled.resized(width: width, height: height, .area)
  }

  private func warpedPlainly(
    by map: AffineTransform, width: Int, height: Int, _ interpolation: Interpolation, border: Border
  ) throws(ImagingError) -> Image {
    let matrix = map.betweenPixelCentres.rows
    return try transformed("warp", width: width, height: height) {
      cvb_warp($0, $1, matrix, interpolation.code, border.code, $2)
    }
  }

  /// The part of the picture within `box`, which is rounded to whole pixels; outside lies the nearest edge pixel.
  public func cropped(to box: Box, border: Border = .edge) throws(ImagingError) -> Image {
    guard let x = Int(exactly: box.x.rounded()), let y = Int(exactly: box.y.rounded()),
      let right = Int(exactly: box.maxX.rounded()), let bottom = Int(exactly: box.maxY.rounded()),
      [x, y, right, bottom].allSatisfy({ abs($0) <= 4 * Image.longestSide })
    else { throw ImagingError(operation: "crop", reason: "the box is not finite") }
    if x >= 0 && y >= 0 && right <= width && bottom <= height && x < right && y < bottom {
      return rows(x: x, y: y, width: right - x, height: bottom - y)
    }
    return try warped(
      by: AffineTransform(translation: Point(x: Double(-x), y: Double(-y))), width: right - x,
      height: bottom - y, .nearest, border: border, antialiased: false)
  }

  /// A part that lies wholly inside.
  private func rows(x: Int, y: Int, width: Int, height: Int) -> Image {
    filled(width: width, height: height) { target in
      pixels.withUnsafeBytes { source in
        for row in 0..<height {
          let start = (y + row) * bytesPerRow + x * channels
          target(row).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: source[start..<start + width * channels]))
        }
      }
    }
  }

  /// The picture with black added at the right and at the bottom up to the given size; no side shrinks.
  public func padded(width: Int, height: Int) -> Image {
    let (width, height) = (max(width, self.width), max(height, self.height))
    if width == self.width && height == self.height { return self }
    return filled(width: width, height: height) { target in
      pixels.withUnsafeBytes { source in
        for row in 0..<height {
          let target = target(row)
          let kept = row < self.height ? bytesPerRow : 0
          if kept > 0 {
            let start = row * bytesPerRow
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<start + kept]))
          }
          UnsafeMutableRawBufferPointer(rebasing: target[kept...]).initializeMemory(
            as: UInt8.self, repeating: 0)
        }
      }
    }
  }

  /// A picture of as many channels whose rows `fill` writes, all of them.
  private func filled(
    width: Int, height: Int, _ fill: ((Int) -> UnsafeMutableRawBufferPointer) -> Void
  ) -> Image {
    var result = Image(width: width, height: height, channels: channels)
    let length = width * channels
    result.pixels = [UInt8](unsafeUninitializedCapacity: length * height) { buffer, count in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      fill { row in UnsafeMutableRawBufferPointer(rebasing: bytes[row * length..<(row + 1) * length]) }
      count = length * height
    }
    return result
  }
}
