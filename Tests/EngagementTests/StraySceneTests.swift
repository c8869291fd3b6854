import Engagement
import Testing
import Vocabulary

/// Frames in which no grid is found, among galleries and by themselves.
@Suite struct StraySceneTests {
  private func scene(_ second: Int64, faces: [Double], away: Bool = false) -> SampleObservation {
    SampleObservation(
      index: second, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: 1000,
      frameHeight: 100, view: .scene,
      faces: faces.map {
        FaceObservation(
          box: Box(x: $0, y: 20, width: 40, height: 40), score: 0.9,
          pose: HeadPose(yaw: 0, pitch: 0, roll: 0))
      })
  }

  private func gallery(_ second: Int64) -> SampleObservation {
    SampleObservation.row(second, [.face(), .face(), .face(), .face()])
  }

  @Test func `a stretch without a grid makes nobody absent and nobody new`() {
    let whole = summarise(samples: (Int64(0)..<100).map(gallery))
    let summary = summarise(
      samples: (Int64(0)..<100).map {
        (20..<35).contains($0) ? scene($0, faces: [500, 700, 900]) : gallery($0)
      })
    #expect(summary.participants.count == 4 && summary.coverage.faceFound == 1)
    #expect(summary.coverage.excludedSeconds == 15)
    for window in summary.windows where window.counted {
      #expect(window.indices?.attention == whole.windows[0].indices?.attention)
    }
    #expect(summary.participants[0].windows[2].presence == .unknown)
    #expect(summary.identities[30].allSatisfy { $0.participant == nil })
    #expect(summary.views.map(\.view) == [.gallery, .speaker, .gallery])
  }

  @Test func `a speaker in full is none, however long`() {
    let summary = summarise(
      samples: (Int64(0)..<100).map { (20..<60).contains($0) ? scene($0, faces: [500]) : gallery($0) })
    #expect(summary.coverage.excludedSeconds == 40 && summary.participants.count == 4)
  }

  @Test func `a longer part without a grid is a filmed room, whose people count`() {
    let summary = summarise(
      samples: (Int64(0)..<100).map {
        (20..<60).contains($0) ? scene($0, faces: [500, 700, 900]) : gallery($0)
      })
    #expect(summary.coverage.excludedSeconds == 0 && summary.participants.count == 7)
    #expect(summary.participants[0].windows[3].presence == .unknown)
  }

  @Test func `in a filmed room somebody between two sightings is there without a face`() {
    let samples = (Int64(0)..<60).map { scene($0, faces: (20..<30).contains($0) ? [100] : [100, 600]) }
    let summary = summarise(samples: samples)
    #expect(summary.participants.count == 2 && summary.coverage.excludedSeconds == 0)
    #expect(summary.participants[1].windows[2].presence == .cameraWithoutFace)
  }

  @Test func `a few grids in a filmed room make nobody of them absent`() {
    let samples = (Int64(0)..<60).map {
      (20..<30).contains($0) ? gallery($0) : scene($0, faces: [450, 650, 850])
    }
    let summary = summarise(samples: samples)
    let ofTiles = summary.participants.filter { $0.cameraSeconds == 10 }
    #expect(ofTiles.count == 4 && ofTiles.allSatisfy { $0.windows[0].presence == .unknown })
  }
}
