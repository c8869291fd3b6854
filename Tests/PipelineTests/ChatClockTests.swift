import Engagement
import Testing

@testable import Pipeline

@Suite struct ChatClockTests {
  private func chat(_ starts: Double...) -> [Cue] {
    starts.map { Cue(source: .chat, start: $0, end: $0, speaker: "Ana", text: "words") }
  }

  @Test(arguments: [
    ("2026-03-01 10.02.11 Data structures 123456", 36131.0), ("GMT20260301-100211_Recording_gvo", 36131.0),
    ("Topic-20260301_100211-Meeting Recording.mp4", 36131.0),
  ])
  func namesTellWhenTheRecordingBegan(name: String, second: Double) {
    #expect(ChatClock.secondOfDay(name) == second)
  }

  @Test(arguments: ["video1234.mp4", "2026-03-01 Algebra.mp4", "20260301-998877.mp4", ""])
  func otherNamesTellNothing(name: String) { #expect(ChatClock.secondOfDay(name) == nil) }

  @Test func aChatByTheTimeOfDayComesToTheRecordingsClock() {
    let moved = ChatClock.aligned(
      chat(36120, 36200), names: ["video1.mp4", "2026-03-01 10.02.11 Data structures"])
    #expect(moved.map(\.start) == [-11, 69])
  }

  @Test func aChatThatStartsWithTheSessionStaysAsItIs() {
    let names = ["video1.mp4", "2026-03-01 10.02.11 Data structures"]
    #expect(ChatClock.aligned(chat(41, 79), names: names) == chat(41, 79))
    #expect(ChatClock.aligned(chat(36200), names: ["class.mp4", "recordings"]) == chat(36200))
  }
}
