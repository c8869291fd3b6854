import Benchmarking
import Foundation
import Media
import Rendering

/// The recordings that the benchmarks work on: 25 drawn faces, kept between runs.
struct BenchRecordings {
  /// A way to encode a recording.
  struct Variant {
    let name: String
    let width: Int
    let height: Int
    let groupLength: Int
    let bFrames: Int
    var people = 25

    static let all = [
      Variant(
        name: "720p, keyframe every 10 s, B-frames", width: 1280, height: 720, groupLength: 250, bFrames: 2),
      Variant(
        name: "720p, keyframe every 2 s, B-frames", width: 1280, height: 720, groupLength: 50, bFrames: 2),
      Variant(
        name: "720p, keyframe every 10 s, no B-frames", width: 1280, height: 720, groupLength: 250, bFrames: 0
      ),
      Variant(
        name: "1080p, keyframe every 10 s, B-frames", width: 1920, height: 1080, groupLength: 250, bFrames: 2),
    ]

    /// Galleries of several sizes, for the cost of faces.
    static let galleries = [(9, 720), (25, 720), (49, 720), (25, 1080)].map { people, height in
      Variant(
        name: "\(people) faces, \(height)p", width: height * 16 / 9, height: height, groupLength: 250,
        bFrames: 2, people: people)
    }

    /// Name of the file without its ending.
    var stem: String { "\(people)-\(height)p-gop\(groupLength)-b\(bFrames)" }
  }

  static let drawnSeconds = 30
  let folder: URL

  init(folder: URL) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A recording of the given length, drawn where it is not there yet.
  ///
  /// Half a minute is drawn and encoded; ffmpeg repeats its packets, which costs a decoder as much as other
  /// pictures would.
  func file(_ variant: Variant, minutes: Int) throws -> URL {
    let file = folder.appendingPathComponent("\(variant.stem)-\(minutes)min.mp4")
    guard !FileManager.default.fileExists(atPath: file.path) else { return file }
    let loop = try loop(variant)
    let repeats = minutes * 60 / BenchRecordings.drawnSeconds - 1
    try ffmpeg(["-stream_loop", "\(repeats)", "-i", loop.path, "-c", "copy"], to: file)
    return file
  }

  /// Half a minute.
  func loop(_ variant: Variant) throws -> URL {
    let loop = folder.appendingPathComponent("\(variant.stem).mp4")
    if !FileManager.default.fileExists(atPath: loop.path) {
      let alike = Variant.all.filter { $0.height == variant.height && $0.people == variant.people }
      try draw(alike.contains { $0.stem == variant.stem } ? alike : [variant])
    }
    return loop
  }

  /// Writes `file` whole or not at all.
  private func ffmpeg(_ arguments: [String], to file: URL) throws {
    let partial = folder.appendingPathComponent("partial.\(file.pathExtension)")
    _ = try Command("ffmpeg", ["-y", "-v", "error"] + arguments + [partial.path]).measure()
    try FileManager.default.moveItem(at: partial, to: file)
  }

  /// Draws once and encodes in every given way; all show the same.
  private func draw(_ variants: [Variant]) throws {
    guard let size = variants.first else { return }
    let lecture = Lecture(people: size.people, seconds: BenchRecordings.drawnSeconds, steady: true)
    var renderer = GalleryRenderer(lecture, width: size.width, height: size.height)
    let writers = try variants.map { variant in
      var options = VideoWriter.Options()
      (options.groupLength, options.bFrames) = (variant.groupLength, variant.bFrames)
      // As recorders do, which encode while the class goes on.
      options.preset = "veryfast"
      return try VideoWriter(
        url: folder.appendingPathComponent("\(variant.stem).mp4"), width: variant.width,
        height: variant.height, options: options)
    }
    for index in 0..<lecture.seconds * renderer.framesPerSecond {
      let frame = renderer.frame(index)
      for writer in writers { try writer.append(frame) }
    }
    for writer in writers { try writer.finish() }
  }
}
