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

  private static func dip(_ start: Double, _ size: Double = -0.2, quotes: [Cue] = []) -> ClassEvent {
    ClassEvent(
      kind: .dip, start: start, end: start + 60, size: size, carriedBy: [1, 2], visible: 9,
      driver: .attention, quotes: quotes)
  }

  private static func chat(_ times: [Double], writers: [String]) -> [Cue] {
    zip(times, writers).map {
      Cue(source: .chat, start: $0, end: $0, speaker: $1, text: "lost at \(Int($0))")
    }
  }

  @Test(arguments: [
    (steady, "Steady at 66"), (rising, "Rose from 55 to 75"),
    ([Double](rising.reversed()), "Fell from 75 to 55"), (restless, "Up and down, 50 to 70"),
  ])
  func theShapeOfTheClassIsSaidInWords(values: [Double], answer: String) {
    #expect(Verdict(Self.summary(values)).went.answer == answer)
  }

  @Test func aSingleDropMakesNoRestlessClass() {
    var values = [Double](repeating: 0.77, count: 16)
    values.replaceSubrange(4..<10, with: [0.6, 0.55, 0.51, 0.52, 0.55, 0.6])
    let verdict = Verdict(Self.summary(values, events: [Self.dip(40)]))
    #expect(verdict.went.answer == "Around 77, one drop to 51")
    #expect(verdict.lead.contains("held around 77 of 100 and dropped once, 0:40–1:40"))
  }

  /// Half an hour well above the rest is a peak, and half an hour at the end well below it a dip: neither passes.
  @Test func aClassThatDoesNotComeBackHasFallen() {
    let high = [Double](repeating: 0.75, count: 12)
    let low = [Double](repeating: 0.55, count: 24)
    var peak = ClassEvent(
      kind: .peak, start: 0, end: 120, size: 0.2, carriedBy: [1], visible: 9, driver: nil, quotes: [])
    #expect(Verdict(Self.summary(high + low, events: [peak])).went.answer == "Fell from 75 to 55")
    peak.kind = .dip
    #expect(
      Verdict(Self.summary(low.prefix(12) + high + high, events: [peak])).went.answer == "Rose from 55 to 75")
    (peak.start, peak.end) = (240, 350)
    var summary = Self.summary(high + high + low.prefix(12), events: [peak])
    summary.windows[35].indices = nil
    #expect(Verdict(summary).went.answer == "Fell from 75 to 55")
  }

  @Test func theDeepestDipIsNamedWithItsReasonAndWhatWasSaidAndWritten() {
    let quotes = [
      Cue(source: .transcript, start: 300, end: 305, speaker: "", text: "amortised cost"),
      Cue(source: .chat, start: 310, end: 310, speaker: "", text: "lost"),
    ]
    let flat = [Double](repeating: 0.6, count: 60)
    let verdict = Verdict(
      Self.summary(flat, events: [Self.dip(100, -0.1), Self.dip(300, -0.3, quotes: quotes)]))
    #expect(verdict.dropped.answer == "5:00–6:00" && verdict.dropped.time == 300)
    for text in [
      "30 points below the lecture's median, mostly because fewer faces were turned to the camera.",
      "2 of 9 visible people took part.", "“amortised cost” was said and “lost” was written in the chat",
      "1 more stretch below",
    ] { #expect(verdict.dropped.detail.contains(text)) }
    #expect(
      verdict.lead.contains(
        "dropped twice, deepest 5:00–6:00, mostly because fewer faces were turned to the camera."))
    var confusion = Self.dip(320, 0.4)
    confusion.kind = .confusion
    let atOnce = Verdict(Self.summary(flat, events: [Self.dip(300, -0.3), confusion]))
    #expect(atOnce.lead.contains("dropped once, 5:00–6:00") && !atOnce.dropped.detail.contains("below."))
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

  @Test(arguments: [(9, "Largely"), (60, "With care"), (120, "With care")])
  func trustFallsWithWhatCouldNotBeRead(missing: Int, grade: String) {
    var summary = Self.summary(Array(repeating: 0.6, count: 40), people: 12)
    (summary.coverage.interval, summary.coverage.missingSamples) = (1, missing)
    let trust = Verdict(summary).trust
    #expect(trust.answer == grade && trust.detail.contains("\(missing) samples ("))
  }

  @Test func aFewMinutesOfClassInAnHourOfScreenAreToldAsWhatTheyAre() {
    var summary = Self.summary(Array(repeating: 0.6, count: 30))
    (summary.coverage.seconds, summary.coverage.excludedSeconds) = (3600, 3300)
    #expect(Verdict(summary).trust.answer == "With care")
    summary.coverage.excludedSeconds = 3570
    #expect(summary.isShort && Verdict(summary).lead.hasPrefix("30 seconds are too short to tell"))
  }

  @Test(arguments: [
    ([1.0, 2, 3, 4], 0.5, 2.5), ([4, 1, 3, 2], 0.25, 1.75), ([1, 2, 3], 0.5, 2), ([7], 0.75, 7),
    ([0.5, 0.5, 0.9, 0.9], 0.5, 0.7),
  ])
  func quantilesLieBetweenTheNearestTwo(values: [Double], share: Double, expected: Double) {
    #expect(abs((quantile(values, share) ?? 0) - expected) < 1e-12)
  }

  @Test(arguments: [(0.1, "Hardly"), (0.5, "With care"), (0.9, "Largely")])
  func camerasThatAreOffTakeTrustAway(on: Double, grade: String) {
    var summary = Self.summary(Array(repeating: 0.6, count: 30), people: 60)
    (summary.coverage.participantsSeen, summary.coverage.cameraOn) = (6, on)
    let trust = Verdict(summary).trust
    #expect(trust.answer == grade && trust.detail.contains("Cameras were off") == (grade != "Largely"))
  }

  @Test func howOftenExpressionsAreReadWronglyIsSaidApartFromTheFacesSeen() {
    var summary = Self.summary(Array(repeating: 0.6, count: 30))
    for index in summary.windows.indices { summary.windows[index].shares = [0, 0, 0, 0.5, 0, 0, 0.4] }
    summary.coverage.baselines = 12
    let run = RunDescription(
      recording: "a",
      models: [
        .init(name: "detector: own", card: "faces that score below 0.500 are dropped."),
        .init(name: "expressions: fer", card: "accuracy: FER2013 0.6940", accuracy: 0.694),
      ])
    let trust = Verdict(summary, accuracy: run.accuracy).trust
    #expect(trust.answer == "Largely")
    #expect(trust.detail.contains("Expressions: about 3 in 10 single readings are wrong"))
    #expect(Verdict(summary).trust.detail.contains("single readings are often wrong"))
  }

  @Test func levelsThatStandOnUsualFacesAreNotCompared() {
    var summary = Self.summary(Array(repeating: 0.6, count: 30), people: 10)
    for index in summary.windows.indices { summary.windows[index].shares = [0, 0, 0, 0.5, 0, 0, 0.4] }
    summary.coverage.baselines = 8
    #expect(Verdict(summary).trust.answer == "Largely")
    #expect(Verdict(summary).went.detail.contains("compare the shape and attention, not the level"))
    summary.coverage.baselines = 7
    #expect(Verdict(summary).trust.answer == "With care")
    #expect(Verdict(summary).trust.detail.contains("The usual face is known of 7 of 10 people only"))
    #expect(!Verdict(summary).went.detail.contains("ompare"))
    summary.coverage.baselines = 0
    #expect(Verdict(summary).trust.detail.contains("Nobody's usual face is known"))
    summary.settings.baseline = .none
    #expect(Verdict(summary).went.detail.contains("Compare it with your other lectures."))
  }

  @Test func theCardSaysWhatItsFigureMeansWhereItLooksLikeAPercentage() {
    var summary = Self.summary(Self.steady)
    #expect(Verdict(summary).went.detail.contains("an expressionless face turned to the camera scores 68."))
    #expect(!Verdict(summary).went.detail.contains("negative"))
    for index in summary.windows.indices { summary.windows[index].indices?.valence = -0.16 }
    #expect(Verdict(summary).went.detail.contains("mostly negative (median valence −16"))
    summary.settings.weights.attention = 0.85
    summary.settings.weights.expressivity = 0
    #expect(Verdict(summary).went.detail.contains("scores 93."))
  }

  @Test func aLowestMomentIsNamedOnlyWhereItIsNoNoise() {
    var summary = Self.summary(Array(repeating: 0.6, count: 12) + [0.55] + Array(repeating: 0.6, count: 12))
    summary.cues = [Cue(source: .transcript, start: 121, end: 127, speaker: "", text: "amortised cost")]
    summary.windows[12].band = Band(low: 0.5, high: 0.59)
    let lowest = Verdict(summary).dropped
    #expect(lowest.answer == "No dip; lowest at 2:00" && lowest.time == 120)
    #expect(
      lowest.detail.contains("at least 30 seconds") && lowest.detail.contains("“amortised cost” was said"))
    summary.windows[12].band = Band(low: 0.5, high: 0.61)
    let noise = Verdict(summary).dropped
    #expect(noise.answer == "No dip" && noise.time == nil && !noise.detail.contains("2:00"))
  }

  @Test func whereNothingDroppedTheMomentCountsWhenSeveralPeopleWrote() {
    var summary = Self.summary(Self.steady)
    summary.cues = Self.chat([10, 79, 81, 84, 85], writers: ["C", "D", "E", "F", "D"])
    let dropped = Verdict(summary).dropped
    #expect(dropped.answer == "No dip; 3 people wrote in the chat at 1:19" && dropped.time == 79)
    #expect(dropped.detail.contains("“lost at 79”"))
    summary.cues = Self.chat([79, 81, 84], writers: ["D", "E", "D"])
    #expect(Verdict(summary).dropped.answer == "No dip")
    summary.cues = Self.chat([301, 302, 303], writers: ["D", "E", "F"])
    #expect(Verdict(summary).dropped.answer == "No dip", "written after the recording ended")
  }

  @Test func aShortRecordingHasOneAnswer() {
    let short = Verdict(Self.summary([0.6, 0.5, 0.6]))
    #expect(short.went.answer == "Too short to tell" && short.dropped.answer == "–")
    #expect(short.dropped.time == nil && short.lead.hasPrefix("30 seconds are too short to tell"))
    for text in [short.lead, short.went.detail, short.dropped.detail] {
      #expect(!text.contains("steady") && !text.contains("dip"))
    }
    #expect(short.trust.answer == "With care")
  }

  @Test func theLeadCountsThoseWhoShowedAFace() {
    var summary = Self.summary(Array(repeating: 0.6, count: 30), people: 9)
    summary.coverage.participantsSeen = 8
    #expect(
      Verdict(summary).lead.contains(
        "of 8 of 9 participants (1 showed no face) held steady around 60 of 100, without a dip"))
  }

  @Test func theCoverageBarSumsToOneAndItsFiguresToAHundred() {
    var coverage = Self.summary([0.5]).coverage
    let bar = CoverageBar(coverage)
    #expect(abs(bar.parts.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    #expect(bar.html().contains("10 % of the faces are too unclear"))
    coverage.cameraOn = nil
    #expect(CoverageBar(coverage).html().isEmpty, "nothing known is not nobody there")
    (coverage.cameraOn, coverage.faceFound) = (2.0 / 3, 0.5)
    #expect(wholePercents(CoverageBar(coverage).parts.map(\.share)).reduce(0, +) == 100)
  }
}

extension Verdict.Card {
  fileprivate var detail: String { paragraphs.joined(separator: " ") }
}
