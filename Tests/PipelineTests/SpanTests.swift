import Testing
import Vocabulary

@testable import Pipeline

@Suite struct SpanTests {
  @Test(arguments: [
    ("1s", Timestamp(1)), ("500ms", Timestamp(1, over: 2)), ("2m", Timestamp(120)), ("1.5h", Timestamp(5400)),
    ("180d", Timestamp(180 * 86400)), ("26w", Timestamp(182 * 86400)), ("0.04", Timestamp(1, over: 25)),
    ("00:05:00", Timestamp(300)), ("50:00.25", Timestamp(12001, over: 4)), (".5s", Timestamp(1, over: 2)),
  ])
  func readsTimesExactly(text: String, time: Timestamp) {
    #expect(Span(text)?.time == time)
  }

  @Test(arguments: [
    "", "s", "-1s", "1x", "1:2:3:4", "1e9", "0.1234567890", "99999999999999999999s", "1s s", "٣s",
  ])
  func refusesWhatIsNoTime(text: String) {
    #expect(Span(text) == nil)
  }

  @Test(arguments: [("1.9s", 1), ("1w", 604_800), ("999999999999999w", .max)] as [(String, Int64)])
  func countsWholeSeconds(text: String, seconds: Int64) {
    #expect(Span(text)?.wholeSeconds == seconds)
  }

  @Test(arguments: ["1s", "500ms", "40ms", "5400s"])
  func writesWhatItReads(text: String) {
    #expect(Span(text)?.settingText == text)
  }
}
