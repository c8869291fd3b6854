import Foundation

/// One point of a face: how far it stands out of the skull, and what it looks like.
struct SurfacePoint {
  /// Added to the depth of the bare skull, towards the camera, in half face widths.
  var relief: Float = 0
  var albedo: Colour
  /// Share of light that reaches the point at all: folds, nostrils and the corners of the eyes are dark.
  var exposure: Float = 1
  /// Strength of the highlight, 0 matt to 1 wet.
  var gloss: Float = 0.18
}

/// The front of a head as relief and colour over the plane of the face, made from an appearance and
/// action units.
///
/// The frame: the origin lies between the eyes, x to the right of the picture, y up, and one unit is half
/// a face's width (about 70 mm), so that adult proportions are numbers: pupils at x = ±0.45, the base of
/// the nose at y = -0.68, the mouth at -1, the chin at -1.64, the crown at 1.62.
struct FaceSurface {
  let appearance: Appearance
  let units: ActionUnits
  /// Width of a soft edge: about one pixel of the picture.
  let edge: Float
  /// Where the pupils point, in half face widths from the middle of the eye.
  let gaze: SIMD2<Float>

  let mouth: Mouth
  let eyes: Eyes
  let brows: Brows
  /// How far the chin has moved down.
  let jawDrop: Float

  init(appearance: Appearance, units: ActionUnits, gaze: SIMD2<Float>, edge: Float) {
    self.appearance = appearance
    self.units = units
    self.gaze = gaze
    self.edge = edge
    jawDrop = 0.3 * units.jawDrop
    mouth = Mouth(appearance, units, edge: edge)
    eyes = Eyes(appearance, units, gaze: gaze, edge: edge)
    brows = Brows(appearance, units, edge: edge)
  }

  /// The point at `x`, `y`; `restY` is where it would be with the jaw shut.
  func point(x: Float, y: Float, restY: Float) -> SurfacePoint {
    let side = abs(x)
    var point = skin(x: x, y: y, restY: restY)
    relief(side: side, y: y, into: &point)
    nose(side: side, y: y, into: &point)
    lines(x: x, side: side, y: y, into: &point)
    eyes.draw(x: x, y: y, into: &point)
    brows.draw(x: x, y: y, into: &point)
    beard(x: x, side: side, y: restY, into: &point)
    mouth.draw(x: x, y: y, into: &point)
    if appearance.glasses { glasses(side: side, y: y, into: &point) }
    return point
  }

  private func skin(x: Float, y: Float, restY: Float) -> SurfacePoint {
    let seed = appearance.seed
    let blotch = noise(x * 2.5, restY * 2.5, seed: seed)
    let pores = noise(x * 16, restY * 16, seed: seed &+ 1)
    let flush = hill(abs(x) - 0.55, y + 0.42, 0.5, 0.45) + 0.7 * hill(x, y + 0.52, 0.3, 0.3)
    let tone = Colour(1 + 0.05 * flush, 1 - 0.1 * flush, 1 - 0.09 * flush)
    let albedo = appearance.skin * tone * (1 + 0.05 * blotch + 0.035 * pores)
    let oily = hill(x, y - 0.6, 0.7, 0.4) + hill(x, y + 0.45, 0.2, 0.4)
    return SurfacePoint(albedo: albedo, gloss: 0.14 + 0.18 * oily)
  }

  /// Brow ridge, sockets, cheeks, the mound of the mouth, chin.
  private func relief(side: Float, y: Float, into point: inout SurfacePoint) {
    let smile = max(units.lipCornerPuller, units.cheekRaiser * 0.7)
    let socket = hill(side - 0.42, y - 0.02, 0.36, 0.26)
    let innerCorner = hill(side - 0.2, y - 0.04, 0.16, 0.2)
    let bag = hill(side - 0.42, y + 0.19, 0.24, 0.1)
    let mound = hill(side, y - mouth.centre, 0.6, 0.5)
    let chin = y + 1.44 * appearance.chinLength + jawDrop
    point.relief += 0.07 * hill(side - 0.4, y - 0.3, 0.5, 0.26)
    point.relief -= 0.15 * socket + 0.08 * innerCorner
    point.relief += 0.1 * hill(side - appearance.eyeDistance, y, 0.3, 0.22)
    point.relief += (0.05 + 0.09 * smile) * hill(side - 0.56, y + 0.42 - 0.08 * smile, 0.42, 0.36)
    point.relief -= (0.05 + 0.03 * appearance.age) * hill(side - 0.62, y + 0.95, 0.3, 0.4)
    point.relief += 0.09 * mound + 0.1 * hill(side, chin, 0.36, 0.26)
    point.relief -= 0.07 * hill(side, chin - 0.24, 0.4, 0.14)
    point.relief -= 0.05 * hill(side - 0.95, y - 0.35, 0.3, 0.4)
    point.exposure *= 1 - 0.3 * socket - 0.28 * innerCorner - (0.1 + 0.15 * appearance.age) * bag
    point.exposure *= 1 - 0.3 * hill(side, chin - 0.23, 0.36, 0.1)
    point.exposure *= 1 - 0.12 * smoothstep(0.7, 1.0, side)
  }

