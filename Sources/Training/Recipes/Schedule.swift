import Foundation

/// The learning rate over a training, as a share of the recipe's highest rate.
public struct Schedule: Hashable, Sendable {
  public enum Shape: String, Sendable, CaseIterable {
    /// The same throughout.
    case constant
    /// Half a cosine from the highest rate to the last one (Loshchilov and Hutter, 2017).
    case cosine
    /// As `cosine`, but straight: one-cycle (Smith and Topin, 2018) with a linear descent.
    case linear
  }

  public var shape: Shape
  /// Epochs of linear rise from a twenty-fifth of the highest rate.
  public var warmup: Double
  /// The last rate as a share of the highest.
  public var final: Double

  public init(shape: Shape, warmup: Double = 0, final: Double = 0) {
    self.shape = shape
    self.warmup = warmup
    self.final = final
  }

  init(_ section: RecipeSection) throws {
    var section = section
    shape = try section.choice("shape", default: .constant)
    warmup = try section.number("warmup", in: 0...100_000, default: 0)
    final = try section.number("final", in: 0...1, default: 0)
    try section.finish()
  }

  /// - Parameters:
  ///   - progress: epochs done, in fractions.
  ///   - epochs: how many there are in all.
  public func factor(at progress: Double, of epochs: Int) -> Double {
    if progress < warmup {
      return 0.04 + 0.96 * progress / warmup
    }
    let span = max(Double(epochs) - warmup, .leastNonzeroMagnitude)
    let share = min(1, (progress - warmup) / span)
    return switch shape {
    case .constant: 1
    case .cosine: final + (1 - final) * (1 + cos(.pi * share)) / 2
    case .linear: 1 - (1 - final) * share
    }
  }
}
