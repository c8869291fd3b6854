/// The room behind a person: drawn once, out of focus.
struct Backdrop {
  let appearance: Appearance

  func canvas(width: Int, height: Int) -> Canvas {
    var canvas = Canvas(width: width, height: height, colour: appearance.wall)
    let size = Float(height)
    let (appearance, middle) = (appearance, Float(width) / 2)
    let mirror: Float = appearance.seed & 1 == 0 ? 1 : -1
    let shift = noise(0.3, seed: appearance.seed &+ 70) * 0.25
    canvas.paint { px, py in
      let (x, y) = ((px - middle) / size, py / size - 0.5)
      let place = (x + shift) * mirror
      let light = 0.62 - 0.28 * (x * -appearance.light.x + y * 0.5)
      let stain = 1 + 0.05 * noise(x * 3, y * 3, seed: appearance.seed &+ 71)
      let colour = Backdrop.colour(place, y, appearance) * appearance.lightColour
      return (colour * clamp(light, 0.2, 1) * stain, 1)
    }
    return canvas.softened(passes: max(2, height / 70))
  }

  /// The colour at a place of the room; one unit is the tile's height, the middle is the origin, y goes down.
  private static func colour(_ x: Float, _ y: Float, _ appearance: Appearance) -> Colour {
    let wall = appearance.wall
    switch appearance.room {
    case .wall: return y > 0.32 ? wall * 0.8 : wall
    case .shelf: return shelf(x, y, appearance)
    case .window: return window(x, y, wall)
    case .kitchen:
      if y < -0.08 {
        let seam = smoothstep(0.012, 0.004, abs(x / 0.32 - (x / 0.32).rounded()) * 0.32)
        return mix(srgb(190, 150, 104), srgb(110, 82, 52), seam)
      }
      let grout = max(tile(x, 0.09), tile(y, 0.06))
      return mix(srgb(208, 206, 198), srgb(150, 148, 142), grout)
    case .curtain: return wall * (0.75 + 0.3 * noise(x * 9, seed: appearance.seed &+ 72))
    case .poster:
      let (dx, dy) = (abs(x - 0.52), abs(y + 0.14))
      guard dx < 0.2, dy < 0.26 else { return wall }
      if dx > 0.185 || dy > 0.245 { return srgb(40, 36, 34) }
      return srgb(180, 96, 60) * (1 + 0.6 * noise(x * 6, y * 8, seed: appearance.seed &+ 73))
    }
  }

  private static func tile(_ position: Float, _ size: Float) -> Float {
    smoothstep(0.006, 0.002, abs(position / size - (position / size).rounded()) * size)
  }

  private static func shelf(_ x: Float, _ y: Float, _ appearance: Appearance) -> Colour {
    let row = ((y + 0.5) / 0.27).rounded(.down)
    let within = (y + 0.5) / 0.27 - row
    if within > 0.9 { return srgb(96, 70, 48) }
    let book = (x / 0.045 + row * 3.3).rounded(.down)
    let height = 0.35 + 0.2 * noise(book * 7.3, row * 5.1, seed: appearance.seed &+ 74)
    guard within > height * 0.7 else { return srgb(52, 42, 36) }
    let hue = noise(book * 3.7, row * 9.7, seed: appearance.seed &+ 75)
    let spine = mix(srgb(140, 60, 50), srgb(70, 96, 130), 0.5 + 0.5 * hue)
    return spine * (0.75 + 0.4 * noise(book * 11.3, row, seed: appearance.seed &+ 76))
  }

  private static func window(_ x: Float, _ y: Float, _ wall: Colour) -> Colour {
    let (dx, dy) = (abs(x + 0.55), abs(y + 0.1))
    guard dx < 0.26, dy < 0.34 else { return wall }
    if dx > 0.235 || dy > 0.315 || dx < 0.012 || dy < 0.012 { return srgb(222, 220, 214) }
    return mix(srgb(190, 212, 232), srgb(136, 160, 120), smoothstep(-0.05, 0.2, y)) * 1.2
  }
}
