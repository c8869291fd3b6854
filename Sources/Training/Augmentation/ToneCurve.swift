import Foundation

/// `255 × (value / 255)^exponent`, read from a table.
struct ToneCurve {
  private let table: [Float]

  init(exponent: Float) {
    table = exponent == 1 ? [] : (0...255).map { 255 * pow(Float($0) / 255, exponent) }
  }

  /// - Parameter value: 0 to 255.
  subscript(value: Float) -> Float {
    if table.isEmpty { return value }
    let below = Int(value)
    let above = min(255, below + 1)
    return table[below] + (table[above] - table[below]) * (value - Float(below))
  }
}
