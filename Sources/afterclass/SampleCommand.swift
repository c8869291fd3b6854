import ArgumentParser
import Foundation
import Media
import Rendering

/// Draws recordings of invented classes, for the tests, the benchmarks and the demonstration.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Draw a recording of an invented class, with its truth.",
    shouldDisplay: false, subcommands: [Make.self])

  enum Size: String, ExpressibleByArgument, CaseIterable {
    case small = "360p"
    case hd = "720p"
    case fullHD = "1080p"

    var pixels: (width: Int, height: Int) {
      switch self {
      case .small: (640, 360)
      case .hd: (1280, 720)
      case .fullHD: (1920, 1080)
      }
    }
  }

  struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a recording, its truth, its transcript and its chat.")

    @Option(help: "Size of the picture: 360p, 720p or 1080p.") var size = Size.hd
    @Option(help: "Attendees, 1 to 49; the first one teaches.") var people = 9
    @Option(help: "Length in seconds.") var seconds = 130
    @Option(help: "Longest distance between keyframes, in frames.") var gop = 250
    @Option(help: "Most B-frames in a row.") var bframes = 2
    @Option(help: "Constant rate factor of the encoder: lower is larger and finer.") var quality = 28
    @Option(help: "Another number draws other people.") var seed: UInt64 = 7
    @Flag(help: "Nobody joins, leaves, moves or turns the camera off.") var steady = false
    @Option(name: .shortAndLong, help: "The video file; the other files lie beside it.") var output: String

    func validate() throws {
      guard (1...49).contains(people) else { throw ValidationError("--people takes 1 to 49.") }
      guard (1...86_400).contains(seconds) else { throw ValidationError("--seconds takes 1 to 86400.") }
      guard gop >= 1, (0...16).contains(bframes) else {
        throw ValidationError("--gop starts at 1; --bframes takes 0 to 16.")
      }
    }

    func run() throws {
      let lecture = Lecture(people: people, seconds: seconds, seed: seed, steady: steady)
      let video = URL(fileURLWithPath: output)
      try draw(lecture, to: video)
      let (width, height) = size.pixels
      let truth = LectureTruth(lecture, width: width, height: height, framesPerSecond: 25)
      let stem = video.deletingPathExtension()
      try truth.json().write(to: stem.appendingPathExtension("truth.json"))
      try Data(lecture.transcript.utf8).write(to: stem.appendingPathExtension("transcript.vtt"))
      try Data(lecture.savedChat.utf8).write(to: stem.appendingPathExtension("newChat.txt"))
    }

    private func draw(_ lecture: Lecture, to video: URL) throws {
      let (width, height) = size.pixels
      var options = VideoWriter.Options()
      (options.groupLength, options.bFrames, options.quality) = (gop, bframes, quality)
      options.preset = "slow"
      options.container = ["movflags": "+faststart"]
      let writer = try VideoWriter(url: video, width: width, height: height, options: options)
      var renderer = GalleryRenderer(lecture, width: width, height: height)
      for index in 0..<lecture.seconds * renderer.framesPerSecond {
        try writer.append(renderer.frame(index))
      }
      try writer.finish()
    }
  }
}
