import Foundation
import Testing
import Vocabulary

@testable import Media

@Suite struct OddRecordingsTests {
  let tenths = SamplingGrid.every(Timestamp(1, over: 10))

  private func numbers(_ url: URL, on grid: SamplingGrid) throws -> [Int] {
    let recording = try Recording(opening: url)
    let (samples, gaps) = try recording.samples(on: grid)
    #expect(gaps.isEmpty)
    return samples.map { Clip.number(in: $0.frame.image) }
  }

  @Test(arguments: ["mp4", "mkv", "ts", "flv"])
  func aVariableRateShowsEachFrameUntilTheNext(_ container: String) throws {
    let times = [0, 40, 80, 900, 930, 2500, 2540, 2580, 4000].map { Timestamp($0, over: 1000) }
    let url = try Clip.make("vfr.\(container)", count: times.count, times: times) {
      $0.clockRate = Timestamp(1000)
      $0.bFrames = 2
    }
    defer { try? FileManager.default.removeItem(at: url) }
    let expected = (0...40).map { k in times.lastIndex { $0 <= Timestamp(Int64(k), over: 10) } ?? -1 }
    #expect(try numbers(url, on: tenths).prefix(41).elementsEqual(expected))
  }

  @Test(arguments: ["mp4", "mkv", "ts", "mov"])
  func theClockIsZeroAtTheFirstFrameWhateverTheContainerSays(_ container: String) throws {
    let times = (0..<50).map { Timestamp(7) + Timestamp(Int64($0), over: 25) }
    let url = try Clip.make("late.\(container)", count: 50, times: times) { $0.bFrames = 2 }
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let (samples, _) = try recording.samples(on: .every(Timestamp(1, over: 5)))
    #expect(samples.map { Clip.number(in: $0.frame.image) } == Array(stride(from: 0, to: 50, by: 5)))
    #expect(samples.first?.frame.timestamp == .zero)
    #expect(abs(recording.duration.seconds - 2) < 0.002)
  }

  @Test(.enabled(if: FFmpegTool.isPresent, "needs the ffmpeg command"))
  func anEditListHidesTheFramesBeforeItsStart() throws {
    let whole = try Clip.make("whole.mp4", count: 100) { $0.bFrames = 2 }
    let cut = Clip.url("cut.mp4")
    defer { for url in [whole, cut] { try? FileManager.default.removeItem(at: url) } }
    // Frame 40 is in the middle of a group, so that its keyframe has to be decoded and not shown.
    try FFmpegTool.run(["-ss", "1.6", "-i", whole.path, "-c", "copy", cut.path])
    #expect(try numbers(cut, on: .every(Timestamp(1, over: 25))) == Array(40..<100))
  }

  @Test func negativeTimesAreShownFromTheFirstFrameOn() throws {
    let times = (0..<25).map { Timestamp(Int64($0) - 10, over: 25) }
    let url = try Clip.make("negative.nut", count: 25, times: times) { $0.bFrames = 0 }
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(try numbers(url, on: .every(Timestamp(1, over: 25))) == Array(0..<25))
  }

  @Test(arguments: [90, 180, 270])
  func aRotatedRecordingStandsUpright(_ rotation: Int) throws {
    let plain = try Clip.make("plain.mp4", count: 3)
    let turned = try Clip.make("turned.mp4", count: 3) { $0.rotation = rotation }
    defer { for url in [plain, turned] { try? FileManager.default.removeItem(at: url) } }
    let recording = try Recording(opening: turned)
    let source = try #require(try Recording(opening: plain).samples(on: tenths).frames.first).frame.image
    let image = try #require(try recording.samples(on: tenths).frames.first).frame.image
    #expect(recording.information.rotation == rotation)
    #expect(recording.information.displayedWidth == image.width)
    #expect(recording.information.displayedHeight == image.height)
    #expect(image == source.turned(clockwise: rotation))
  }

  @Test(.enabled(if: FFmpegTool.isPresent, "needs the ffmpeg command"), arguments: [90, 270])
  func rotationIsTheOneThatFFmpegApplies(_ rotation: Int) throws {
    let video = try Clip.make("turned.mp4", count: 3) { $0.rotation = rotation }
    let picture = Clip.url("first.png")
    defer { for url in [video, picture] { try? FileManager.default.removeItem(at: url) } }
    try FFmpegTool.run(["-i", video.path, "-frames:v", "1", picture.path])
    let image = try #require(try Recording(opening: video).samples(on: tenths).frames.first).frame.image
    #expect(image.distance(to: try PictureReader.read(picture)) < 8)
  }

  @Test func pixelsAreShownSquare() throws {
    let wide = try Clip.make("wide.mp4", count: 3) { $0.pixelAspectRatio = Timestamp(4, over: 3) }
    let tall = try Clip.make("tall.mkv", count: 3) { $0.pixelAspectRatio = Timestamp(1, over: 2) }
    defer { for url in [wide, tall] { try? FileManager.default.removeItem(at: url) } }
    let first = try #require(try Recording(opening: wide).samples(on: tenths).frames.first).frame.image
    #expect(first.width == 85 && first.height == 48)
    let second = try #require(try Recording(opening: tall).samples(on: tenths).frames.first).frame.image
    #expect(second.width == 64 && second.height == 96)
    #expect(try Recording(opening: tall).information.displayedHeight == 96)
  }

