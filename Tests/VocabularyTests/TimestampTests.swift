import Testing
import Vocabulary

@Suite("A timestamp is exact")
struct TimestampTests {
  @Test("The earliest time can be taken away")
  func takingAwayTheEarliest() {
    #expect(Timestamp(0) - Timestamp(.min) == Timestamp(.max))
    #expect(Timestamp(.min) - Timestamp(.min) == .zero)
  }

  @Test("A grid over 29.97 fps does not drift")
  func noDrift() {
    let frame = Timestamp(1001, over: 30000)
    #expect(frame * 30000 == Timestamp(1001))
    #expect((frame * 215_784).intervals(of: Timestamp(1)) == 7199)
  }

  @Test("Times with different bases compare by value")
  func comparison() {
    #expect(Timestamp(1, over: 3) < Timestamp(1, over: 2))
    #expect(Timestamp(90000, over: 90000) == Timestamp(1))
    #expect(Timestamp(-1, over: 25) < .zero)
  }

  @Test("Intervals round down on both sides of zero")
  func intervals() {
    #expect(Timestamp(-1, over: 25).intervals(of: Timestamp(1)) == -1)
    #expect(Timestamp(59, over: 60).intervals(of: Timestamp(1)) == 0)
    #expect(Timestamp(5, over: 2).intervals(of: Timestamp(1, over: 2)) == 5)
  }

  @Test(
    "Milliseconds round to nearest and the timecode shows whole seconds",
    arguments: [
      (Timestamp(1001, over: 30000), 33, "00:00:00"), (Timestamp(3_725), 3_725_000, "01:02:05"),
      (Timestamp(-3, over: 2), -1500, "-00:00:01"),
    ])
  func display(time: Timestamp, milliseconds: Int64, timecode: String) {
    #expect(time.milliseconds == milliseconds)
    #expect(time.timecode == timecode)
  }

  @Test("A time base that lies does not crash")
  func zeroDenominator() {
    #expect(Timestamp(5, over: 0) == Timestamp(5))
    #expect(Timestamp(.min, over: .min).seconds.isFinite)
  }
}
