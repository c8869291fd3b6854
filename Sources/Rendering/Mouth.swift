import Foundation

/// Lips, teeth and what is behind them.
struct Mouth {
  /// Height of the line between the closed lips.
  let centre: Float
  let cornerY: Float
  let halfWidth: Float

  private let appearance: Appearance
  private let units: ActionUnits
  private let edge: Float
  private let upperGap: Float
  private let lowerGap: Float
  private let upperLip: Float
  private let lowerLip: Float
  private let roundness: Float

  init(_ appearance: Appearance, _ units: ActionUnits, edge: Float) {
    self.appearance = appearance
    self.units = units
    self.edge = edge
    let smile = units.lipCornerPuller
    centre = -1.0 + 0.02 * smile
    cornerY = centre + 0.13 * smile - 0.13 * units.lipCornerDepressor - 0.05 * units.jawDrop
    halfWidth =
      0.37 * appearance.mouthWidth
      * (1 + 0.34 * smile + 0.26 * units.lipStretcher - 0.3 * units.jawDrop - 0.1 * units.lipPressor)
    upperGap =
      units.lipsPart * (0.012 + 0.035 * smile) + 0.05 * units.upperLipRaiser + 0.085 * units.jawDrop
    lowerGap =
      units.lipsPart * (0.025 + 0.115 * smile + 0.05 * units.lipStretcher) + 0.35 * units.jawDrop
    let pressed = 1 - 0.55 * units.lipPressor
    upperLip = 0.085 * appearance.lipFullness * pressed * (1 - 0.3 * smile)
    lowerLip = 0.12 * appearance.lipFullness * pressed * (1 - 0.25 * smile - 0.15 * units.jawDrop)
    roundness = 0.62 - 0.14 * units.jawDrop
  }

  func draw(x: Float, y: Float, into point: inout SurfacePoint) {
    let s = x / halfWidth
    guard abs(s) < 1.3, y < centre + 0.4, y > centre - 0.85 else { return }
    corners(abs(x), y, into: &point)
    guard abs(s) < 1 else { return }

    let inside = 1 - s * s
    let profile = powf(inside, roundness)
    let bow = 1 - 0.28 * hill(s, 0.22) + 0.14 * hill(abs(s) - 0.25, 0.3)
    let sag = -0.018 * (1 - hill(abs(s) - 0.5, 0.6)) * (1 - units.jawDrop)
    let line = centre + (cornerY - centre) * s * s + sag * inside
    let upperInner = line + upperGap * profile
    let lowerInner = line - lowerGap * profile
    let upperOuter = upperInner + upperLip * powf(inside, 0.75) * bow
    let lowerOuter = lowerInner - lowerLip * powf(inside, 0.55)

    let lips =
      smoothstep(upperOuter + edge, upperOuter - edge, y)
      * smoothstep(lowerOuter - edge, lowerOuter + edge, y)
    if lips > 0 {
      let lower = y < lowerInner
      let start = lower ? lowerInner : upperInner
      let across = (y - start) / ((lower ? lowerOuter : upperOuter) - start + (lower ? -0.01 : 0.01))
      let crinkle = 1 + 0.08 * noise(x * 26, y * 5, seed: appearance.seed &+ 9)
      let tone: Float = lower ? 1.08 : 0.82
      let swell: Float = lower ? 0.07 : 0.045
      point.albedo = mix(point.albedo, appearance.lips * (crinkle * tone), 0.9 * lips)
      point.relief += lips * swell * clamp(4 * across * (1 - across))
      point.gloss = mix(point.gloss, lower ? 0.4 : 0.22, lips)
    }
    // Where the lips meet there is a dark line, however shut the mouth is.
    let seam = smoothstep(0.022 + edge, 0.004, abs(y - (upperInner + lowerInner) / 2))
    if upperGap + lowerGap < 0.05 { point.exposure *= 1 - 0.62 * seam * smoothstep(1, 0.8, abs(s)) }
    let opening =
      smoothstep(upperInner + edge, upperInner - edge, y)
      * smoothstep(lowerInner - edge, lowerInner + edge, y)
    let wide = smoothstep(0.015, 0.05, (upperGap + lowerGap) * profile)
    if opening * wide > 0 {
      cavity(s, x, y, upperInner, lowerInner, opening * wide, into: &point)
    }
  }

  /// Dimples of a smile, the droop of a frown.
  private func corners(_ side: Float, _ y: Float, into point: inout SurfacePoint) {
    let corner = hill(side - halfWidth - 0.02, y - cornerY, 0.1, 0.08)
    point.exposure *= 1 - (0.22 + 0.2 * units.lipCornerPuller + 0.2 * units.lipCornerDepressor) * corner
    let droop = hill(side - halfWidth - 0.05, y - cornerY + 0.1, 0.07, 0.14)
    point.exposure *= 1 - 0.3 * units.lipCornerDepressor * droop
    let shadow = hill(side, y - centre + lowerGap + lowerLip + 0.07, 0.36, 0.08)
    point.exposure *= 1 - 0.25 * shadow
  }

  private func cavity(
    _ s: Float, _ x: Float, _ y: Float, _ top: Float, _ bottom: Float, _ coverage: Float,
    into point: inout SurfacePoint
  ) {
    let toothLength: Float = 0.035 + 0.1 * max(units.lipCornerPuller, 0.6 * units.lipStretcher)
    let arch = top - toothLength * (1 - 0.25 * s * s)
    let teeth =
      smoothstep(arch - edge, arch + edge, y) * smoothstep(0.95, 0.75, abs(s)) * (1 - 0.55 * units.jawDrop)
    let gap = 1 - 0.22 * hill(abs((x / 0.082).rounded() - x / 0.082) - 0.5, 0.16)
    let tooth = srgb(232, 224, 210) * gap * (1 - 0.45 * s * s)
    let tongue = hill(x, y - bottom, halfWidth * 0.75, 0.16) * units.jawDrop
    let dark = mix(srgb(46, 16, 16), srgb(150, 70, 68), tongue * 0.8)
    point.albedo = mix(point.albedo, mix(dark, tooth, teeth), coverage)
    let shade = mix(0.5, 0.92 * smoothstep(top + 0.01, top - 0.04, y) + 0.08, teeth)
    point.exposure = mix(point.exposure, shade, coverage)
    point.gloss = mix(point.gloss, 0.25 * teeth, coverage)
    point.relief -= 0.03 * coverage
  }
}
