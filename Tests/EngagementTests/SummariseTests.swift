import Engagement
import Testing
import Vocabulary

@Suite struct SummariseTests {
  /// Four tiles in a row, one face in each; `happy` is everybody's probability of a happy display.
  private func sample(_ second: Int64, happy: Float = 0.2, tiles count: Int = 4) -> SampleObservation {
    let probabilities = ExpressionProbabilities([0, 0, 0, happy, 0, 0, 1 - happy])
    let boxes = (0..<count).map { Box(x: Double($0) * 100, y: 0, width: 90, height: 90) }
    return SampleObservation(
      index: second, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: 400,
      frameHeight: 100, view: .gallery, tiles: boxes.map { TileObservation(box: $0, cameraOn: true) },
      faces: boxes.map {
        FaceObservation(
          box: Box(x: $0.x + 20, y: 20, width: 40, height: 40), score: 0.9, expression: probabilities)
      })
  }

  @Test func keyframesAtUnequalDistancesAddUpToTheTimeTheyCover() {
    // A cut in the scene puts a keyframe one second behind another.
    let times: [Int64] = [0, 10, 20, 21, 30, 40, 50]
    let samples = times.enumerated().map { index, time in
      let like = sample(Int64(index))
      return SampleObservation(
        index: Int64(index), time: Timestamp(time), frameTime: Timestamp(time), frameWidth: 400,
        frameHeight: 100,
        view: .gallery, tiles: like.tiles, faces: like.faces)
    }
    let summary = summarise(samples: samples)
    #expect(abs(summary.coverage.interval - 50.0 / 6) < 1e-9)
    #expect(summary.participants.allSatisfy { abs($0.faceSeconds - 50 * 7.0 / 6) < 1e-9 })
    #expect(summary.views.map(\.start) == [0])
  }

  @Test func concentrationWeighsTheFirstExpressionByAttention() throws {
    // Neutral and facing the camera is the most; half happy, half neutral people lie between 0.6 / 0.9 and 1.
    let neutral = summarise(samples: [sample(0)]).samples[0].indices?.concentration
    #expect(neutral == 1)
    var mixed = sample(0)
    for face in 0..<2 { mixed.faces[face].expression = ExpressionProbabilities([0, 0, 0, 0.9, 0, 0, 0.1]) }
    let both = try #require(summarise(samples: [mixed]).samples[0].indices?.concentration)
    let expected = (1 + 0.6 / 0.9) / 2
    #expect(abs(both - expected) < 1e-9)
  }

  @Test func aPortraitOnTheWallCountsForNothing() throws {
    let samples = (Int64(0)..<20).map { second in
      var sample = sample(second)
      sample.faces.append(
        FaceObservation(
          box: Box(x: 70, y: 5, width: 15, height: 15), score: 0.6,
          expression: ExpressionProbabilities([0, 0, 0, 1, 0, 0, 0])))
      return sample
    }
    let summary = summarise(samples: samples)
    #expect(summary.samples.allSatisfy { $0.faces == 5 && $0.shares?[3] == 0 })
    let mean = try #require(summary.samples.first?.means?[3])
    #expect(abs(mean - 0.2) < 1e-6)
  }

  @Test func anEmptyRecordingHasAnEmptySummary() {
    let summary = summarise(samples: [])
    #expect(summary.samples.isEmpty && summary.participants.isEmpty && summary.events.isEmpty)
  }

  @Test func everyTileIsAParticipantInOrderOfAppearance() {
    let summary = summarise(samples: (0..<20).map { sample($0) })
    #expect(summary.participants.map(\.name) == (1...4).map { "Participant \($0)" })
    #expect(summary.participants.allSatisfy { $0.faceSeconds == 20 })
    #expect(summary.identities.allSatisfy { $0.map(\.participant) == [1, 2, 3, 4] })
  }

  @Test func sharesAndUncertainSumToOne() throws {
    let summary = summarise(samples: (0..<20).map { sample($0, happy: $0 % 2 == 0 ? 0.45 : 0.9) })
    let window = try #require(summary.windows.first)
    let total = try #require(window.shares?.reduce(0, +)) + (window.uncertain ?? 0)
    #expect(abs(total - 1) < 1e-9)
    #expect(window.uncertain == 0.5)
  }

  @Test func theSameObservationsGiveTheSameSummary() {
    let samples = (0..<60).map { sample($0, happy: Float($0 % 7) / 7) }
    #expect(summarise(samples: samples) == summarise(samples: samples))
  }
}
