import Testing

@testable import Batch

@Suite("A recording's name says which meeting it is")
struct RecordingNameTests {
  @Test(
    "Zoom's cloud names give the view and the time",
    arguments: [
      ("GMT20260301-100211_Recording_gvo_1280x720.mp4", RecordingName.Layout.galleryOnly),
      ("GMT20260301-100211_Recording_gallery_1920x1080.mp4", .galleryWithScreen),
      ("GMT20260301-100211_Recording_avo_640x360.mp4", .speakerOnly),
      ("GMT20260301-100211_Recording_as_1920x1080.mp4", .speakerWithScreen),
      ("GMT20260301-100211_Recording_1920x1080.mp4", .unstated),
      ("GMT20260301-100211_Recording.transcript.vtt", .unstated),
      ("GMT20260301-100211_Recording.cc.vtt", .unstated),
      ("GMT20260301-100211_RecordingnewChat.txt", .unstated),
    ])
  func zoomCloud(file: String, layout: RecordingName.Layout) {
    let name = RecordingName(file: file, folder: "anything")
    #expect(name.layout == layout)
    #expect(name.started == "2026-03-01T10:02:11Z")
    #expect(name.meeting == "GMT20260301-100211")
  }

  @Test("Zoom's local folders give the topic, and their files the part")
  func zoomLocal() {
    let folder = "2026-03-01 10.02.11 Data structures 123456"
    let video = RecordingName(file: "video1234567.mp4", folder: folder)
    #expect(video.topic == "Data structures")
    #expect(video.started == "2026-03-01T10:02:11")
    #expect(RecordingName(file: "zoom_1.mp4", folder: folder).part == 2)
    let chat = RecordingName(file: "meeting_saved_chat.txt", folder: folder)
    #expect(chat.meeting == video.meeting)
  }

  @Test("Teams' and Meet's names give topic and time")
  func teamsAndMeet() {
    let teams = RecordingName(
      file: "Data structures-20260301_100211-Meeting Recording.mp4", folder: "")
    #expect(teams.topic == "Data structures")
    #expect(teams.started == "2026-03-01T10:02:11")
    let meet = RecordingName(file: "Data structures (2026-03-01 at 10_02 GMT+1).mp4", folder: "")
    #expect(meet.topic == "Data structures")
    #expect(meet.started == "2026-03-01T10:02:00")
    let newer = RecordingName(
      file: "Data structures - 2026_03_01 10_02 CET - Recording.mp4", folder: "")
    #expect(newer.topic == "Data structures")
    #expect(newer.started == meet.started)
  }

  @Test("A name of no known form is its own topic; a date in it is read")
  func plain() {
    let name = RecordingName(file: "Vorlesung 2026-03-01 Größe.mp4", folder: "")
    #expect(name.topic == "Vorlesung 2026-03-01 Größe")
    #expect(name.started == "2026-03-01")
    #expect(RecordingName(file: "gallery-3x3.participants.csv", folder: "").meeting == "gallery-3x3")
    #expect(RecordingName(file: ".mp4", folder: "").topic == ".mp4")
  }
}
