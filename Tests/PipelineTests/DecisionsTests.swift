import Engagement
import Foundation
import Logging
import Observations
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct DecisionsTests {
  let folder = TemporaryFolder()

  /// A report over 20 seconds of two tiles; nothing was read from the faces.
  private func report() throws -> ParticipantsOfReport {
    let definition = try ResolvedDefinition(
      file: try folder.file("pipeline.yaml", "setting: eu-education\nclassify:\n  bundle: none\n"),
      overrides: [])
    let store = try ObservationStore(
      at: folder.url.appendingPathComponent("observations.sqlite"),
      for: Provenance(
        recordingDigest: "a", recordingName: "class.mp4", settingsDigest: "b", settings: "", software: "test")
    )
    let samples = (0..<20).map { second in
      SampleObservation(
        index: Int64(second), time: Timestamp(Int64(second)), frameTime: Timestamp(Int64(second)),
        frameWidth: 200, frameHeight: 100, view: .gallery,
        tiles: [0.0, 100].map {
          TileObservation(box: Box(x: $0, y: 0, width: 90, height: 90), cameraOn: $0 == 0)
        })
    }
    try store.commit(SliceRecord(first: 0, last: 19, account: "{}"), samples: samples)
    return ParticipantsOfReport(folder.url, resolved: definition, log: Logger(label: "test"))
  }

  @Test func areReadAsTheyWereWritten() throws {
    let decisions = Decisions([
      .rename(participant: 3, name: "Ana \"A: #\" Ruiz"), .merge(participant: 3, with: 5),
      .split(participant: 4, at: 3750.5),
      ParticipantDecision(
        .merge(participant: 3, with: 5),
        sightings: [
          3: [Sighting(second: 12.5, place: SIMD2(0.25, 0.75))],
          5: [
            Sighting(second: 0, place: SIMD2(0.5, 0.125)), Sighting(second: 4000, place: SIMD2(1, 0)),
          ],
        ]),
    ])
    try decisions.write(to: folder.url)
    #expect(try Decisions(in: folder.url) == decisions)
  }

  @Test func noFileMeansNone() throws {
    #expect(try Decisions(in: folder.url) == Decisions())
    try Decisions([.merge(participant: 1, with: 2)]).write(to: folder.url)
    try Decisions().write(to: folder.url)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test(arguments: [
    "- rename: 3\n", "- split: 2\n  at: soon\n", "everybody: 1\n", "- [", "- rename: x\n",
    "- &a {rename: 1}\n- *a\n", "- rename: 3\n  name: Ana\n  seen: [\"soon 0.1 0.2\"]\n",
    "- rename: 3\n  name: Ana\n  seen: [\"00:00:01 nan 0.2\"]\n",
  ])
  func whatIsNoDecisionIsToldInOneLine(_ text: String) throws {
    _ = try folder.file("participants.yaml", text)
    let error = try #require(throws: DecisionError.self) { try Decisions(in: folder.url) }
    #expect(error.description.contains("participants.yaml") && !error.description.contains("\n"))
    #expect(Outcome(error) == .badOutput)
  }

  @Test func aNameSurvivesRenderingAgain() throws {
    let report = try report()
    try report.decide(.rename(participant: 2, name: "Ana Ruiz"))
    #expect(try report.list().map(\.name) == ["Participant 1", "Ana Ruiz"])
    let page = folder.url.appendingPathComponent("presence.csv")
    #expect(try String(contentsOf: page, encoding: .utf8).contains("Ana Ruiz"))
    try report.reset()
    #expect(try report.list().map(\.name) == ["Participant 1", "Participant 2"])
  }

  @Test func aNameIsKeptWithWhereItsBearerWasSeen() throws {
    try report().decide(.rename(participant: 2, name: "Ana Ruiz"))
    let text = try String(
      contentsOf: folder.url.appendingPathComponent("participants.yaml"), encoding: .utf8)
    #expect(text.contains("seen: [\"00:00:00.000 0.725 0.450\", \"00:00:01.000 0.725 0.450\""), "\(text)")
  }

  @Test func aNameOfSomebodyWhoIsNotThereStandsAmongWhatWasLeftOut() throws {
    let report = try report()
    let gone = ParticipantDecision(
      .rename(participant: 2, name: "Ana Ruiz"),
      sightings: [2: [Sighting(second: 5, place: SIMD2(0.5, 0.9))]])
    try Decisions([gone]).write(to: folder.url)
    #expect(try report.list().map(\.name) == ["Participant 1", "Participant 2"])
    try report.decide(.rename(participant: 1, name: "Ben Okoye"))
    let page = try String(contentsOf: folder.url.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(page.contains("the name of participant 2 (entry 1 of participants.yaml) is left out"))
    #expect(page.contains("Ben Okoye") && !page.contains("Ana Ruiz"))
  }

  @Test func aSplitAddsSomebodyAndAMergeTakesThemBack() throws {
    let report = try report()
    try report.decide(.split(participant: 1, at: 12))
    #expect(try report.list().map(\.id).sorted() == [1, 2, 3])
    #expect(try report.list().first { $0.id == 1 }?.presentSeconds == 12)
    try report.decide(.merge(participant: 1, with: 3))
    #expect(try report.list().first { $0.id == 1 }?.presentSeconds == 20)
  }

  @Test func whoIsNotThereCannotBeDecidedAbout() throws {
    let report = try report()
    let error = try #require(throws: DecisionError.self) {
      try report.decide(.rename(participant: 9, name: "Ana"))
    }
    #expect(Outcome(error) == .usage)
    #expect(throws: DecisionError.self) { try report.decide(.merge(participant: 1, with: 1)) }
    #expect(throws: DecisionError.self) { try report.decide(.split(participant: 1, at: 500)) }
    #expect(try Decisions(in: folder.url) == Decisions())
  }

  @Test func cameraTimeOfATileWithoutACameraIsNone() throws {
    #expect(try report().list().map(\.cameraSeconds) == [20, 0])
  }
}
