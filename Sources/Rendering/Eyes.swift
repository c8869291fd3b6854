import Foundation

/// Both eyes: lids, lashes, the ball with its iris.
struct Eyes {
  private let appearance: Appearance
  private let gaze: SIMD2<Float>
  private let edge: Float
  private let halfWidth: Float
  private let upperOpening: Float
  private let lowerOpening: Float
  private let lashes: Float
  private let squint: Float

  init(_ appearance: Appearance, _ units: ActionUnits, gaze: SIMD2<Float>, edge: Float) {
    self.appearance = appearance
    self.gaze = gaze
    self.edge = edge
    squint = max(units.cheekRaiser, units.lidTightener)
    let size = appearance.eyeSize
    halfWidth = 0.215 * size
    let raised = 1 + 0.85 * units.upperLidRaiser - 0.28 * squint - 0.12 * appearance.age
    let opening = 0.078 * size * raised
    upperOpening = mix(opening, -0.045, units.blink)
    lowerOpening = 0.055 * size * (1 - 0.5 * squint + 0.12 * units.upperLidRaiser)
    lashes = appearance.beard > 0 ? 0.018 : 0.026
  }

  func draw(x: Float, y: Float, into point: inout SurfacePoint) {
    let side = abs(x)
    let u = (side - appearance.eyeDistance) / halfWidth
    let v = y - 0.018 * u
    guard abs(u) < 1.25, abs(v) < 0.34 else { return }
    let inside = max(0, 1 - u * u)
    let upper = upperOpening * powf(inside, 0.72)
    let lower = -lowerOpening * powf(inside, 0.85)

    let crease = hill(v - upper - 0.055 - 0.02 * inside, 0.035) * smoothstep(1.2, 0.8, abs(u))
    point.exposure *= 1 - 0.34 * crease
    let pouch = hill(v - lower + 0.05, 0.045) * smoothstep(1.1, 0.6, abs(u))
    point.exposure *= 1 - (0.12 + 0.22 * squint) * pouch
    let crowsFeet = hill(u - 1.15, v + 0.01, 0.35, 0.16) * squint
    point.exposure *= 1 - 0.2 * crowsFeet * (0.5 + 0.5 * noise(v * 28, seed: appearance.seed))

    let ball =
      smoothstep(upper + edge * 0.7, upper - edge * 0.7, v)
      * smoothstep(lower - edge * 0.7, lower + edge * 0.7, v) * smoothstep(1, 0.94, abs(u))
    if ball > 0, upper > lower { drawBall(x, side, y, upper, ball, into: &point) }

    let outer = 0.6 + 0.4 * smoothstep(-1, 0.6, u)
    let line =
      smoothstep(lashes * outer + edge, lashes * outer * 0.4, abs(v - upper))
      * smoothstep(1.08, 0.98, abs(u))
    point.albedo = mix(point.albedo, srgb(30, 20, 18), 0.85 * line)
    let lowerLine = smoothstep(0.012 + edge, 0.004, abs(v - lower)) * smoothstep(1.02, 0.9, abs(u))
    point.albedo = mix(point.albedo, point.albedo * 0.45, 0.55 * lowerLine)
    point.gloss *= 1 - 0.8 * max(line, lowerLine)
  }

  private func drawBall(
    _ x: Float, _ side: Float, _ y: Float, _ upper: Float, _ coverage: Float,
    into point: inout SurfacePoint
  ) {
    let centre = (x < 0 ? -appearance.eyeDistance : appearance.eyeDistance) + gaze.x
    let (dx, dy) = (x - centre, y - 0.012 - gaze.y)
    let distance = (dx * dx + dy * dy).squareRoot()
    let radius: Float = 0.092
    var colour = srgb(226, 218, 212) * (1 - 0.35 * abs(side - appearance.eyeDistance) / halfWidth)
    let iris = smoothstep(radius + edge * 0.6, radius - edge * 0.6, distance)
    let ring = smoothstep(radius * 0.6, radius, distance)
    colour = mix(colour, appearance.iris * (1.25 - 0.85 * ring), iris)
    colour = mix(colour, srgb(8, 7, 7), smoothstep(0.042 + edge * 0.5, 0.042 - edge * 0.5, distance))
    let glint = hill(
      dx + 0.03 * (appearance.light.x < 0 ? 1 : -1), dy - 0.035, 0.03 + edge * 0.5, 0.03 + edge * 0.5)
    let shadow = 0.5 + 0.5 * smoothstep(upper, upper - 0.08, y)
    point.albedo = mix(point.albedo, colour, coverage)
    point.exposure = mix(point.exposure, shadow, coverage)
    point.albedo += Colour(repeating: 0.8) * glint * coverage
    point.gloss = mix(point.gloss, 0.1, coverage)
  }
}

/// Both brows.
struct Brows {
  private let appearance: Appearance
  private let units: ActionUnits
  private let edge: Float

  init(_ appearance: Appearance, _ units: ActionUnits, edge: Float) {
    self.appearance = appearance
    self.units = units
    self.edge = edge
  }

  func draw(x: Float, y: Float, into point: inout SurfacePoint) {
    let side = abs(x)
    let inner = 0.19 - 0.06 * units.browLowerer
    let t = (side - inner) / (0.76 - inner)
    guard t > -0.15, t < 1.1, y > 0.05, y < 0.75 else { return }
    let arch = 0.265 + appearance.browHeight + 0.115 * t * (1.75 - 1.4 * t)
    let innerRaise = 0.18 * units.innerBrowRaiser - 0.13 * units.browLowerer
    let outerRaise =
      0.15 * units.outerBrowRaiser - 0.05 * units.browLowerer - 0.03 * units.innerBrowRaiser
      * (1 - units.outerBrowRaiser)
    let centre = arch + mix(innerRaise, outerRaise, clamp(t * 1.25)) - 0.03 * units.noseWrinkler
    let half = 0.052 * appearance.browThickness * (1.05 - 0.7 * t * t)
    let body = smoothstep(half + edge, half * 0.35, abs(y - centre))
    let ends = smoothstep(-0.1, 0.08, t) * smoothstep(1.06, 0.86, t)
    let strands = 0.82 + 0.18 * noise(side * 22 - y * 16, y * 7, seed: appearance.seed &+ 21)
    let coverage = clamp(body * ends * strands) * 0.9
    point.albedo = mix(point.albedo, mix(appearance.hair, srgb(44, 32, 26), 0.45), coverage)
    point.gloss *= 1 - 0.8 * coverage
    point.relief += 0.012 * coverage
  }
}
