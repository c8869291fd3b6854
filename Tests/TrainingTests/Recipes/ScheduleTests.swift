import Testing

@testable import Training

@Suite struct ScheduleTests {
  @Test func `warm-up rises in a line, then half a cosine falls to the last rate`() {
    let schedule = Schedule(shape: .cosine, warmup: 2, final: 0.1)
    #expect(schedule.factor(at: 0, of: 12) == 0.04)
    #expect(abs(schedule.factor(at: 1, of: 12) - 0.52) < 1e-12)
    #expect(schedule.factor(at: 2, of: 12) == 1)
    #expect(abs(schedule.factor(at: 7, of: 12) - 0.55) < 1e-12)
    #expect(abs(schedule.factor(at: 12, of: 12) - 0.1) < 1e-12)
  }

  @Test func `linear falls evenly and constant does not fall`() {
    #expect(Schedule(shape: .linear).factor(at: 3, of: 4) == 0.25)
    #expect(Schedule(shape: .constant).factor(at: 3, of: 4) == 1)
  }
}
