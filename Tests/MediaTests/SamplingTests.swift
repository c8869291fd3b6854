import Foundation
import Testing
import Vocabulary

@testable import Media

@Suite struct SamplingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var codec = "libx264"
    var rate = Timestamp(25)
    var bFrames: Int? = 3
    var count = 130
    var encoder: [String: String] = [:]
    var pixelFormat = "yuv420p"

    func make() throws -> URL {
      try Clip.make(name, count: count) {
        $0.codec = codec
        $0.frameRate = rate
        $0.bFrames = bFrames
        $0.encoder = encoder
        $0.pixelFormat = pixelFormat
        if ["mpeg4", "mpeg2video", "mjpeg"].contains(codec) { $0.bitRate = 800_000 }
      }
    }

    var testDescription: String { "\(name) \(codec) \(rate.numerator)/\(rate.denominator) \(encoder)" }
  }

  static let cases = [
    Case(name: "a.mp4"), Case(name: "a.mov"), Case(name: "a.mkv"), Case(name: "a.ts"), Case(name: "a.flv"),
    Case(name: "a.mp4", bFrames: 0),
    Case(name: "ntsc.mp4", rate: Timestamp(30000, over: 1001)),
    Case(name: "film.mkv", rate: Timestamp(24000, over: 1001)),
    Case(name: "pyramid.mp4", encoder: ["x264-params": "b-pyramid=normal:bframes=5:ref=4:keyint=30"]),
    Case(
      name: "open.mp4",
      encoder: ["x264-params": "open-gop=1:bframes=3:keyint=24:min-keyint=24:scenecut=0:b-adapt=0"]),
    Case(
      name: "open.mkv",
      encoder: ["x264-params": "open-gop=1:bframes=3:keyint=24:min-keyint=24:scenecut=0:b-adapt=0"]),
    Case(name: "refresh.mp4", bFrames: 0, encoder: ["x264-params": "intra-refresh=1:keyint=24"]),
    Case(
      name: "hevc.mp4", codec: "libx265",
      encoder: ["x265-params": "log-level=none:keyint=24:pools=1:frame-threads=1"]),
    Case(
      name: "hevc.ts", codec: "libx265",
      encoder: ["x265-params": "log-level=none:keyint=24:pools=1:frame-threads=1"]),
    Case(
      name: "ten.mp4", codec: "libx265", encoder: ["x265-params": "log-level=none:pools=1:frame-threads=1"],
      pixelFormat: "yuv420p10le"),
    Case(name: "ten.mkv", pixelFormat: "yuv420p10le"),
    Case(
      name: "a.webm", codec: "libvpx-vp9", bFrames: nil, encoder: ["deadline": "realtime", "cpu-used": "8"]),
    Case(
      name: "vp8.webm", codec: "libvpx", bFrames: nil,
      encoder: ["deadline": "realtime", "cpu-used": "8", "b": "200k"]),
    Case(
      name: "av1.mp4", codec: "libaom-av1", bFrames: nil, count: 60,
      encoder: ["usage": "realtime", "cpu-used": "8"]),
    Case(name: "mpeg4.mp4", codec: "mpeg4", bFrames: 2), Case(name: "mpeg4.avi", codec: "mpeg4", bFrames: 2),
    Case(name: "mpeg4.avi", codec: "mpeg4", bFrames: 0), Case(name: "h264.avi"),
    Case(name: "mjpeg.avi", codec: "mjpeg", bFrames: nil, encoder: ["strict": "-2"], pixelFormat: "yuvj420p"),
    Case(name: "mpeg2.ts", codec: "mpeg2video", bFrames: 2),
  ]

  @Test(arguments: cases)
  func aSampleShowsTheFrameOnScreenAtItsInstant(_ one: Case) throws {
    let url = try one.make()
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let grid = SamplingGrid.every(Timestamp(3, over: 10))
    let (samples, gaps) = try recording.samples(on: grid)
    #expect(gaps.isEmpty)
    #expect(samples.map(\.index) == Array(recording.indices(of: grid)))
    let frame = Timestamp(one.rate.denominator, over: one.rate.numerator)
    // Some containers round to milliseconds.
    let rounding = ["mkv", "webm", "flv"].contains(url.pathExtension) ? Timestamp(1, over: 2000) : .zero
    let expected = samples.map { Int(($0.gridTime + rounding).intervals(of: frame)) }
    #expect(samples.map { Clip.number(in: $0.frame.image) } == expected)
    #expect(abs(recording.duration.seconds - Double(one.count) * frame.seconds) < 0.05)
  }

  @Test(arguments: cases)
  func aSampleIsBitForBitTheFrameOfDecodingEverything(_ one: Case) throws {
    let url = try one.make()
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let everything = try Reference.decodeAll(recording)
    #expect(everything.count == one.count)
    for interval in [Timestamp(1, over: 25), Timestamp(3, over: 10), Timestamp(17, over: 10)] {
      let (samples, _) = try recording.samples(on: .every(interval))
      let wrong = samples.filter { sample in
        everything.last { $0.timestamp <= sample.gridTime }?.image != sample.frame.image
      }
      #expect(wrong.map(\.index) == [], "every \(interval)")
    }
  }

  @Test(arguments: cases)
  func theSameFramesComeOutHoweverTheRecordingIsSliced(_ one: Case) throws {
    let url = try one.make()
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let grid = SamplingGrid.every(Timestamp(1, over: 5))
    let whole = try recording.samples(on: grid).frames
    var sliced: [SampledFrame] = []
    for start in stride(from: Int64(0), to: Int64(whole.count), by: 4) {
      sliced += try recording.samples(on: grid, in: start..<min(start + 4, Int64(whole.count))).frames
    }
    #expect(sliced.map(\.index) == whole.map(\.index))
    #expect(sliced.map(\.frame.timestamp) == whole.map(\.frame.timestamp))
    #expect(zip(sliced, whole).filter { $0.frame.image != $1.frame.image }.map(\.0.index) == [])
  }
}