  private func nose(side: Float, y: Float, into point: inout SurfacePoint) {
    guard side < 0.5, y > -0.95, y < 0.4 else { return }
    let length = 0.62 * appearance.noseLength - 0.05 * units.noseWrinkler
    let width = appearance.noseWidth * (1 + 0.12 * units.lipCornerPuller + 0.1 * units.noseWrinkler)
    let down = clamp(-(y - 0.08) / length, 0, 1.25)
    let ridge = hill(side, 0.19 * width + 0.05 * down)
    let height = down < 1 ? 0.1 + 0.34 * down * down * (1.4 - 0.4 * down) : 0.44 - 2.6 * (down - 1)
    point.relief += ridge * max(0, height) * smoothstep(0.3, 0, y)
    let tip = y + length - 0.03
    point.relief += 0.1 * hill(side, tip, 0.17 * width, 0.15)
    point.relief += 0.13 * hill(side - 0.2 * width, tip + 0.04, 0.13 * width, 0.13)
    let nostril = hill(side - 0.105 * width, tip + 0.115, 0.085 * width, 0.05)
    point.exposure *= 1 - 0.85 * min(1, nostril * 1.6)
    point.exposure *= 1 - 0.42 * hill(side, tip + 0.17, 0.26 * width, 0.1)
    point.exposure *= 1 - 0.3 * hill(side - 0.33 * width, tip + 0.04, 0.07, 0.16)
    point.exposure *= 1 - 0.12 * hill(side - 0.2 * width, y + 0.25, 0.1, 0.35)
    point.gloss += 0.25 * hill(side, tip - 0.02, 0.1, 0.1)
  }

  /// Folds that age draws and expressions deepen.
  private func lines(x: Float, side: Float, y: Float, into point: inout SurfacePoint) {
    let fold =
      0.12 + 0.4 * appearance.age + 0.75 * units.lipCornerPuller
      + 0.7 * max(units.upperLipRaiser, units.noseWrinkler)
    let top: Float = -0.56
    let t = (top - y) / (top - mouth.cornerY + 0.04)
    if t > -0.1, t < 1.15 {
      let along = smoothstep(-0.1, 0.2, t) * smoothstep(1.15, 0.85, t)
      let centre = mix(0.24 * appearance.noseWidth, mouth.halfWidth + 0.13, powf(max(0, t), 0.9))
      let crease = hill(side - centre, 0.075) * along * min(1, fold)
      point.relief -= 0.035 * crease
      point.exposure *= 1 - 0.34 * crease
    }
    let raised = max(units.innerBrowRaiser * 0.7, units.outerBrowRaiser)
    let forehead = raised * 0.8 + appearance.age * 0.25
    if forehead > 0.05, y > 0.5, y < 0.95, side < 0.7 {
      let wave = y + 0.04 * side * side + 0.01 * noise(x * 4, seed: appearance.seed)
      for height in [Float(0.58), 0.7, 0.82] {
        point.exposure *= 1 - 0.24 * forehead * hill(wave - height, 0.035) * smoothstep(0.7, 0.4, side)
      }
    }
    let knit = units.browLowerer
    if knit > 0.05 || units.noseWrinkler > 0.05 {
      let frown = hill(side - 0.085, y - 0.3, 0.045, 0.2)
      let bunched = hill(side - 0.1, y - 0.12, 0.2, 0.12) * units.noseWrinkler
      point.exposure *= 1 - 0.45 * knit * frown - 0.3 * bunched * (0.5 + 0.5 * noise(y * 30, seed: 5))
      point.relief -= 0.03 * knit * frown
    }
  }

  private func beard(x: Float, side: Float, y: Float, into point: inout SurfacePoint) {
    guard appearance.beard > 0, y < 0.2 else { return }
    let cheekLine = -0.82 + 0.62 * smoothstep(0.35, 0.95, side)
    let cheeks =
      smoothstep(cheekLine + 0.06, cheekLine - 0.12, y) * smoothstep(0.15, 0.5, side + (y < -1.1 ? 1 : 0))
    let moustache = hill(side, y + 0.82, 0.46, 0.13)
    let grain = 0.75 + 0.25 * noise(x * 24, y * 24, seed: appearance.seed &+ 3)
    let growth = max(cheeks, moustache) * grain
    let full = max(0, appearance.beard - 0.5) * 2
    let coverage = clamp(growth * (0.3 * min(1, appearance.beard * 2) + 0.58 * full))
    point.albedo = mix(point.albedo, appearance.hair, coverage)
    point.relief += 0.04 * full * growth
    point.gloss *= 1 - 0.7 * coverage
  }

  private func glasses(side: Float, y: Float, into point: inout SurfacePoint) {
    let centre = appearance.eyeDistance + 0.01
    let (u, v) = ((side - centre) / 0.33, (y + 0.03) / 0.25)
    let (u2, v2) = (u * u, v * v)
    let radius = (u2 * u2 + v2 * v2).squareRoot().squareRoot()
    let half = 0.02 + edge * 0.35
    let rim = smoothstep(half + edge, half, abs(radius - 1) * 0.28)
    let bridge = smoothstep(half + edge, half, abs(y - 0.05 + side * side)) * smoothstep(0.16, 0.13, side)
    let temple = smoothstep(half + edge, half, abs(y - 0.05)) * smoothstep(0.76, 0.8, side)
    let coverage = clamp(rim + bridge + temple) * 0.92
    point.albedo = mix(point.albedo, srgb(34, 30, 30), coverage)
    point.gloss = mix(point.gloss, 0.4, coverage)
    point.exposure = mix(point.exposure, 1, coverage)
    let shadow = smoothstep(0.12, 0, abs(radius - 1.08) * 0.28)
    point.exposure *= 1 - 0.12 * shadow
  }
}
