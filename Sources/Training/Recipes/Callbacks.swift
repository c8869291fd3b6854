/// What watches a training after each epoch: Keras's callbacks of the same names, with Keras's meaning.
public struct Callbacks: Hashable, Sendable {
  public var earlyStopping: EarlyStopping?
  public var reduceOnPlateau: ReduceOnPlateau?

  init(_ section: RecipeSection) throws {
    var section = section
    earlyStopping = try section.section("early_stopping").map(EarlyStopping.init)
    reduceOnPlateau = try section.section("reduce_on_plateau").map(ReduceOnPlateau.init)
    try section.finish()
  }
}

/// A figure of an epoch that a callback watches.
public enum Monitor: String, Sendable, CaseIterable {
  case accuracy, loss
  case validationAccuracy = "val_accuracy"
  case validationLoss = "val_loss"

  var isBetterHigher: Bool { self == .accuracy || self == .validationAccuracy }

  /// Whether `value` beats `best` by more than `delta`.
  func isImprovement(_ value: Double, over best: Double?, by delta: Double) -> Bool {
    guard let best else { return !value.isNaN }
    return isBetterHigher ? value - delta > best : value + delta < best
  }
}

/// Stops where the monitor has not improved by more than `minimumDelta` for `patience` epochs.
public struct EarlyStopping: Hashable, Sendable {
  public var monitor: Monitor
  public var minimumDelta: Double
  public var patience: Int

  public init(monitor: Monitor, minimumDelta: Double, patience: Int) {
    self.monitor = monitor
    self.minimumDelta = minimumDelta
    self.patience = patience
  }

  init(_ section: RecipeSection) throws {
    var section = section
    monitor = try section.choice("monitor", default: .validationAccuracy)
    minimumDelta = try section.number("min_delta", in: 0...1000, default: 0)
    patience = try section.whole("patience", in: 0...100_000)
    try section.finish()
  }

  /// What has been seen so far; part of a checkpoint.
  public struct State: Hashable, Sendable, Codable {
    public var best: Double?
    public var wait = 0

    public init() {}
  }

  /// - Returns: whether to stop after this epoch.
  public func observe(_ value: Double, state: inout State) -> Bool {
    state.wait += 1
    if monitor.isImprovement(value, over: state.best, by: minimumDelta) {
      state.best = value
      state.wait = 0
      return false
    }
    return state.wait >= patience
  }
}

/// Lowers the learning rate where the monitor has not improved for `patience` epochs.
///
/// The seed's `min_lr` 0.001 equals Adam's own rate, so there the rate never falls: kept to the letter.
public struct ReduceOnPlateau: Hashable, Sendable {
  public var monitor: Monitor
  public var factor: Double
  public var patience: Int
  public var minimumDelta: Double
  public var cooldown: Int
  public var minimumRate: Double

  public init(
    monitor: Monitor, factor: Double, patience: Int, minimumDelta: Double = 1e-4, cooldown: Int = 0,
    minimumRate: Double = 0
  ) {
    self.monitor = monitor
    self.factor = factor
    self.patience = patience
    self.minimumDelta = minimumDelta
    self.cooldown = cooldown
    self.minimumRate = minimumRate
  }

  init(_ section: RecipeSection) throws {
    var section = section
    monitor = try section.choice("monitor", default: .validationLoss)
    factor = try section.number("factor", in: 0.0001...0.9999)
    patience = try section.whole("patience", in: 0...100_000)
    minimumDelta = try section.number("min_delta", in: 0...1000, default: 1e-4)
    cooldown = try section.whole("cooldown", in: 0...100_000, default: 0)
    minimumRate = try section.number("min_rate", in: 0...100, default: 0)
    try section.finish()
  }

  /// What has been seen so far; part of a checkpoint.
  public struct State: Hashable, Sendable, Codable {
    public var best: Double?
    public var wait = 0
    public var cooling = 0

    public init() {}
  }

  /// - Returns: the rate for the next epoch.
  public func observe(_ value: Double, rate: Double, state: inout State) -> Double {
    if state.cooling > 0 {
      state.cooling -= 1
      state.wait = 0
    }
    if monitor.isImprovement(value, over: state.best, by: minimumDelta) {
      state.best = value
      state.wait = 0
    } else if state.cooling == 0 {
      state.wait += 1
      // As Keras, in the floats that the rate is kept in: 0.001 is not above 0.001.
      if state.wait >= patience, Float(rate) > Float(minimumRate) {
        state.cooling = cooldown
        state.wait = 0
        return max(rate * factor, minimumRate)
      }
    }
    return rate
  }
}
