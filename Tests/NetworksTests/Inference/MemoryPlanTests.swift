import Testing

@testable import Networks

@Suite struct MemoryPlanTests {
  @Test func valuesThatLiveAtOnceNeverOverlap() {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<50 {
      let lifetimes = (0..<30).map { _ in
        let first = Int.random(in: 0..<40, using: &generator)
        return MemoryPlan.Lifetime(
          byteCount: .random(in: 0...1000, using: &generator), first: first,
          last: first + .random(in: 0..<10, using: &generator))
      }
      let plan = MemoryPlan(lifetimes)
      for (index, value) in lifetimes.enumerated() {
        #expect(plan.offsets[index] % MemoryPlan.alignment == 0)
        #expect(plan.offsets[index] + value.byteCount <= plan.byteCount)
        for (other, second) in lifetimes.enumerated() where other != index {
          let together = value.first <= second.last && second.first <= value.last
          let apart =
            plan.offsets[index] + value.byteCount <= plan.offsets[other]
            || plan.offsets[other] + second.byteCount <= plan.offsets[index]
          #expect(!together || apart)
        }
      }
    }
  }

  @Test func aChainNeedsRoomForTwoValues() {
    let lifetimes = (0..<10).map { MemoryPlan.Lifetime(byteCount: 640, first: $0, last: $0 + 1) }
    #expect(MemoryPlan(lifetimes).byteCount == 1280)
  }
}
