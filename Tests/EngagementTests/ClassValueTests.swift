import Engagement
import Testing
import Vocabulary

@Suite struct ClassValueTests {
  @Test func eachPersonCountsOnceHoweverOftenSeen() throws {
    // Over faces and not people it would be (10 · 1 + 2 · 0.5) / 12.
    let samples = (Int64(0)..<10).map { second in
      SampleObservation.row(second, second < 2 ? [.face(), .face(yaw: 35)] : [.face()])
    }
    let indices = try #require(summarise(samples: samples).windows.first?.indices)
    #expect(isClose(indices.attention, 0.75) && indices.people == 2)
  }

  /// Whether class values are given, window by window, where so many of the people show a face.
  private func isTold(of people: Int, faces: [Int]) -> [Bool] {
    let samples = (0..<faces.count * 10).map { second in
      let tiles = (0..<people).map { $0 < faces[second / 10] ? Shown.face() : .noFace }
      return SampleObservation.row(Int64(second), tiles)
    }
    return summarise(samples: samples).windows.map { $0.indices != nil }
  }

  @Test func ofFewerThanThreeFacesNoClassValueIsGiven() {
    #expect(isTold(of: 5, faces: [2, 3, 5]) == [false, true, true])
  }

  @Test func aClassOfTwoNeedsBoth() {
    #expect(isTold(of: 2, faces: [2, 1]) == [true, false])
  }

  @Test func whoIsSeenInASingleSampleIsNoParticipant() {
    for (sightings, people) in [(Int64(1), 2), (Int64(2), 3)] {
      let samples = (Int64(0)..<10).map { second in
        let passesBy = (5..<5 + sightings).contains(second)
        return SampleObservation.row(second, passesBy ? [.face(), .face(), .face()] : [.face(), .face()])
      }
      let summary = summarise(samples: samples)
      #expect(summary.participants.count == people && summary.coverage.participants == people)
      let third = people == 3 ? 3 : Int?.none
      #expect(summary.identities[5].map(\.participant) == [1, 2, third])
    }
  }
}

@Suite struct CoverageTests {
  /// A face, a camera without one, a camera that is off, and a blurred face every other second.
  private let gallery = (Int64(0)..<10).map { second in
    let blurred = FaceQuality(size: 1, sharpness: 0.1, exposure: 1, completeness: 1)
    return SampleObservation.row(
      second, [.face(), .noFace, .off, second % 2 == 0 ? .face(quality: blurred) : .noFace])
  }

  private func shared(_ second: Int64, _ view: View = .screen, _ screen: [Float] = [0.5, 0.5])
    -> SampleObservation
  {
    SampleObservation(
      index: second, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: 1000,
      frameHeight: 100, view: view, screen: screen)
  }

  @Test func facesCamerasAndPeopleAreCountedApart() {
    let coverage = summarise(samples: gallery).coverage
    #expect(coverage.participants == 4 && coverage.participantsSeen == 2)
    #expect(coverage.cameraOn == 30.0 / 40 && coverage.faceFound == 15.0 / 30)
    #expect(coverage.uncertain == 5.0 / 15)
    #expect(coverage.excludedSeconds == 0 && coverage.missingSamples == 0)
  }

  @Test(arguments: [View.screen, .speaker]) func viewsWithoutTheClassChangeNoShare(view: View) throws {
    let summary = summarise(samples: gallery + (Int64(10)..<15).map { shared($0, view) })
    let coverage = summary.coverage
    #expect(coverage.excludedSeconds == 5 && coverage.seconds == 15)
    #expect(coverage.cameraOn == 30.0 / 40 && coverage.faceFound == 15.0 / 30)
    let window = try #require(summary.windows.last)
    #expect(!window.counted && window.indices == nil)
  }

  @Test func samplesThatWereSkippedAreCountedAsMissing() {
    let coverage = summarise(samples: gallery.filter { $0.index != 4 && $0.index != 5 }).coverage
    #expect(coverage.missingSamples == 2 && coverage.samples == 8 && coverage.seconds == 10)
  }

  @Test func whatIsLostAtBothEndsIsCountedToo() {
    let losses = [Loss(samples: 3, start: 0, end: 3), Loss(samples: 4, start: 8, end: 12)]
    let coverage = summarise(samples: gallery.filter { (3..<8).contains($0.index) }, losses: losses).coverage
    #expect(coverage.missingSamples == 7 && coverage.samples == 5 && coverage.seconds == 12)
    #expect(coverage.missingSeconds == 7 && coverage.countedSeconds == 5)
  }

  @Test func aTileWhoseParticipantPassesByStillShowsItsFace() {
    let samples = (Int64(0)..<12).map { second in
      SampleObservation.row(second, second == 5 ? [.face(), .off, .face()] : [.face(), .off])
    }
    let summary = summarise(samples: samples)
    #expect(summary.tileParticipants[5] == [1, 2, nil])
    #expect(summary.tilePresences[5] == [.face, .cameraOff, .face])
  }

  /// Half the screen by 0.05 is 0.025 on average, below 0.06; by 0.2 it is 0.1, also after a view of the class.
  @Test func aSlideChangesWhereTheScreenDoesAndNotWhereAPointerMoves() {
    let pointer = [shared(0), shared(1, .screen, [0.5, 0.55])]
    #expect(summarise(samples: pointer).slideChanges.isEmpty)
    let slide = shared(2, .screen, [0.5, 0.75])
    #expect(summarise(samples: pointer + [slide]).slideChanges == [2])
    let later = shared(3, .screen, [0.5, 0.75])
    #expect(summarise(samples: pointer + [SampleObservation.row(2, [.face()]), later]).slideChanges == [3])
  }
}
