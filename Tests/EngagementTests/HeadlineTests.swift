import Engagement
import Testing
import Vocabulary

/// One measure for the whole report, whatever single windows lack.
@Suite struct HeadlineTests {
  private static let calm: [Float] = [0, 0, 0, 0.2, 0, 0, 0.8]
  private static let blurred = FaceQuality(size: 1, sharpness: 0.05, exposure: 1, completeness: 1)

  /// Six people, unreadable in some seconds and turned away in others.
  private func summary(unreadable: Range<Int64>, turned: Range<Int64> = 0..<0) -> Summary {
    let samples = (Int64(0)..<300).map { second in
      let face = Shown.face(
        yaw: turned.contains(second) ? 44 : 26 + Double(second / 10 % 3) / 10,
        quality: unreadable.contains(second) ? Self.blurred : nil, probabilities: Self.calm)
      return SampleObservation.row(second, [face, face, face, face, face, face])
    }
    return summarise(samples: samples)
  }

  @Test func `where no expression can be read the curve has a hole and does not jump to attention`() {
    let summary = summary(unreadable: 60..<100)
    #expect(summary.headline == .engagement)
    #expect(summary.curve.map { $0 == nil } == (0..<30).map { (6..<10).contains($0) })
    #expect(summary.windows[6].indices?.attention != nil && summary.windows[6].band == nil)
    #expect(summary.windows[5].band != nil)
    #expect(summary.coverage.enoughPeople == 26.0 / 30)
    let person = summary.participants[0].windows
    #expect(person[6].presence == .face && summary.headline.of(person[6]) == nil)
    #expect(summary.headline.of(person[5]) == person[5].engagement && person[5].engagement != nil)
  }

  @Test func `a dip is found beside windows that cannot be read`() {
    let events = summary(unreadable: 60..<100, turned: 200..<250).events
    #expect(events.map(\.kind) == [.dip] && events.map(\.start) == [200])
    #expect(events.first?.visible == 6 && events.first?.carriedBy.count == 6)
  }

  @Test func `where expressions can be read in few windows the curve is attention in all`() {
    let summary = summary(unreadable: 20..<300)
    #expect(summary.headline == .attention && summary.curve.allSatisfy { $0 != nil })
    #expect(summary.windows[0].indices?.engagement != nil)
  }

  @Test func `where nothing can be read anywhere the curve is attention`() {
    let summary = summary(unreadable: 0..<300)
    #expect(summary.headline == .attention && summary.curve.allSatisfy { $0 != nil })
    #expect(summary.windows.allSatisfy { $0.band != nil })
  }
}
