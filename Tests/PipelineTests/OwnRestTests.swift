import Foundation
import Observations
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Pipeline

@Suite("Expressions from landmarks are read from the person's own face at rest")
struct OwnRestTests {
  let folder = TemporaryFolder()

  /// Surprise is a mouth that is wider open than the same person's mostly is; anybody's is at 0.3.
  private static let reading: StageSet.PersonReading = { faces in
    let usual = faces.count < 60 ? 0.3 : faces.map(\.mouthOpening).sorted()[faces.count / 2]
    return faces.map { probabilities($0.mouthOpening - usual > 0.2 ? .surprise : .neutral) }
  }

  private static func probabilities(_ expression: Expression) -> ExpressionProbabilities? {
    ExpressionProbabilities(Expression.allCases.map { $0 == expression ? 1 : 0 })
  }

  /// Two tiles side by side; `nil` is a tile without a face.
  private func sample(_ index: Int, mouths: [Double?]) -> SampleObservation {
    let places = mouths.indices.map { Box(x: 20 + 620 * Double($0), y: 200, width: 600, height: 338) }
    let faces = zip(places, mouths).compactMap { place, mouth in
      mouth.map { mouth in
        var face = FaceObservation(
          box: Box(x: place.centre.x - 50, y: place.centre.y - 60, width: 100, height: 120), score: 0.9)
        face.features = FacialFeatures(
          rightEyeOpenness: 0.3, leftEyeOpenness: 0.3, browRaise: 0.4, browKnit: 0.5, mouthOpening: mouth,
          mouthWidth: 0.8, mouthCornerLift: 0, noseTip: Point(x: 0, y: 0.6))
        face.expression = Self.probabilities(.angry)
        return face
      }
    }
    let time = Timestamp(Int64(index), over: 1)
    return SampleObservation(
      index: Int64(index), time: time, frameTime: time, frameWidth: 1280, frameHeight: 720, view: .gallery,
      tiles: places.map { TileObservation(box: $0, cameraOn: true, appearance: [], labelShape: []) },
      faces: faces, screen: [])
  }

  private func store(_ samples: [SampleObservation]) throws -> ObservationStore {
    let store = try ObservationStore(
      at: folder.url.appendingPathComponent("observations.sqlite"),
      for: Provenance(
        recordingDigest: "a", recordingName: "a.mp4", settingsDigest: "b", settings: "", software: "c"))
    try store.commit(
      SliceRecord(first: 0, last: Int64(samples.count) - 1, account: "{}"), samples: samples)
    return store
  }

  private func tops(_ store: ObservationStore) throws -> [[Expression?]] {
    try store.samples(.summary).map { $0.faces.map { $0.expression?.top } }
  }

  @Test func aMouthThatIsOpenByNatureShowsNothing() throws {
    let store = try store((0..<80).map { sample($0, mouths: [0.8, $0 < 70 ? 0.3 : 0.8]) })
    try OwnRest(read: Self.reading).apply(to: store)
    let found = try tops(store)
    #expect(found.allSatisfy { $0[0] == .neutral })
    #expect(found.prefix(70).allSatisfy { $0[1] == .neutral })
    #expect(found.suffix(10).allSatisfy { $0[1] == .surprise })
  }

  @Test func whoWasSeenTooSeldomIsReadFromAnybodysFaceAtRest() throws {
    let store = try store((0..<80).map { sample($0, mouths: [$0 < 20 ? 0.8 : nil, 0.3]) })
    try OwnRest(read: Self.reading).apply(to: store)
    let found = try tops(store)
    #expect(found.prefix(20).allSatisfy { $0 == [.surprise, .neutral] })
    #expect(found.suffix(60).allSatisfy { $0 == [.neutral] })
  }

  @Test func doneAgainItChangesNothing() throws {
    let store = try store((0..<80).map { sample($0, mouths: [0.8, Double($0 % 9) / 10]) })
    try OwnRest(read: Self.reading).apply(to: store)
    let once = try store.samples()
    try OwnRest(read: Self.reading).apply(to: store)
    #expect(try store.samples() == once)
  }

  @Test func aFaceWithoutFeaturesKeepsWhatItHas() throws {
    var samples = (0..<3).map { sample($0, mouths: [0.8, 0.3]) }
    samples[1].faces[0].features = nil
    let store = try store(samples)
    try OwnRest(read: Self.reading).apply(to: store)
    #expect(try tops(store) == [[.surprise, .neutral], [.angry, .neutral], [.surprise, .neutral]])
  }
}
