import Engagement
import Testing
import Vocabulary

/// A class of equal people whose attention is what the test says: 0 turned away, 1 facing the camera.
private func made(
  seconds: Int64 = 600, people: Int = 6, facing: (_ person: Int, _ second: Int64) -> Double,
  probabilities: (_ person: Int, _ second: Int64) -> [Float] = { _, _ in [0, 0, 0, 0.2, 0, 0, 0.8] }
) -> [SampleObservation] {
  (0..<seconds).map { second in
    let boxes = (0..<people).map { Box(x: Double($0) * 100, y: 0, width: 90, height: 90) }
    return SampleObservation(
      index: second, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: people * 100,
      frameHeight: 100, view: .gallery, tiles: boxes.map { TileObservation(box: $0, cameraOn: true) },
      faces: boxes.enumerated().map { person, box in
        FaceObservation(
          box: Box(x: box.x + 20, y: 20, width: 40, height: 40), score: 0.9,
          // Halfway between the two angles of `AttentionThresholds`, a degree is a thirtieth.
          pose: HeadPose(yaw: 20 + 30 * (1 - facing(person, second)), pitch: 0, roll: 0),
          expression: ExpressionProbabilities(probabilities(person, second)))
      })
  }
}

/// A little unrest, so that the spread is not zero.
private func calm(_ person: Int, _ second: Int64) -> Double {
  0.8 + 0.02 * Double((second / 10 + Int64(person)) % 5 - 2)
}

@Suite struct EventTests {
  private func events(_ samples: [SampleObservation], _ change: (inout SummarySettings) -> Void = { _ in })
    -> [ClassEvent]
  {
    var settings = SummarySettings()
    change(&settings)
    return summarise(samples: samples, settings: settings).events
  }

  @Test func aCalmClassHasNoEvent() {
    #expect(events(made(facing: calm)).isEmpty)
  }

  @Test func aDipIsFoundWhereItIsWithThoseWhoTookPart() throws {
    let found = events(
      made { person, second in
        (200..<260).contains(second) && person < 4 ? 0.2 : calm(person, second)
      })
    #expect(found.count == 1)
    let dip = try #require(found.first)
    #expect(dip.kind == .dip && dip.start == 200 && dip.end == 260)
    #expect(dip.carriedBy == [1, 2, 3, 4] && dip.visible == 6)
    #expect(dip.driver == .attention)
    // Four of six fall by 0.6 in attention, which weighs 0.6.
    #expect(abs(dip.size + 0.6 * 0.6 * 4 / 6) < 0.02)
  }

  @Test(arguments: [(20, 0), (30, 1), (40, 1)]) func aDipLastsAtLeastHalfAMinute(length: Int64, count: Int) {
    let found = events(
      made { person, second in
        (200..<200 + length).contains(second) ? 0.2 : calm(person, second)
      })
    #expect(found.count == count)
  }

  @Test func aDipDoesNotReachAcrossWhatCouldNotBeRead() {
    let samples = made { person, second in
      (200..<210).contains(second) || (400..<410).contains(second) ? 0.2 : calm(person, second)
    }
    #expect(events(samples.filter { !(210..<400).contains($0.index) }).isEmpty)
  }

  /// One sample in 20 seconds stands for two windows, of which only one is there.
  @Test func anEventIsNoShorterBecauseSamplesAreFurtherApart() {
    let samples = made { person, second in (200..<220).contains(second) ? 0.2 : calm(person, second) }
    let sparse = samples.filter { $0.index % 20 == 0 }.enumerated().map { index, sample in
      var sample = sample
      sample.index = Int64(index)
      return sample
    }
    #expect(events(sparse).isEmpty)
  }

  @Test(arguments: [20, 60]) func anEventIsFoundHoweverFarApartSamplesAre(step: Int64) {
    let samples = made(seconds: 60 * step) { person, second in
      (20 * step..<25 * step).contains(second) ? 0.2 : calm(person, second)
    }
    let sparse = samples.filter { $0.index % step == 0 }.enumerated().map { index, sample in
      var sample = sample
      sample.index = Int64(index)
      return sample
    }
    #expect(events(sparse).map(\.kind) == [.dip] && events(sparse).first?.start == Double(20 * step))
  }

  /// Windows from 280: 280, 290 and 300, of whose ten seconds only some were recorded.
  @Test(arguments: [(301, 0), (310, 1)]) func anEventLastsAsLongAsWasRecorded(seconds: Int64, count: Int) {
    let found = events(
      made(seconds: seconds) { person, second in second >= 280 ? 0.2 : calm(person, second) })
    #expect(found.count == count && found.allSatisfy { $0.end <= Double(seconds) })
  }

  @Test func aWindowThatIsBetterForAMomentDoesNotSplitADip() {
    let found = events(
      made { person, second in
        (200..<260).contains(second) && !(220..<230).contains(second) ? 0.2 : calm(person, second)
      })
    #expect(found.map(\.start) == [200] && found.map(\.end) == [260])
  }

  @Test func aChangeBelowTheSmallestEffectIsNotTold() {
    let small = made { person, second in (200..<260).contains(second) ? 0.72 : calm(person, second) }
    #expect(events(small).isEmpty)
    #expect(events(small) { $0.events.minimumEffect = 0.03 }.map(\.kind) == [.dip])
  }

