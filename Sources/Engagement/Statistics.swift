/// The middle value; the mean of the two middle ones for an even count; `nil` for none.
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// Median absolute deviation × 1.4826: the standard deviation of a normal distribution, unmoved by outliers.
func robustDeviation(_ values: [Double]) -> Double? {
  guard let centre = median(values) else { return nil }
  return median(values.map { abs($0 - centre) }).map { 1.4826 * $0 }
}

func mean(_ values: some Collection<Double>) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}

/// Linear from one at `full` to zero at `none`; both ends clamped.
func fade(_ value: Double, full: Double, none: Double) -> Double {
  guard full != none else { return (full < none) == (value <= full) ? 1 : 0 }
  return min(1, max(0, (none - value) / (none - full)))
}

/// Steele, Lea and Flood's SplitMix64 (2014): small, quick, and the same on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in `0 ..< bound` to within 2⁻³², by multiplication.
  mutating func index(below bound: Int) -> Int {
    Int(((next() >> 32) * UInt64(max(1, bound))) >> 32)
  }
}
