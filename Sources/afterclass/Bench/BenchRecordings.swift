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

    /// Name of the file without its ending.
    var stem: String { "\(height)p-gop\(groupLength)-b\(bFrames)" }
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
    let loop = folder.appendingPathComponent("\(variant.stem).mp4")
    if !FileManager.default.fileExists(atPath: loop.path) {
      try draw(Variant.all.filter { $0.height == variant.height })
    }
    let repeats = minutes * 60 / BenchRecordings.drawnSeconds - 1
    let partial = folder.appendingPathComponent("partial.mp4")
    _ = try Command(
      "ffmpeg",
      ["-y", "-v", "error", "-stream_loop", "\(repeats)", "-i", loop.path, "-c", "copy", partial.path]
    ).measure()
    try FileManager.default.moveItem(at: partial, to: file)
    return file
  }

  /// Draws once and encodes in every given way; all are of one size.
  private func draw(_ variants: [Variant]) throws {
    guard let size = variants.first else { return }
    let lecture = Lecture(people: 25, seconds: BenchRecordings.drawnSeconds, steady: true)
    var renderer = GalleryRenderer(lecture, width: size.width, height: size.height)
    let writers = try variants.map { variant in
      var options = VideoWriter.Options()
      (options.groupLength, options.bFrames) = (variant.groupLength, variant.bFrames)
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
