import Engagement
import Foundation
import Testing
import Vocabulary

@testable import Pipeline

@Suite("What lies beside a recording never stops it; what its user names does")
struct CompanionFilesTests {
  private let folder = TemporaryFolder()

  private func recording(beside names: String...) throws -> URL {
    for name in names { _ = try folder.file(name, "WEBVTT\n\n00:01.000 --> 00:04.000\nAna: welcome\n") }
    return try folder.file("class.mp4", "")
  }

  @Test(
    "A file that cannot be read or is too large is told where it was found, and refused where it is named")
  func unreadable() throws {
    let recording = try recording()
    let place = folder.url.appendingPathComponent("class.vtt")
    let troubles = [
      (
        "cannot be read; check the path",
        { try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true) }
      ),
      (
        "larger than a transcript or chat can be (16 MiB)",
        { try Data(count: CompanionText.largest + 1).write(to: place) }
      ),
    ]
    for (reason, make) in troubles {
      try? FileManager.default.removeItem(at: place)
      try make()
      let beside = try CompanionFiles().words(of: recording)
      #expect(beside.unread?.first?.hasPrefix("class.vtt: \(reason)") == true)
      var named = CompanionFiles(transcript: place)
      let error = try #require(throws: RecordingError.self) { try named.words(of: recording) }
      #expect(error.description.hasPrefix("\(place.path): \(reason)"))
      named.areChosen = false
      #expect(try named.words(of: recording).unread?.count == 1)
    }
  }

  @Test(
    "Those of another recording's name are that recording's, and only a view of Zoom's may leave its ending out",
    arguments: [
      ("algebra.mp4", "algebra.vtt", true), ("algebra_2.mp4", "algebra.vtt", false),
      ("algebra_gallery.mp4", "algebra.vtt", false), ("week_gvo_1280x720.mp4", "week.vtt", true),
      ("week_2.mp4", "week.vtt", false), ("week_2_as.mp4", "week.vtt", false),
      ("week_as.mp4", "weeknewChat.txt", true), ("algebra.mp4", "algebra.en.vtt", true),
      ("algebra.v2.mp4", "algebra.vtt", false), ("week.mkv", "week", false),
    ])
  func names(recording: String, companion: String, isIts: Bool) throws {
    for name in ["algebra.mp4", companion] { _ = try folder.file(name, "") }
    let found = CompanionFiles().completed(beside: try folder.file(recording, ""))
    #expect((found.transcript ?? found.chat)?.lastPathComponent == (isIts ? companion : nil))
  }

  @Test("What a night found is all there is")
  func night() throws {
    var found = CompanionFiles()
    found.areChosen = false
    #expect(try found.completed(beside: recording(beside: "class.vtt")).transcript == nil)
  }

  @Test("Kept words letter those who spoke as the report does", arguments: [0.0, 15, 600])
  func letters(chatOffset: Double) {
    func cue(_ source: Cue.Source, _ start: Double, _ speaker: String, _ text: String) -> Cue {
      Cue(source: source, start: start, end: start, speaker: speaker, text: text)
    }
    let words = Words(
      transcript: [
        cue(.transcript, 20, "Ana", "welcome"), cue(.transcript, 40, "Chen", "a question"),
        cue(.transcript, 50, "", "laughter"),
      ],
      chat: [
        cue(.chat, 10, "Dina", "hello"), cue(.chat, 40, "Bo", "pardon?"), cue(.chat, 700, "Dina", "thanks"),
      ], roster: ["Ana", "Bo", "Chen", "Dina"])
    var definition = Definition()
    definition.summarise.chatOffset = chatOffset
    let kept = words.kept(for: definition)
    let voices = Dictionary(
      uniqueKeysWithValues: (kept.transcript + kept.chat).map { ($0.text, $0.speaker) })
    for companions in [words.companions, kept.companions] {
      let cues = summarise(
        samples: [SampleObservation](), settings: definition.summarySettings, companions: companions
      ).cues
      #expect(cues.count >= 4)
      for cue in cues { #expect(cue.speaker == voices[cue.text], "\(cue.text)") }
    }
  }

  @Test("One that is gone since a night found it is told")
  func gone() throws {
    var found = CompanionFiles(transcript: folder.url.appendingPathComponent("class.vtt"))
    found.areChosen = false
    #expect(try found.words(of: recording()).unread?.count == 1)
  }
}
