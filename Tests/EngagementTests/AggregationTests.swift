import Engagement
import Testing
import Vocabulary

@Suite("A summary of the class alone tells nothing about single participants")
struct AggregationTests {
  /// One face in each tile; everybody looks away in the last third.
  private func samples(people: Int) -> [SampleObservation] {
    (Int64(0)..<180).map { second in
      let boxes = (0..<people).map { Box(x: Double($0) * 100, y: 0, width: 90, height: 90) }
      return SampleObservation(
        index: second, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: 1000,
        frameHeight: 100, view: .gallery, tiles: boxes.map { TileObservation(box: $0, cameraOn: true) },
        faces: boxes.map {
          FaceObservation(
            box: Box(x: $0.x + 20, y: 20, width: 40, height: 40), score: 0.9,
            pose: HeadPose(yaw: second < 120 ? 0 : 60, pitch: 0, roll: 0),
            expression: ExpressionProbabilities([0, 0, 0, 0.8, 0, 0, 0.2]))
        })
    }
  }

  private func summary(people: Int) -> Summary {
    var settings = SummarySettings()
    settings.aggregateOnly = true
    settings.minimumGroup = 1
    let said = Cue(source: .transcript, start: 130, end: 134, speaker: "Ana Ruiz", text: "Any questions?")
    let written = Cue(source: .chat, start: 135, end: 135, speaker: "Emil Novak", text: "lost")
    return summarise(
      samples: samples(people: people), settings: settings,
      companions: Companions(transcript: [said], chat: [written], roster: ["Ana Ruiz"]))
  }

  @Test("There is no participant, no identity, no name and no chat line, and the class is still told")
  func classAlone() throws {
    let summary = summary(people: 6)
    #expect(summary.participants.isEmpty && summary.identities.isEmpty && summary.tileParticipants.isEmpty)
    #expect(summary.windows.allSatisfy { $0.indices?.engagement != nil && $0.shares != nil })
    let dip = try #require(summary.events.first { $0.kind == .dip })
    #expect(dip.carriedBy.isEmpty && dip.visible == 6)
    #expect(dip.quotes.map(\.text) == ["Any questions?"])
    #expect(summary.cues.allSatisfy { $0.speaker.isEmpty && $0.source == .transcript })
    #expect(summary.coverage.participants == 6)
  }

  @Test("Of fewer than five people nothing is told, whatever the pipeline's own smallest group")
  func tooFew() {
    let summary = summary(people: 4)
    #expect(summary.events.isEmpty)
    for value in summary.samples + summary.windows {
      #expect(value.indices == nil && value.means == nil && value.shares == nil && value.uncertain == nil)
      #expect(value.band == nil)
    }
    #expect(summary.coverage.cameraOn == nil && summary.coverage.faceFound == nil)
  }

  /// A class of six of whom only the first few can be read: nobody may show through the others.
  private func summary(readable: Int, troubledFrom trouble: Int64 = .max) -> Summary {
    var settings = SummarySettings()
    settings.aggregateOnly = true
    settings.baseline = .none
    let told = samples(people: 6).map { sample in
      var sample = sample
      for face in sample.faces.indices {
        sample.faces[face].pose = HeadPose(yaw: 0, pitch: 0, roll: 0)
        if face >= readable { sample.faces[face].expression = nil }
        if face < readable, sample.index >= trouble {
          sample.faces[face].expression = ExpressionProbabilities([0.9, 0, 0, 0, 0, 0, 0.1])
        }
      }
      return sample
    }
    return summarise(samples: told, settings: settings)
  }

  @Test("Expressions of two people are not told as those of six, however often the two were seen")
  func thinWindows() {
    let two = summary(readable: 2, troubledFrom: 100)
    #expect(two.windows.allSatisfy { $0.means == nil && $0.shares == nil && $0.uncertain == nil })
    #expect(two.windows.allSatisfy { $0.indices?.attention != nil && $0.indices?.engagement == nil })
    #expect(two.events.allSatisfy { $0.kind != .confusion })
    let six = summary(readable: 6, troubledFrom: 100)
    #expect(six.windows.allSatisfy { $0.shares != nil })
    #expect(six.events.contains { $0.kind == .confusion })
  }
}
