import Foundation
import Testing

@testable import Batch

@Suite("Discovery finds recordings and groups what belongs together")
struct DiscoveryTests {
  private func file(_ path: String, size: Int64 = 10, modified: Int64 = 0) -> FoundFile {
    FoundFile(path: path, size: size, modified: modified, device: 1, inode: 1)
  }

  @Test("Of several views of a meeting the gallery is taken, with its transcript and chat")
  func views() throws {
    let found = Discovery(
      files: [
        "GMT20260301-100211_Recording_as_1920x1080.mp4", "GMT20260301-100211_Recording_gvo_1280x720.mp4",
        "GMT20260301-100211_Recording_gallery_1920x1080.mp4", "GMT20260301-100211_Recording.transcript.vtt",
        "GMT20260301-100211_RecordingnewChat.txt",
      ].map { file("/in/\($0)") })
    let only = try #require(found.candidates.first)
    #expect(found.candidates.count == 1)
    #expect(only.name.layout == .galleryOnly)
    #expect(only.companions.count == 2)
    #expect(only.otherViews.count == 2)
  }

  @Test("The words of a meeting belong to its first part; those that come later ask for another report")
  func companions() throws {
    let folder = "/in/2026-03-01 10.02.11 Data structures 123456"
    let found = Discovery(
      files: [
        file("\(folder)/zoom_0.mp4"), file("\(folder)/zoom_1.mp4"),
        file("\(folder)/meeting_saved_chat.txt", modified: 9_000_000_000),
      ])
    let first = try #require(found.candidates.first { $0.name.part == 1 })
    let second = try #require(found.candidates.first { $0.name.part == 2 })
    #expect(first.companions.map(\.name) == ["meeting_saved_chat.txt"])
    #expect(second.companions.isEmpty)
    #expect(first.hasNewCompanion(since: 8))
    #expect(!first.hasNewCompanion(since: 9) && !second.hasNewCompanion(since: 8))
  }

  @Test("A transcript is that of its own name's recording, its own part, or its own meeting's views alone")
  func names() {
    func companions(_ names: String...) -> [String: [String]] {
      let found = Discovery(files: names.map { file("/in/\($0)") }).candidates
      return Dictionary(uniqueKeysWithValues: found.map { ($0.file.name, $0.companions.map(\.name)) })
    }
    #expect(
      companions("algebra.mp4", "algebra.vtt", "algebra_2.mp4", "algebra_gallery_1280x720.mp4")
        == ["algebra.mp4": ["algebra.vtt"], "algebra_2.mp4": [], "algebra_gallery_1280x720.mp4": []])
    #expect(
      companions("class.mp4", "class.en.vtt", "week_gvo.mp4", "week.vtt")
        == ["class.mp4": ["class.en.vtt"], "week_gvo.mp4": ["week.vtt"]])
    let zoom = "GMT20260301-100211_Recording"
    #expect(
      companions(
        "\(zoom)_gallery_1920x1080.mp4", "\(zoom)_2_gallery_1920x1080.mp4", "\(zoom).transcript.vtt",
        "\(zoom)_2.transcript.vtt") == [
          "\(zoom)_gallery_1920x1080.mp4": ["\(zoom).transcript.vtt"],
          "\(zoom)_2_gallery_1920x1080.mp4": ["\(zoom)_2.transcript.vtt"],
        ])
  }

  @Test("Parts of a meeting are analysed each, and say so")
  func parts() {
    let folder = "/in/2026-03-01 10.02.11 Data structures 123456"
    let found = Discovery(files: ["zoom_0.mp4", "zoom_1.mp4"].map { file("\(folder)/\($0)") })
    #expect(
      Set(found.candidates.map(\.title)) == [
        "Data structures, part 1 of 2", "Data structures, part 2 of 2",
      ])
  }

  @Test("What is not a recording is left alone; what Zoom has yet to convert is named")
  func others() {
    let found = Discovery(
      files: [
        "audio_only.m4a", "playback.m3u", "double_click_to_convert_01.zoom", ".hidden.mp4", "notes.pdf",
      ]
      .map { file("/in/\($0)") })
    #expect(found.candidates.isEmpty)
    #expect(found.unconverted.map(\.name) == ["double_click_to_convert_01.zoom"])
  }

  @Test("The oldest comes first")
  func order() {
    let found = Discovery(files: [
      file("/in/b.mp4", modified: 2), file("/in/c.mp4", modified: 1), file("/in/a.mp4", modified: 2),
    ])
    #expect(found.candidates.map(\.file.name) == ["c.mp4", "a.mp4", "b.mp4"])
  }

  @Test("A walk ends in spite of loops, meets each file once, and passes over reports")
  func walk() throws {
    let root = NSTemporaryDirectory() + "walk-\(UUID().uuidString)"
    let files = FileManager.default
    defer { try? files.removeItem(atPath: root) }
    try files.createDirectory(atPath: "\(root)/term/week 1", withIntermediateDirectories: true)
    try files.createDirectory(atPath: "\(root)/Reports/a", withIntermediateDirectories: true)
    try files.createSymbolicLink(atPath: "\(root)/term/loop", withDestinationPath: root)
    for name in ["term/week 1/Größe 🎓\n.mp4", "term/week 1/-rf.mkv", "Reports/a/run.json", "Reports/a/x.mp4"]
    {
      #expect(files.createFile(atPath: "\(root)/\(name)", contents: Data([1])))
    }
    try files.createSymbolicLink(
      atPath: "\(root)/term/again.mkv", withDestinationPath: "\(root)/term/week 1/-rf.mkv")
    let found = Discovery(in: [root, "\(root)/missing"], output: "\(root)/elsewhere")
    #expect(found.candidates.count == 2)
    #expect(found.refusals.map(\.reason) == ["No such file or directory"])
    #expect(found.passedOver == ["\(Discovery.absolute(root))/Reports/a"])
  }

  @Test("A folder that was named is looked into, whatever it holds")
  func named() throws {
    let root = NSTemporaryDirectory() + "walk-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    try FileManager.default.createDirectory(atPath: "\(root)/report", withIntermediateDirectories: true)
    for name in ["run.json", "a.mp4", "report/run.json", "report/observations.sqlite"] {
      #expect(FileManager.default.createFile(atPath: "\(root)/\(name)", contents: Data([1])))
    }
    let found = Discovery(in: [root], output: "\(root)/elsewhere")
    #expect(found.candidates.map(\.file.name) == ["a.mp4"])
    #expect(found.passedOver.isEmpty)
    #expect(FileManager.default.createFile(atPath: "\(root)/report/b.mp4", contents: Data([1])))
    let both = Discovery(in: [root, "\(root)/report"], output: "\(root)/elsewhere")
    #expect(both.candidates.count == 2 && both.passedOver.isEmpty)
  }
}