  /// The spread is robust: half an hour of unrest hides a dip that stands out from a calm class.
  @Test func aDipStandsOutFromTheClassesOwnSpread() {
    func restless(_ person: Int, _ second: Int64) -> Double { second / 40 % 2 == 0 ? 0.9 : 0.5 }
    let found = events(
      made { person, second in
        (200..<260).contains(second) ? 0.4 : restless(person, second)
      })
    #expect(found.isEmpty)
  }

  @Test func severalPeopleWhoLookTroubledAtOnceAreConfusionLike() throws {
    let found = events(
      made(facing: calm) { person, second in
        (300..<360).contains(second) && person < 3
          ? [0, 0, 0.1, 0.1, 0.6, 0, 0.2] : [0, 0, 0, 0.2, 0.05, 0, 0.75]
      })
    let stretch = try #require(found.first { $0.kind == .confusion })
    #expect(stretch.start == 300 && stretch.end == 360 && stretch.carriedBy == [1, 2, 3])
    #expect(stretch.size == 0.5)
  }

  @Test func wordsOfAnEventAreThoseSaidInItAndChatMayLag() throws {
    let samples = made { person, second in (200..<260).contains(second) ? 0.2 : calm(person, second) }
    func cue(_ source: Cue.Source, _ start: Double, _ text: String) -> Cue {
      Cue(source: source, start: start, end: start + 5, speaker: "", text: text)
    }
    let companions = Companions(
      transcript: [
        cue(.transcript, 100, "before"), cue(.transcript, 193, "just before"),
        cue(.transcript, 202, "in it"), cue(.transcript, 300, "after"),
      ],
      chat: [cue(.chat, 150, "early"), cue(.chat, 270, "late answer"), cue(.chat, 290, "too late")])
    let event = try #require(summarise(samples: samples, companions: companions).events.first)
    #expect(event.quotes.map(\.text) == ["in it", "late answer"])
  }
}

@Suite struct BandTests {
  private func bands(people: Int, spread: Double) -> [Double] {
    let samples = made(seconds: 100, people: people) { person, _ in
      0.5 + spread * (Double(person) / Double(people - 1) - 0.5)
    } probabilities: { _, _ in
      [0, 0, 0, 0.2, 0, 0, 0.8]
    }
    return summarise(samples: samples).windows.compactMap { $0.band.map { $0.high - $0.low } }
  }

  @Test func equalPeopleHaveNoBand() {
    let widths = bands(people: 8, spread: 0)
    #expect(widths.count == 10 && widths.allSatisfy { $0 < 1e-9 })
  }

  /// Of n people from an even spread s the mean has the standard deviation s · √((n + 1) / (12 n (n − 1))) · √((n − 1) / n);
  /// the middle 95 % are 3.92 of it wide.
  @Test func theBandIsAsWideAsTheStandardErrorSays() throws {
    let (people, spread) = (12, 0.8)
    let n = Double(people)
    let variance = spread * spread * (n + 1) / (12 * (n - 1))
    let expected = 3.92 * 0.6 * (variance / n).squareRoot()
    let measured = bands(people: people, spread: spread)
    let mean = measured.reduce(0, +) / Double(measured.count)
    #expect(abs(mean / expected - 1) < 0.15)
  }

  @Test func theCurveLiesInItsBand() throws {
    let samples = made(seconds: 200) { person, second in calm(person, second) - Double(person) * 0.1 }
    let windows = summarise(samples: samples).windows
    #expect(windows.count == 20)
    for window in windows {
      let (band, value) = (try #require(window.band), try #require(window.indices?.engagement))
      #expect(band.low <= value && value <= band.high)
    }
  }
}

@Suite struct BaselineTests {
  /// Stern all the time, with a smile between: read against the person's own median, only the smile counts.
  private static let stern: @Sendable (Int, Int64) -> [Float] = { person, second in
    let smile: Float = (200..<260).contains(second) ? 0.5 : 0
    return person == 0
      ? [0.5 - smile / 2, 0, 0, 0.05 + smile, 0, 0, 0.45 - smile / 2] : [0, 0, 0, 0.1, 0, 0, 0.9]
  }

  @Test func aSternFaceIsNotReadAsAnAngryOne() throws {
    var settings = SummarySettings()
    let own = summarise(samples: made(facing: calm, probabilities: Self.stern), settings: settings)
    settings.baseline = .none
    let raw = summarise(samples: made(facing: calm, probabilities: Self.stern), settings: settings)
    #expect(try #require(own.participants[0].valence) == 0)
    #expect(try #require(raw.participants[0].valence) < -0.4)
    #expect(own.coverage.baselines == 6 && raw.coverage.baselines == 0)
    // The smile alone: happy rises by 0.5 over the usual 0.05, one of six people smiles, and neutral takes the rest.
    for window in own.windows[20..<26] {
      #expect(abs(try #require(window.indices?.valence) - 0.5 / 6) < 1e-6)
      #expect(abs(try #require(window.indices?.expressivity) - 0.5 / 6) < 1e-6)
    }
  }

  @Test func aBaselineNeedsEnoughFaces() {
    let few = summarise(samples: made(seconds: 40, facing: calm, probabilities: Self.stern))
    #expect(few.coverage.baselines == 0)
  }
}
