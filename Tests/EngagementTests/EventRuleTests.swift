import Engagement
import Testing
import Vocabulary

@Suite struct PeakTests {
  @Test func aPeakIsFoundWhereItIsWithThoseWhoTookPart() throws {
    let samples = (Int64(0)..<600).map { second in
      SampleObservation.row(
        second,
        (Int64(0)..<6).map { person in
          let calm = 0.8 + 0.02 * Double((second / 10 + person) % 5 - 2)
          let facing = (200..<260).contains(second) ? 1 : calm
          return Shown.face(yaw: 20 + 30 * (1 - facing), probabilities: [0, 0, 0, 0.2, 0, 0, 0.8])
        })
    }
    let found = summarise(samples: samples).events
    #expect(found.count == 1)
    let peak = try #require(found.first)
    #expect(peak.kind == .peak && peak.start == 200 && peak.end == 260)
    #expect(peak.carriedBy == [1, 2, 3, 4, 5, 6] && peak.visible == 6 && peak.driver == .attention)
    // The unrest cancels in the median: attention, which weighs 0.6, rises from 0.8 to 1.
    #expect(isClose(peak.size, 0.6 * 0.2))
  }
}

@Suite struct QuoteTests {
  /// When what is quoted with a dip from 200 to 260 was said or written.
  private func quoted(said: [ClosedRange<Double>], written: [Double] = []) throws -> [Double] {
    let samples = (Int64(0)..<300).map { second in
      let tile = Shown.face(yaw: (200..<260).contains(second) ? 44 : 26)
      return SampleObservation.row(second, [tile, tile, tile])
    }
    let companions = Companions(
      transcript: said.map {
        Cue(source: .transcript, start: $0.lowerBound, end: $0.upperBound, speaker: "", text: "said")
      },
      chat: written.map { Cue(source: .chat, start: $0, end: $0, speaker: "", text: "written") })
    let dip = try #require(summarise(samples: samples, companions: companions).events.first)
    #expect(dip.kind == .dip && dip.start == 200 && dip.end == 260)
    return dip.quotes.map(\.start)
  }

  @Test func whereItBeginsInSilenceWhatWasSaidJustBeforeCounts() throws {
    #expect(try quoted(said: [185...190, 193...198, 206...211]) == [193, 206])
  }

  @Test func whereSomebodySpeaksAsItBeginsNothingBeforeCounts() throws {
    #expect(try quoted(said: [193...198, 202...205, 206...211]) == [202, 206])
  }

  @Test func fourSentencesAndFourChatLinesAreEnough() throws {
    let sentences = [202.0, 212, 222, 232, 242].map { $0...($0 + 2) }
    #expect(try quoted(said: sentences) == [202, 212, 222, 232])
    let written = [205.0, 215, 225, 235, 245]
    #expect(try quoted(said: [], written: written) == [205, 215, 225, 235])
    #expect(
      try quoted(said: sentences, written: written) == [202, 205, 212, 215, 222, 225, 232, 235])
  }
}

@Suite struct ConfusionTests {
  /// A calm face whose four negative expressions rise by so much in all.
  private func face(rise: Float) -> Shown {
    .face(probabilities: [rise / 6, rise / 6, rise / 6, 0.2, 0.05 + rise / 2, 0, 0.75 - rise])
  }

  /// In a class of whom the first few look troubled from 100 to 160, and some of these all the time.
  private func confusion(
    of people: Int, troubled: Int, always: Int = 0, rise: Float = 0.7, baseline: Baseline = .own
  ) -> [ClassEvent] {
    let samples = (Int64(0)..<400).map { second in
      let affected = (100..<160).contains(second) ? troubled : always
      return SampleObservation.row(
        second, (0..<people).map { face(rise: $0 < affected ? rise : 0) })
    }
    var settings = SummarySettings()
    settings.baseline = baseline
    return summarise(samples: samples, settings: settings).events.filter { $0.kind == .confusion }
  }

  @Test func oneOfThreeIsNoConfusion() { #expect(confusion(of: 3, troubled: 1).isEmpty) }

  @Test func twoOfSevenAreTooFew() { #expect(confusion(of: 7, troubled: 2).isEmpty) }

  @Test func twoOfSixAreEnough() throws {
    let found = confusion(of: 6, troubled: 2)
    #expect(found.count == 1)
    let stretch = try #require(found.first)
    #expect(stretch.start == 100 && stretch.end == 160)
    #expect(stretch.carriedBy == [1, 2] && stretch.visible == 6 && stretch.driver == nil)
    #expect(isClose(stretch.size, 1.0 / 3))
  }

  @Test func thoseWhoTookPartAreNeverMoreThanThoseWhoseFacesCouldBeRead() throws {
    let blurred = FaceQuality(size: 1, sharpness: 0.05, exposure: 1, completeness: 1)
    let samples = (Int64(0)..<400).map { second in
      SampleObservation.row(
        second,
        (0..<6).map { person in
          guard (100..<160).contains(second) else { return face(rise: 0) }
          // Three in one window, the other three in the next.
          let isRead = (second / 10 % 2 == 0) == (person < 3)
          return .face(
            quality: isRead ? nil : blurred,
            probabilities: [0.7 / 6, 0.7 / 6, 0.7 / 6, 0.2, 0.05 + 0.35, 0, 0.05])
        })
    }
    let stretch = try #require(summarise(samples: samples).events.first { $0.kind == .confusion })
    #expect(stretch.carriedBy == [1, 2, 3, 4, 5, 6] && stretch.visible == 6)
  }

  @Test func theNegativeExpressionsRiseByAQuarterInAll() {
    #expect(confusion(of: 6, troubled: 3, rise: 0.24).isEmpty)
    #expect(confusion(of: 6, troubled: 3, rise: 0.26).count == 1)
  }

  /// Without a baseline two of six look troubled all the time: three are no 30 % more than usual, four are.
  @Test func theShareStandsAboveTheClassesUsualOne() {
    #expect(confusion(of: 6, troubled: 3, always: 2, baseline: .none).isEmpty)
    let found = confusion(of: 6, troubled: 4, always: 2, baseline: .none)
    #expect(found.map(\.start) == [100])
    #expect(isClose(found.first?.size, 2.0 / 3))
  }
}
