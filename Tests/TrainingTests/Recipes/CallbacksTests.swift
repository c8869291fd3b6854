import Testing

@testable import Training

@Suite struct CallbacksTests {
  @Test func `early stopping waits for patience epochs without min_delta of gain`() {
    let stopping = EarlyStopping(monitor: .validationAccuracy, minimumDelta: 0.01, patience: 2)
    var state = EarlyStopping.State()
    // 0.505 and 0.509 gain less than 0.01 on 0.50; 0.52 does; then two epochs do not.
    let stops = [0.50, 0.505, 0.52, 0.52, 0.529].map { stopping.observe($0, state: &state) }
    #expect(stops == [false, false, false, false, true])
    #expect(state.best == 0.52)
  }

  @Test func `a plateau lowers the rate after patience epochs, down to the floor`() {
    let plateau = ReduceOnPlateau(
      monitor: .validationLoss, factor: 0.1, patience: 2, minimumDelta: 0.1, minimumRate: 0.05)
    var state = ReduceOnPlateau.State()
    var rate = 1.0
    var rates: [Double] = []
    // 1.95 is no gain of 0.1 on 2.0, nor is 1.92: the rate falls; 1.5 is; then two more.
    for loss in [2.0, 1.95, 1.92, 1.5, 1.5, 1.5, 1.5, 1.5] {
      rate = plateau.observe(loss, rate: rate, state: &state)
      rates.append(rate)
    }
    #expect(rates == [1, 1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05])
  }

  @Test func `cooldown keeps a plateau from counting`() {
    let plateau = ReduceOnPlateau(
      monitor: .validationLoss, factor: 0.5, patience: 1, minimumDelta: 0, cooldown: 2)
    var state = ReduceOnPlateau.State()
    var rate = 1.0
    let rates = [1.0, 1, 1, 1, 1].map { loss in
      rate = plateau.observe(loss, rate: rate, state: &state)
      return rate
    }
    // Falls at the second epoch; the third cools; the fourth ends cooling and counts 1; the fifth counts anew.
    #expect(rates == [1, 0.5, 0.5, 0.25, 0.25])
  }

  @Test func `the seed's floor equals Adam's rate, so its rate never falls`() {
    let plateau = ReduceOnPlateau(
      monitor: .validationLoss, factor: 0.1, patience: 3, minimumDelta: 1e-4, minimumRate: 0.001)
    var state = ReduceOnPlateau.State()
    // As the optimizer keeps it: a float, which is a little more than 0.001.
    let rate = Double(Float(0.001))
    #expect((0..<20).allSatisfy { _ in plateau.observe(1, rate: rate, state: &state) == rate })
  }

  @Test func `a figure that is not a number never counts as better`() {
    #expect(!Monitor.validationLoss.isImprovement(.nan, over: nil, by: 0))
    #expect(!Monitor.validationAccuracy.isImprovement(.nan, over: 0.1, by: 0))
  }
}
