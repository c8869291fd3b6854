import Foundation
import Testing

/// `probe`: what it tells of recordings before any time goes into them.
@Suite struct ProbeTests {
  private let folder = TemporaryFolder()
  /// Debug builds are slow.
  private static let quick = [
    "--set", "sample.every=10s", "--set", "detect.detector=cascade", "--set", "detect.long-side=640",
    "--set", "classify.bundle=none",
  ]

  private func probe(_ arguments: String...) throws -> CommandLine.Result {
    try CommandLine.run(["probe"] + Self.quick + arguments)
  }

  private struct Answer: Decodable {
    struct Information: Decodable {
      struct Time: Decodable { var numerator, denominator: Int }
      var codec: String
      var displayedWidth, displayedHeight, frameCount, keyframeCount: Int
      var averageFrameRate: Double
      var duration, readableDuration: Time
    }
    var path: String
    var information: Information
    var samples: Int
    var estimatedSeconds: Double?
  }

  /// The answers of `--json`, one a line.
  private func answers(_ result: CommandLine.Result) throws -> [Answer] {
    try result.output.split(separator: "\n").map {
      try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
    }
  }

  @Test func `a recording is told by picture, length and the time that it will take`() throws {
    let result = try probe(CommandLine.sample.path)
    try #require(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(4) == [
        "recording  lecture.mp4", "picture    1280×720, h264 yuv420p, 25 frames/s",
        "length     00:02:10, 3250 frames, 13 keyframes", "container  mov,mp4,m4a,3gp,3g2,mj2",
      ])
    #expect(lines.count == 5, "\(lines)")
    #expect(lines.last?.contains(/^analysis   about [\d:]+ with \d+ jobs, 13 samples$/) == true, "\(lines)")
  }

  @Test func `what is no video is told by its name, and what is named beside it is answered`() throws {
    let notes = folder.url.appendingPathComponent("notes.mp4")
    try Data("Minutes of the meeting\n".utf8).write(to: notes)
    let alone = try probe(notes.path)
    #expect(alone.status == 2 && alone.output.isEmpty)
    #expect(alone.errors.hasPrefix("afterclass: \(notes.path): cannot open: it is not a video file"))
    #expect(alone.errors.split(separator: "\n").count == 1, "\(alone.errors)")

    let both = try probe("--json", notes.path, CommandLine.sample.path)
    #expect(both.status == 2 && both.errors == alone.errors)
    let answers = try answers(both)
    let answer = try #require(answers.first)
    #expect(answers.count == 1 && answer.path == CommandLine.sample.path && answer.samples == 13)
    #expect((answer.estimatedSeconds ?? 0) > 0)
    let information = answer.information
    #expect(information.codec == "h264" && information.averageFrameRate == 25)
    #expect(information.displayedWidth == 1280 && information.displayedHeight == 720)
    #expect(information.frameCount == 3250 && information.keyframeCount == 13)
    for length in [information.duration, information.readableDuration] {
      #expect(length.numerator == 130 * length.denominator)
    }
  }

  @Test func `a range that holds no frame is impossible and has no estimate`() throws {
    let late = ["--set", "sample.from=10m"]
    let told = try probe(CommandLine.sample.path, late[0], late[1])
    #expect(
      told.output.hasSuffix("analysis   not possible: no frame could be read in the range asked for\n"),
      "\(told.output)\(told.errors)")
    let answer = try #require(answers(try probe("--json", CommandLine.sample.path, late[0], late[1])).first)
    #expect(answer.samples == 0 && answer.estimatedSeconds == nil)
  }

  @Test func `of a recording that was cut off it tells up to where there are frames`() throws {
    let whole = try Data(contentsOf: CommandLine.sample)
    let half = folder.url.appendingPathComponent("half.mp4")
    try whole.prefix(whole.count * 6 / 10).write(to: half)
    let result = try probe(half.path, "--set", "sample.to=20s")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("length     00:02:10"))
    #expect(result.output.contains(/damage     there are frames up to 00:01:\d\d only\n/), "\(result.output)")
  }
}
