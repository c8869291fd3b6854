/// A number with its derivatives with respect to four others: forward-mode differentiation, so that a loss is
/// written once and its gradient cannot disagree with it.
struct Dual: Hashable, Sendable {
  var value: Float
  var slope: SIMD4<Float>

  init(_ value: Float, slope: SIMD4<Float> = .zero) {
    self.value = value
    self.slope = slope
  }

  /// The variable at `position` of four.
  init(_ value: Float, variable position: Int) {
    self.init(value)
    slope[position] = 1
  }

  static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, slope: a.slope + b.slope) }
  static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, slope: a.slope - b.slope) }
  static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, slope: a.slope * b.value + b.slope * a.value)
  }
  static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, slope: (a.slope - b.slope * quotient) / b.value)
  }
  static func min(_ a: Dual, _ b: Dual) -> Dual { a.value <= b.value ? a : b }
  static func max(_ a: Dual, _ b: Dual) -> Dual { a.value >= b.value ? a : b }
  var squared: Dual { self * self }
}
