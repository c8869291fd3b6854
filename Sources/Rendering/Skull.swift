import Foundation

/// The bare head: half width and depth for every height, and where hair grows on it.
///
/// A point of the head is given by its height `y` and the angle `phi` around the vertical axis, 0 in front.
struct Skull {
  static let crown: Float = 1.62
  let chin: Float
  private let appearance: Appearance

  init(_ appearance: Appearance) {
    self.appearance = appearance
    chin = -1.64 * appearance.chinLength
  }

  func halfWidth(_ y: Float) -> Float {
    if y >= 0 {
      let t = y / Skull.crown
      return 0.985 * max(0, 1 - powf(t, 2.5)).squareRoot()
    }
    let t = y / chin
    let width = 1 - (0.13 - 0.06 * appearance.jawWidth) * t
    return 0.985 * width * powf(max(0, 1 - powf(t, 3.3 + appearance.jawWidth)), 0.5)
  }

  func depth(_ y: Float) -> Float {
    if y >= 0 { return 1.14 * powf(max(0, 1 - powf(y / Skull.crown, 3)), 0.5) }
    let t = y / chin
    return (1.14 - 0.02 * t) * powf(max(0, 1 - powf(t, 9)), 0.5)
  }

  /// How much hair covers the point, 0 to 1, and how far it stands out.
  func hair(_ y: Float, _ phi: Float) -> (coverage: Float, thickness: Float) {
    let around = abs(phi)
    let front: Float
    let thickness: Float
    switch appearance.hairStyle {
    case .bald: return (0, 0)
    case .receding: (front, thickness) = (1.3 - 0.1 * smoothstep(0.3, 0, around), 0.09)
    case .short: (front, thickness) = (0.96, 0.2)
    case .bun: (front, thickness) = (1.0, 0.1)
    case .fringe: (front, thickness) = (0.55 + 0.1 * phi, 0.22)
    case .long: (front, thickness) = (1.0 - 0.3 * smoothstep(0.05, 0.7, around), 0.17)
    }
    let ragged = 0.03 * noise(phi * 5, seed: appearance.seed &+ 31)
    let line = mix(front, -0.12, smoothstep(0.45, 1.5, around)) + ragged
    var coverage = smoothstep(line - 0.05, line + 0.07, y)
    if appearance.hairStyle == .long {
      let edge = 0.98 + 0.07 * noise(y * 2, phi < 0 ? 0 : 7, seed: appearance.seed &+ 32)
      coverage = max(coverage, smoothstep(edge - 0.05, edge + 0.05, around))
    }
    return (coverage, thickness * smoothstep(line - 0.02, line + 0.3, y))
  }
}
