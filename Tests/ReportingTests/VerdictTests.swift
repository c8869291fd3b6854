import Testing
import Vocabulary

@testable import Engagement
@testable import Reporting

@Suite struct VerdictTests {
  private static func summary(_ values: [Double], people: Int = 12, events: [ClassEvent] = []) -> Summary {
    var summary = summarise(samples: [])
    summary.windows = values.enumerated().map { window, value in
      var one = ClassValue(time: Timestamp(Int64(window) * 10), faces: Double(people), counted: true)
      var indices = ClassIndices(people: Double(people))
      (indices.attention, indices.engagement) = (value, value)
      one.indices = indices
      return one
    }
    summary.coverage.participants = people
    summary.coverage.participantsSeen = people
    summary.coverage.seconds = Double(values.count) * 10
    (summary.coverage.cameraOn, summary.coverage.faceFound) = (0.9, 0.95)
    (summary.coverage.enoughPeople, summary.coverage.uncertain) = (1, 0.1)
    summary.events = events
    return summary
  }

  private static let steady = [Double](repeating: 0.66, count: 30)
  private static let rising: [Double] = (0..<30).map { 0.5 + 0.01 * Double($0) }
  private static let restless: [Double] = (0..<30).map { $0 % 2 == 0 ? 0.5 : 0.7 }

  @Test(arguments: [
    (steady, "Steady at 66"), (rising, "Rose from 55 to 75"),
    ([Double](rising.reversed()), "Fell from 75 to 55"), (restless, "Up and down, 50 to 70"),
  ])
  func theShapeOfTheClassIsSaidInWords(values: [Double], answer: String) {
    #expect(Verdict(Self.summary(values)).went.answer == answer)
  }

  @Test func theDeepestDipIsNamedWithWhatWasSaidAndWritten() {
    func dip(_ start: Double, _ size: Double, _ quotes: [Cue] = []) -> ClassEvent {
      ClassEvent(
        kind: .dip, start: start, end: start + 60, size: size, carriedBy: [1, 2], visible: 9, driver: nil,
        quotes: quotes)
    }
    let quotes = [
      Cue(source: .transcript, start: 300, end: 305, speaker: "", text: "amortised cost"),
      Cue(source: .chat, start: 310, end: 310, speaker: "", text: "lost"),
    ]
    let verdict = Verdict(
      Self.summary(Array(repeating: 0.6, count: 60), events: [dip(100, -0.1), dip(300, -0.3, quotes)]))
    #expect(verdict.lost.answer == "5:00–6:00" && verdict.lost.time == 300)
    #expect(verdict.lost.detail.contains("30 points below the lecture's median, 2 of 9 people"))
    #expect(verdict.lost.detail.contains("“amortised cost” was said and “lost” was written"))
    #expect(verdict.lost.detail.contains("1 more stretch below"))
    #expect(verdict.lead.contains("was lost twice, most of all at 5:00 for 1 min"))
    var confusion = dip(320, 0.4)
    confusion.kind = .confusion
    let atOnce = Verdict(
      Self.summary(Array(repeating: 0.6, count: 60), events: [dip(300, -0.3), confusion]))
    #expect(atOnce.lead.contains("was lost once, at 5:00") && !atOnce.lost.detail.contains("below."))
  }

  @Test(arguments: [
    (12, 0.95, 0.1, "Largely"), (5, 0.95, 0.1, "With care"), (2, 0.95, 0.1, "Hardly"),
    (12, 0.7, 0.1, "With care"), (12, 0.4, 0.1, "Hardly"), (12, 0.95, 0.5, "With care"),
    (12, 0.95, 0.7, "Hardly"),
  ])
  func trustFollowsPeopleFacesAndUncertainty(people: Int, found: Double, uncertain: Double, grade: String) {
    var summary = Self.summary(Array(repeating: 0.6, count: 30), people: people)
    (summary.coverage.faceFound, summary.coverage.uncertain) = (found, uncertain)
    #expect(Verdict(summary).trust.answer == grade)
  }

  @Test func aLevelWithoutUsualFacesIsNotCompared() {
    var summary = Self.summary(Array(repeating: 0.6, count: 30), people: 10)
    for index in summary.windows.indices { summary.windows[index].shares = [0, 0, 0, 0.5, 0, 0, 0.4] }
    summary.coverage.baselines = 8
    #expect(Verdict(summary).trust.answer == "Largely")
    #expect(Verdict(summary).went.detail.contains("Compare it with your other lectures"))
    #expect(Verdict(summary).trust.detail.contains("often misread"))
    summary.coverage.baselines = 7
    #expect(Verdict(summary).trust.answer == "With care")
    #expect(Verdict(summary).trust.detail.contains("usual face of only 7 of 10 people is known"))
    #expect(!Verdict(summary).went.detail.contains("Compare"))
  }

  @Test func withoutADipTheLowestMomentIsNamedWithItsWords() {
    var summary = Self.summary(Array(repeating: 0.6, count: 12) + [0.55] + Array(repeating: 0.6, count: 12))
    summary.cues = [Cue(source: .transcript, start: 121, end: 127, speaker: "", text: "amortised cost")]
    let lost = Verdict(summary).lost
    #expect(lost.answer == "No dip; lowest at 2:00" && lost.time == 120)
    #expect(lost.detail.contains("at least 30 seconds") && lost.detail.contains("“amortised cost” was said"))
    #expect(!lost.detail.contains("chat"))
    summary.cues += [20, 61, 66].map {
      Cue(source: .chat, start: $0, end: $0, speaker: "", text: "lost at \($0)")
    }
    #expect(Verdict(summary).lost.detail.hasSuffix(" The chat was busiest at 1:01: “lost at 61.0”."))
    let short = Verdict(Self.summary([0.6, 0.5, 0.6]))
    #expect(short.lost.answer == "Too short to tell" && !short.lead.contains("dip"))
    #expect(short.trust.answer == "With care")
  }

  @Test func theLeadCountsThoseWhoShowedAFace() {
    var summary = Self.summary(Array(repeating: 0.6, count: 30), people: 9)
    summary.coverage.participantsSeen = 8
    #expect(Verdict(summary).lead.contains("of 8 of 9 participants held steady, without a dip"))
  }

  @Test func theCoverageBarSumsToOneAndShowsTheUncertainShare() {
    let bar = CoverageBar(Self.summary([0.5]).coverage)
    #expect(abs(bar.parts.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    let uncertain = bar.parts.first { $0.name == Texts.uncertain }?.share ?? 0
    #expect(abs(uncertain - 0.9 * 0.95 * 0.1) < 1e-9)
  }
}
