import Foundation
import Testing
import Vocabulary

@testable import Media

@Suite struct BadInputTests {
  /// The error of opening a file with these bytes.
  private func refusal(_ bytes: Data, as name: String = "lecture.mp4") throws -> MediaError {
    let url = Clip.url(name)
    try bytes.write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let error = #expect(throws: MediaError.self) { try Recording(opening: url) }
    let refused = try #require(error)
    #expect(refused.description.contains(url.lastPathComponent))
    #expect(!refused.description.contains("\n"))
    return refused
  }

  @Test func aMissingFileIsNamed() throws {
    let error = #expect(throws: MediaError.self) {
      try Recording(opening: URL(filePath: "/no/such/lecture.mp4"))
    }
    #expect(error?.code == .missing)
    #expect(
      error?.description
        == "/no/such/lecture.mp4: cannot open: there is no such file; check the path /no/such")
  }

  @Test func aFolderIsNotARecording() {
    let error = #expect(throws: MediaError.self) {
      try Recording(opening: FileManager.default.temporaryDirectory)
    }
    #expect(error?.code == .missing)
  }

  @Test func aDeviceIsNotARecording() {
    let error = #expect(throws: MediaError.self) { try Recording(opening: URL(filePath: "/dev/zero")) }
    #expect(error?.code == .missing)
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func aFileWithoutPermissionIsNamed() throws {
    let url = try Clip.make("closed.mp4", count: 3)
    defer { try? FileManager.default.removeItem(at: url) }
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: url.path)
    let error = #expect(throws: MediaError.self) { try Recording(opening: url) }
    #expect(error?.code == .unreadable)
  }

  @Test func anEmptyFileIsEmpty() throws {
    #expect(try refusal(Data()).code == .empty)
  }

  @Test func textIsNotAVideo() throws {
    let error = try refusal(Data(String(repeating: "Minutes of the meeting.\n", count: 200).utf8))
    #expect(error.code == .unrecognised)
  }

  @Test func noiseIsNotAVideo() throws {
    var state: UInt32 = 1
    let bytes = (0..<100_000).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    #expect(try refusal(Data(bytes)).code != .playlist)
  }

  @Test func aRecordingCutOffBeforeItsIndexSaysSo() throws {
    let url = try Clip.make("whole.mp4", count: 60)
    defer { try? FileManager.default.removeItem(at: url) }
    let bytes = try Data(contentsOf: url)
    let error = try refusal(bytes.prefix(bytes.count / 2))
    #expect(error.code == .unrecognised)
    #expect(error.reason.contains("moov"))
  }

  @Test func aRecordingCutOffBehindItsIndexIsReadAsFarAsItGoes() throws {
    let url = try Clip.make("cut.mp4", count: 100) {
      $0.container = ["movflags": "faststart"]
      $0.bFrames = 2
    }
    defer { try? FileManager.default.removeItem(at: url) }
    let bytes = try Data(contentsOf: url)
    try bytes.prefix(bytes.count * 6 / 10).write(to: url)
    let recording = try Recording(opening: url)
    #expect(abs(recording.duration.seconds - 4) < 0.1)
    #expect(recording.information.readableDuration < recording.duration)
    let (samples, gaps) = try recording.samples(on: .every(Timestamp(1, over: 5)))
    #expect(samples.allSatisfy { Clip.number(in: $0.frame.image) == $0.index * 5 })
    #expect(samples.count >= 8)
    #expect(gaps.last?.indices.upperBound == 20)
    #expect(samples.count + gaps.reduce(0) { $0 + $1.indices.count } == 20)
  }

  @Test(.enabled(if: FFmpegTool.isPresent, "needs the ffmpeg command"))
  func soundAloneIsNotAVideo() throws {
    let url = Clip.url("sound.mp4")
    defer { try? FileManager.default.removeItem(at: url) }
    try FFmpegTool.run(["-f", "lavfi", "-i", "sine=duration=1", url.path])
    #expect(try refusal(Data(contentsOf: url)).code == .noVideo)
  }

  @Test func aVideoWithoutFramesIsRefused() throws {
    let url = Clip.url("none.mkv")
    defer { try? FileManager.default.removeItem(at: url) }
    try VideoWriter(url: url, width: 64, height: 48).finish()
    let code = try refusal(Data(contentsOf: url), as: "none.mkv").code
    #expect([.noFrames, .unrecognised].contains(code))
  }

  @Test(arguments: ["mp4", "mkv", "ts", "avi", "flv"])
  func damageInTheMiddleLosesItsGroupAlone(_ container: String) throws {
    let url = try Clip.make("damaged.\(container)", count: 200) {
      $0.bFrames = 2
      $0.encoder = ["x264-params": "scenecut=0"]
    }
    defer { try? FileManager.default.removeItem(at: url) }
    let grid = SamplingGrid.every(Timestamp(1, over: 5))
    let intact = try Recording(opening: url)
    let expected = try intact.samples(on: grid).frames
    // Groups of 24 frames: the fifth begins at frame 96, sample 19.2.
    var bytes = try Data(contentsOf: url)
    let place = try #require(Self.place(ofKeyframe: 4, in: bytes, intact))
    for offset in 40..<440 { bytes[place + offset] = UInt8(truncatingIfNeeded: offset &* 151) }
    try bytes.write(to: url)
    let recording = try Recording(opening: url)
    let (samples, gaps) = try recording.samples(on: grid)
    // A transport stream notices lost packets with the one before, too, which no sample needs.
    #expect(gaps.map(\.indices) == [20..<24])
    #expect(samples.map(\.index) == Array(0..<20) + Array(24..<40))
    let changed = samples.filter { $0.frame.image != expected[Int($0.index)].frame.image }
    #expect(changed.map(\.index) == [])
  }

  /// Where a keyframe's bytes begin: by the index, else by the start codes of its parameter sets or slice.
  private static func place(ofKeyframe number: Int, in bytes: Data, _ recording: Recording) -> Int? {
    let entries = recording.packets.entries
    if entries.indices.contains(number) { return Int(entries[number].position) }
    var places: [Int] = []
    var start = bytes.startIndex
    while let found = bytes.range(of: Data([0, 0, 1, 0x65]), in: start..<bytes.endIndex) {
      places.append(found.lowerBound)
      start = found.upperBound
    }
    return places.indices.contains(number) ? places[number] : nil
  }

  @Test func aPictureOfAbsurdSizeIsRefused() throws {
    let url = try Clip.make("bomb.mkv", count: 3)
    defer { try? FileManager.default.removeItem(at: url) }
    var bytes = try Data(contentsOf: url)
    // Matroska's PixelWidth (B0) and PixelHeight (BA), one byte each: 64 x 48.
    let place = try #require(bytes.range(of: Data([0xB0, 0x81, 64, 0xBA, 0x81, 48])))
    bytes.replaceSubrange(place, with: [0xB0, 0x82, 0xF0, 0x00, 0xBA, 0x80])
    #expect(try refusal(bytes, as: "bomb.mkv").code == .tooLarge)
  }

  @Test func aCancelledTaskStopsDecoding() async throws {
    let url = try Clip.make("long.mp4", count: 100)
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try recording.samples(on: .every(Timestamp(1, over: 25))).frames.count
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
