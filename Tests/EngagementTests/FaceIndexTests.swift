import Testing
import Vocabulary

@testable import Engagement

/// Figures of one face against values worked by hand.
@Suite struct FaceIndexTests {
  /// In FER2013's order: angry, disgust, fear, happy, sad, surprise, neutral.
  private static let mixed: [Float] = [0.1, 0.05, 0.05, 0.5, 0.1, 0.1, 0.1]

  private func sample(
    _ tiles: [Shown], _ change: (inout SummarySettings) -> Void = { $0.baseline = .none }
  ) throws -> ClassValue {
    var settings = SummarySettings()
    change(&settings)
    let summary = summarise(samples: [SampleObservation.row(0, tiles)], settings: settings)
    return try #require(summary.samples.first)
  }

  @Test func valenceIsHappyMinusTheFourNegativeAndExpressivityAllButNeutral() throws {
    let indices = try #require(try sample([.face(probabilities: Self.mixed)]).indices)
    // 0.5 − (0.1 + 0.05 + 0.05 + 0.1), and 1 − 0.1.
    #expect(isClose(indices.valence, 0.2))
    #expect(isClose(indices.expressivity, 0.9))
  }

  @Test func surpriseCountsNeitherWay() {
    #expect(valence([0, 0, 0, 0, 0, 1, 0]) == 0 && expressivity([0, 0, 0, 0, 0, 1, 0]) == 1)
  }

  @Test func engagementIsTheWeightedMeanOfItsParts() throws {
    let usual = try sample([.face(probabilities: Self.mixed)])
    #expect(isClose(usual.indices?.engagement, 0.6 + 0.225 + 0.15 * 0.6))
    let equal = try sample([.face(probabilities: Self.mixed)]) {
      $0.baseline = .none
      ($0.weights.attention, $0.weights.expressivity, $0.weights.valence) = (1, 1, 0)
    }
    #expect(isClose(equal.indices?.engagement, (1 + 0.9) / 2))
  }

  @Test func whereNoExpressionIsReadAttentionIsShownAndItsBand() throws {
    var settings = SummarySettings()
    settings.observableOnly = true
    let tiles = (0..<4).map { _ in Shown.face(yaw: 35, probabilities: Self.mixed) }
    let summary = summarise(samples: [SampleObservation.row(0, tiles)], settings: settings)
    let window = try #require(summary.windows.first)
    let (indices, band) = (try #require(window.indices), try #require(window.band))
    #expect(indices.engagement == nil && indices.valence == nil && indices.expressivity == nil)
    #expect(isClose(indices.attention, 0.5) && isClose(band.low, 0.5) && isClose(band.high, 0.5))
  }

  @Test func whatExceedsTheUsualIsShownAndNeutralTakesTheRest() {
    let shown = relative([0.4, 0, 0, 0.3, 0, 0, 0.3], to: [0.5, 0, 0, 0.1, 0, 0, 0.4])
    for (found, expected) in zip(shown, [0, 0, 0, 0.2, 0, 0, 0.8]) { #expect(isClose(found, expected)) }
    #expect(shown.count == 7)
  }

  @Test(arguments: [(59, 0), (60, 1)]) func sixtyFacesTellWhatIsUsual(faces: Int, baselines: Int) {
    let samples = (0..<faces).map { SampleObservation.row(Int64($0), [.face(probabilities: Self.mixed)]) }
    #expect(summarise(samples: samples).coverage.baselines == baselines)
  }

  /// Quality is the product of its four parts.
  @Test(arguments: [[0.1, 1, 1, 1], [0.5, 0.5, 0.5, 1], [1, 1, 0.35, 0.35]])
  func aFaceOfTooLowAQualityIsUncertainAndHasAttentionAlone(parts: [Double]) throws {
    let quality = FaceQuality(
      size: parts[0], sharpness: parts[1], exposure: parts[2], completeness: parts[3])
    let value = try sample([.face(quality: quality, probabilities: Self.mixed)])
    let indices = try #require(value.indices)
    #expect(value.uncertain == 1 && value.shares == [Double](repeating: 0, count: 7))
    #expect(indices.valence == nil && indices.expressivity == nil && indices.concentration == nil)
    #expect(indices.engagement == nil && indices.attention == 1)
  }

  @Test func aFaceOfEnoughQualityIsRead() throws {
    let quality = FaceQuality(size: 0.6, sharpness: 0.6, exposure: 0.6, completeness: 1)
    let value = try sample([.face(quality: quality, probabilities: Self.mixed)])
    #expect(value.uncertain == 0 && isClose(value.indices?.valence, 0.2))
  }

  @Test(arguments: [
    (Expression.neutral, 0.9), (Expression.happy, 0.6), (Expression.surprise, 0.6), (Expression.sad, 0.3),
    (Expression.fear, 0.3), (Expression.angry, 0.25), (Expression.disgust, 0.2),
  ])
  func concentrationHasTheWeightsOfSharma(expression: Expression, weight: Double) {
    #expect(isClose(concentration(expression, attention: 1), weight / 0.9))
  }

  @Test func concentrationFallsWithAttention() throws {
    let tiles = (0..<4).map { _ in Shown.face(yaw: 35, probabilities: [0, 0, 0, 0.9, 0, 0, 0.1]) }
    // 0.6 · 0.5 / 0.9.
    #expect(isClose(try sample(tiles).indices?.concentration, 1.0 / 3))
  }

  @Test func theSpreadIsUnmovedByAnOutlier() {
    // Around the median 3 the deviations are 0, 1, 1, 2 and 97.
    #expect(robustDeviation([1, 2, 3, 4, 100]) == 1.4826)
  }
}
