import Foundation

/// Random numbers that are a pure function of where they are used, so that the same sample is changed in the
/// same way however threads run and wherever a run is resumed.
///
/// SplitMix64 (Steele, Lea, Flood 2014) started from a hash of seed, stream, epoch and sample.
struct CounterGenerator: RandomNumberGenerator {
  /// Uses that must not share numbers.
  enum Stream: UInt64 {
    case initialization, shuffle, augmentation, mixing
  }

  private var state: UInt64

  init(seed: UInt64, stream: Stream, epoch: Int = 0, index: Int = 0) {
    state = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    for part in [stream.rawValue, UInt64(bitPattern: Int64(epoch)), UInt64(bitPattern: Int64(index))] {
      state = Self.mixed((state ^ part) &+ 0x9E37_79B9_7F4A_7C15)
    }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// Uniform in [0, 1).
  mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Uniform in [low, high).
  mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * uniform() }

  /// Normal with mean 0 and deviation 1 (Box and Muller).
  mutating func normal() -> Float {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// Whole and uniform in 0..<bound; `bound` at least 1.
  mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
