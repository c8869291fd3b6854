import Foundation

/// Hair behind the head, neck, shoulders and clothes: flat shapes with painted shading.
struct Body {
  let appearance: Appearance
  /// Pixels in half a face's width.
  let scale: Float
  /// Where the point between the eyes is, in pixels.
  let centre: SIMD2<Float>

  private var side: Float { appearance.light.x < 0 ? -1 : 1 }

  /// Long hair or a bun, seen behind the head. `sway` moves its lower end with the head.
  func drawHair(onto canvas: inout Canvas, sway: Float) {
    let style = appearance.hairStyle
    guard style == .long || style == .bun else { return }
    let (appearance, side) = (appearance, side)
    paint(onto: &canvas, from: 2.2, to: -2.9) { x, y in
      let crown = Body.inside(hill: 1 - (x * x / 1.44 + (y - 0.3) * (y - 0.3) / 2.1))
      var coverage = crown * (style == .long ? 1 : 0)
      if style == .bun { coverage = Body.inside(hill: 1 - (x * x + (y - 1.75) * (y - 1.75)) / 0.2) }
      if style == .long, y < 0.4 {
        let bottom = -2.45 + 0.12 * noise(x * 5, seed: appearance.seed &+ 51)
        let half = 1.2 + 0.06 * noise(y * 3, seed: appearance.seed &+ 52) + 0.05 * -y
        let shifted = abs(x - sway * (0.4 - y) * 0.1)
        coverage = max(coverage, smoothstep(half, half - 0.06, shifted) * smoothstep(bottom, bottom + 0.3, y))
      }
      guard coverage > 0 else { return nil }
      let strands = noise(x * 13, y * 0.8, seed: appearance.seed &+ 53)
      let light = (0.34 + 0.2 * side * x) * (1 + 0.35 * strands)
      return (appearance.hair * appearance.lightColour * max(0.1, light), coverage)
    }
  }

  /// Neck and clothes. The head's own shadow falls on the neck.
  func drawTorso(onto canvas: inout Canvas) {
    let (appearance, side) = (appearance, side)
    paint(onto: &canvas, from: -0.9, to: -8) { x, y in
      let fall = max(0, -y - 1.6)
      let neckHalf = 0.68 + 0.1 * appearance.jawWidth + 0.4 * fall * fall
      let shoulder = -1.9 - 0.09 * x * x - 0.008 * powf(abs(x), 4)
      let cloth =
        smoothstep(shoulder - 0.03, shoulder - 0.09, y) * (1 - Body.neckline(x, y, appearance.clothing))
      let neck = smoothstep(neckHalf, neckHalf - 0.05, abs(x))
      guard neck > 0 || cloth > 0 else { return nil }
      let round = x / neckHalf
      let lit = 0.62 + 0.3 * side * round - 0.22 * round * round
      let shade = smoothstep(-1.35, -2.1, y) * 0.5 + 0.5
      let collarBone = 1 - 0.2 * hill(abs(x) - 0.45, y + 2.3, 0.4, 0.07)
      let skin = appearance.skin * appearance.lightColour * max(0.15, lit) * shade * collarBone
      let fabric = Body.fabric(x, y, appearance, side)
      return (mix(skin, fabric, cloth), max(neck, cloth))
    }
  }

  /// How far the skin shows inside the neckline, 0 to 1.
  private static func neckline(_ x: Float, _ y: Float, _ clothing: Appearance.Clothing) -> Float {
    let depth: Float
    switch clothing {
    case .crew: depth = -2.2 + 0.5 * x * x
    case .vNeck: depth = -2.95 + 1.15 * abs(x)
    case .shirt: depth = -2.65 + 0.95 * abs(x)
    case .hoodie: depth = -2.12 + 0.4 * x * x
    }
    return smoothstep(depth - 0.02, depth + 0.02, y) * smoothstep(0.85, 0.8, abs(x))
  }

  private static func fabric(_ x: Float, _ y: Float, _ appearance: Appearance, _ side: Float) -> Colour {
    let folds = noise(x * 1.8 + y, y * 1.2, seed: appearance.seed &+ 61) * 0.16
    let weave = noise(x * 18, y * 18, seed: appearance.seed &+ 62) * 0.04
    var light = 0.66 + 0.14 * side * x - 0.06 * x * x + folds + weave
    var colour = appearance.clothes
    switch appearance.clothing {
    case .shirt:
      let placket = smoothstep(0.03, 0.01, abs(x)) * (y < -2.7 ? 1 : 0)
      let collar = hill(abs(abs(x) - 0.52 + (y + 2.2) * 0.4), 0.1) * smoothstep(-2.75, -2.6, y)
      light *= 1 - 0.4 * placket + 0.25 * collar
    case .hoodie:
      light *= 1 + 0.2 * hill(y + 2.25 - 0.4 * x * x, 0.16)
      let cord = smoothstep(0.045, 0.02, abs(abs(x) - 0.3)) * smoothstep(-3.2, -3.1, y)
      colour = mix(colour, srgb(220, 220, 215), cord * 0.8)
    case .crew: light *= 1 - 0.25 * hill(y + 2.3 - 0.5 * x * x, 0.035)
    case .vNeck: break
    }
    return colour * appearance.lightColour * max(0.12, light)
  }

  private static func inside(hill value: Float) -> Float { smoothstep(0, 0.06, value) }

  /// Calls `colour` with positions in the face's frame, for rows between two heights.
  private func paint(
    onto canvas: inout Canvas, from top: Float, to bottom: Float,
    _ colour: (_ x: Float, _ y: Float) -> (colour: Colour, coverage: Float)?
  ) {
    let first = max(0, Int(centre.y - top * scale))
    let last = min(canvas.height, Int(centre.y - bottom * scale) + 1)
    guard first < last else { return }
    canvas.paint(rows: first..<last) { x, y in
      colour((x - centre.x) / scale, (centre.y - y) / scale)
    }
  }
}
