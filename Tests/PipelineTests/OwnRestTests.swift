import Foundation
import Observations
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Pipeline

@Suite("Expressions from landmarks are read from the person's own face at rest")
struct OwnRestTests {
  let folder = TemporaryFolder()

  /// Surprise is a mouth that is wider open than the same person's mostly is.
  private static let reading: StageSet.PersonReading = { faces in
    let usual = faces.map(\.mouthOpening).sorted()[faces.count / 2]
    return faces.map { probabilities($0.mouthOpening - usual > 0.2 ? .surprise : .neutral) }
  }

  private func apply(to store: ObservationStore, _ definition: Definition = Definition()) throws {
    try OwnRest(definition: definition, read: Self.reading).apply(to: store)
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
    try apply(to: store)
    let found = try tops(store)
    #expect(found.allSatisfy { $0[0] == .neutral })
    #expect(found.prefix(70).allSatisfy { $0[1] == .neutral })
    #expect(found.suffix(10).allSatisfy { $0[1] == .surprise })
  }

  @Test func aFaceOfNobodyIsReadByItself() throws {
    // A speaker's view, where nobody knows who is who: each of the faces is its own usual one.
    var samples = (0..<80).map { sample($0, mouths: [$0 < 70 ? 0.3 : 0.8]) }
    for index in samples.indices { samples[index].view = .speaker }
    let store = try store(samples)
    try apply(to: store)
    #expect(try tops(store).allSatisfy { $0 == [.neutral] })
  }

  @Test func doneAgainItWritesNothing() throws {
    let store = try store((0..<80).map { sample($0, mouths: [0.8, Double($0 % 9) / 10]) })
    try apply(to: store)
    let once = try Data(contentsOf: store.location)
    try apply(to: store)
    #expect(try Data(contentsOf: store.location) == once)
  }

  @Test func whateverRangeIsAskedForAllThatWasMeasuredCounts() throws {
    let store = try store((0..<80).map { sample($0, mouths: [$0 < 50 ? 0.3 : 0.8]) })
    var definition = Definition()
    definition.sample.from = try #require(Span(settingText: "50s"))
    try apply(to: store, definition)
    let found = try tops(store)
    #expect(found.prefix(50).allSatisfy { $0 == [.neutral] })
    #expect(found.suffix(30).allSatisfy { $0 == [.surprise] })
  }

  @Test func aFaceWithoutFeaturesKeepsWhatItHas() throws {
    var samples = (0..<3).map { sample($0, mouths: [0.8, 0.3]) }
    samples[1].faces[0].features = nil
    let store = try store(samples)
    try apply(to: store)
    #expect(try tops(store) == [[.neutral, .neutral], [.angry, .neutral], [.neutral, .neutral]])
  }
}