  @Test(arguments: [("yuv420p", false), ("yuv420p", true), ("yuv420p10le", false), ("yuv444p", true)])
  func coloursComeBackInEveryRangeAndDepth(_ pixelFormat: String, _ fullRange: Bool) throws {
    let colours: [[UInt8]] = [[250, 250, 250], [5, 5, 5], [200, 60, 40], [40, 180, 60], [50, 70, 210]]
    var options = VideoWriter.Options()
    options.pixelFormat = pixelFormat
    options.fullRange = fullRange
    options.quality = 5
    let url = Clip.url("colours.mp4")
    defer { try? FileManager.default.removeItem(at: url) }
    let writer = try VideoWriter(url: url, width: 64, height: 48, options: options)
    for colour in colours {
      let pixels = (0..<64 * 48).flatMap { _ in colour }
      try writer.append(try #require(Image(width: 64, height: 48, channels: 3, pixels: pixels)))
    }
    try writer.finish()
    let samples = try Recording(opening: url).samples(on: .every(Timestamp(1, over: 25))).frames
    for (sample, colour) in zip(samples, colours) {
      let shown = sample.frame.image.pixels[(24 * 64 + 32) * 3..<(24 * 64 + 32) * 3 + 3]
      #expect(zip(shown, colour).allSatisfy { abs(Int($0) - Int($1)) <= 4 }, "\(Array(shown)) for \(colour)")
    }
  }

  @Test func aResolutionThatChangesInTheMiddleIsFollowed() throws {
    let small = try Clip.make("small.ts", count: 30) { $0.bFrames = 2 }
    let large = Clip.url("large.ts")
    defer { for url in [small, large] { try? FileManager.default.removeItem(at: url) } }
    let writer = try VideoWriter(url: large, width: 128, height: 96)
    for number in 30..<60 {
      try writer.append(Clip.picture(number, width: 128, height: 96), at: Timestamp(Int64(number), over: 25))
    }
    try writer.finish()
    try (Data(contentsOf: small) + Data(contentsOf: large)).write(to: small)
    let samples = try Recording(opening: small).samples(on: .every(Timestamp(1, over: 5))).frames
    #expect(samples.map { Clip.number(in: $0.frame.image) } == Array(stride(from: 0, to: 60, by: 5)))
    #expect(samples.map(\.frame.image.width) == [64, 64, 64, 64, 64, 64, 128, 128, 128, 128, 128, 128])
  }

  @Test func aSplicedBroadcastGoesOnWhereTheClockJumps() throws {
    let first = try Clip.make("first.ts", count: 30)
    let second = try Clip.make(
      "second.ts", count: 30, times: (0..<30).map { Timestamp(Int64($0), over: 25) })
    defer { for url in [first, second] { try? FileManager.default.removeItem(at: url) } }
    try (Data(contentsOf: first) + Data(contentsOf: second)).write(to: first)
    let recording = try Recording(opening: first)
    #expect(abs(recording.duration.seconds - 2.4) < 0.1)
    let shown = try numbers(first, on: .every(Timestamp(1, over: 5)))
    #expect(shown.prefix(6).elementsEqual(stride(from: 0, to: 30, by: 5)))
    #expect(shown.count == 12 && shown.last ?? 0 > 20)
  }

  @Test func keyframesAreAGridOfTheirOwn() throws {
    let url = try Clip.make("keys.mp4", count: 100) { $0.groupLength = 20 }
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    #expect(recording.keyframeTimes == (0..<5).map { Timestamp(Int64($0) * 20, over: 25) })
    #expect(recording.indices(of: .keyframes, from: Timestamp(1)) == 2..<5)
    let (samples, _) = try recording.samples(on: .keyframes)
    #expect(samples.map { Clip.number(in: $0.frame.image) } == [0, 20, 40, 60, 80])
  }
}

extension Image {
  /// Turned by quarter turns, pixel by pixel.
  func turned(clockwise degrees: Int) -> Image {
    var result = self
    for _ in 0..<degrees / 90 {
      let source = result
      result = Image(width: source.height, height: source.width, channels: channels)
      for y in 0..<result.height {
        for x in 0..<result.width {
          for channel in 0..<channels {
            result.pixels[(y * result.width + x) * channels + channel] =
              source.pixels[((source.height - 1 - x) * source.width + y) * channels + channel]
          }
        }
      }
    }
    return result
  }

  /// Mean absolute difference of the samples; infinite between pictures of different sizes.
  func distance(to other: Image) -> Double {
    guard width == other.width, height == other.height, channels == other.channels else { return .infinity }
    let sum = zip(pixels, other.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(pixels.count)
  }
}
