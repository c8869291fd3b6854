import Engagement
import Testing
import Vocabulary

/// Decisions follow the person whom they were made on, not a number.
@Suite struct DecisionTests {
  /// The first leaves after a minute; two stay.
  private func samples(_ seconds: Range<Int64>) -> [SampleObservation] {
    seconds.map { second in
      var sample = SampleObservation.row(second, [.face(), .face(), .face()])
      if second >= 60 {
        sample.tiles.removeFirst()
        sample.faces.removeFirst()
      }
      return sample
    }
  }

  private func names(_ samples: [SampleObservation], _ decisions: [ParticipantDecision]) -> [String] {
    summarise(samples: samples, companions: Companions(decisions: decisions)).participants.map(\.name)
  }

  /// A decision with the sightings that the whole recording gives.
  private func decided(_ action: ParticipantDecision.Action) -> ParticipantDecision {
    let all = summarise(samples: samples(0..<130)).participants
    return ParticipantDecision(
      action, sightings: Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.sightings) }))
  }

  @Test func `a participant is seen two dozen times, where the tile is`() {
    let sightings = summarise(samples: samples(0..<130)).participants[1].sightings
    #expect(sightings.count == 24 && sightings.first?.second == 2 && sightings.last?.second == 127)
    #expect(sightings.allSatisfy { $0.place == SIMD2(0.145, 0.45) })
  }

  @Test func `a name stays with its bearer where another part is reported on`() {
    let second = decided(.rename(participant: 2, name: "Ana"))
    #expect(names(samples(0..<130), [second]) == ["Participant 1", "Ana", "Participant 3"])
    #expect(names(samples(65..<130), [second]) == ["Ana", "Participant 2"])
    #expect(names(samples(70..<80), [second]) == ["Ana", "Participant 2"])
    // Measured anew on a grid of ten seconds.
    let coarse = samples(65..<130).filter { $0.index % 10 == 0 }.enumerated().map { index, sample in
      var sample = sample
      sample.index = Int64(index)
      return sample
    }
    #expect(names(coarse, [second]) == ["Ana", "Participant 2"])
  }

  @Test func `a name of somebody who is not there is given to nobody and told of`() {
    let first = decided(.rename(participant: 1, name: "Ana"))
    let summary = summarise(samples: samples(65..<130), companions: Companions(decisions: [first]))
    #expect(summary.participants.map(\.name) == ["Participant 1", "Participant 2"])
    #expect(summary.unplacedDecisions == [0])
    let number = summarise(
      samples: samples(65..<130), companions: Companions(decisions: [.rename(participant: 9, name: "Ana")]))
    #expect(number.unplacedDecisions == [0])
  }

  @Test func `merge and split follow too`() {
    let part = samples(65..<130)
    let merged = summarise(
      samples: part, companions: Companions(decisions: [decided(.merge(participant: 2, with: 3))]))
    #expect(merged.participants.map(\.id) == [1] && merged.unplacedDecisions.isEmpty)
    let split = summarise(
      samples: part, companions: Companions(decisions: [decided(.split(participant: 3, at: 100))]))
    #expect(split.participants.map(\.presentSeconds) == [65, 35, 30])
  }

  @Test func `without sightings the number counts, as before`() {
    #expect(names(samples(0..<130), [.rename(participant: 3, name: "Ana")]).last == "Ana")
  }
}
