/// SplitMix64 (Steele, Lea, Flood 2014): the same seed draws the same numbers on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mixed(state)
  }

  mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * Float(next() >> 40) / Float(1 << 24)
  }

  mutating func chance(_ probability: Float) -> Bool { uniform(0...1) < probability }

  mutating func pick<Element>(_ choices: [Element], otherwise: Element) -> Element {
    choices.isEmpty ? otherwise : choices[Int(next() % UInt64(choices.count))]
  }
}

private func mixed(_ state: UInt64) -> UInt64 {
  var z = state
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// Smooth value noise in -1...1, one cell a unit of x.
func noise(_ x: Float, seed: UInt64) -> Float { noise(x, 0.5, seed: seed) }

/// Smooth value noise in -1...1, one cell a unit of x and y.
func noise(_ x: Float, _ y: Float, seed: UInt64) -> Float {
  let (left, top) = (x.rounded(.down), y.rounded(.down))
  let (column, row) = (Int64(left), Int64(top))
  let (u, v) = (eased(x - left), eased(y - top))
  let upper = mix(lattice(column, row, seed), lattice(column + 1, row, seed), u)
  let lower = mix(lattice(column, row + 1, seed), lattice(column + 1, row + 1, seed), u)
  return mix(upper, lower, v)
}

private func lattice(_ x: Int64, _ y: Int64, _ seed: UInt64) -> Float {
  var h = UInt32(truncatingIfNeeded: x) &* 0x85EB_CA6B
  h ^= UInt32(truncatingIfNeeded: y) &* 0xC2B2_AE35
  h ^= UInt32(truncatingIfNeeded: seed) &* 0x27D4_EB2F
  h = (h ^ (h >> 15)) &* 0x2C1B_3C6D
  h = (h ^ (h >> 12)) &* 0x297A_2D39
  return Float(h >> 8) / Float(1 << 23) - 1
}

@inline(__always) func mix(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }

@inline(__always) func mix(_ a: Colour, _ b: Colour, _ t: Float) -> Colour { a + (b - a) * t }

@inline(__always) func clamp(_ x: Float, _ low: Float = 0, _ high: Float = 1) -> Float {
  min(max(x, low), high)
}

@inline(__always) func eased(_ t: Float) -> Float { t * t * (3 - 2 * t) }

/// 0 below `low`, 1 above `high`, smooth between; `low` may be the larger one.
@inline(__always) func smoothstep(_ low: Float, _ high: Float, _ x: Float) -> Float {
  eased(clamp((x - low) / (high - low)))
}

/// A smooth hill of height one and finite radius: about a Gaussian with a sigma of `radius / 2.6`.
@inline(__always) func hill(_ dx: Float, _ dy: Float, _ radiusX: Float, _ radiusY: Float) -> Float {
  let (u, v) = (dx / radiusX, dy / radiusY)
  let d = 1 - (u * u + v * v)
  return d > 0 ? d * d * d : 0
}

@inline(__always) func hill(_ d: Float, _ radius: Float) -> Float { hill(d, 0, radius, 1) }
