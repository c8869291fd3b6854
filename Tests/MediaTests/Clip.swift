import Foundation
import Media
import Vocabulary

/// Tiny recordings whose every frame shows its own number, made by the writer under test.
enum Clip {
  static let width = 64
  static let height = 48

  /// A picture with `number` as twelve blocks of black and white over a moving pattern, which makes work for B-frames.
  static func picture(_ number: Int, width: Int = width, height: Int = height) -> Image {
    var image = Image(width: width, height: height, channels: 3, filledWith: 90)
    for y in 0..<height {
      for x in 0..<width {
        let block = (y * 3 / height) * 4 + x * 4 / width
        let at = (y * width + x) * 3
        let value: UInt8 = number >> block & 1 == 1 ? 230 : 25
        let texture = UInt8(truncatingIfNeeded: (x * 7 + y * 3 + number * 5) % 20)
        image.pixels[at] = value &- texture / 2
        image.pixels[at + 1] = value &- texture
        image.pixels[at + 2] = value
      }
    }
    return image
  }

  /// The number that a picture shows, read from the middles of its blocks.
  static func number(in image: Image) -> Int {
    (0..<12).reduce(0) { number, block in
      let x = image.width * (block % 4 * 2 + 1) / 8
      let y = image.height * (block / 4 * 2 + 1) / 6
      let at = (y * image.width + x) * image.channels
      return image.pixels[at] > 120 ? number | 1 << block : number
    }
  }

  static func url(_ name: String) -> URL {
    FileManager.default.temporaryDirectory.appending(path: "media-\(UUID().uuidString)-\(name)")
  }

  /// Writes frames `0..<count`; with `times` at those instants.
  static func make(
    _ name: String, count: Int, times: [Timestamp]? = nil,
    _ change: (inout VideoWriter.Options) -> Void = { _ in }
  ) throws -> URL {
    var options = VideoWriter.Options()
    options.preset = "ultrafast"
    options.groupLength = 24
    change(&options)
    if options.codec != "libx264", options.codec != "libx265" { options.preset = nil }
    let url = url(name)
    let writer = try VideoWriter(url: url, width: width, height: height, options: options)
    for number in 0..<count { try writer.append(picture(number), at: times?[number]) }
    try writer.finish()
    return url
  }
}

extension Recording {
  /// All samples of a range of the grid.
  func samples(on grid: SamplingGrid, in range: Range<Int64>? = nil) throws -> (
    frames: [SampledFrame], gaps: [Gap]
  ) {
    let reader = try frames(on: grid, in: range ?? indices(of: grid))
    var samples: [SampledFrame] = []
    while let sample = try reader.next() { samples.append(sample) }
    return (samples, reader.gaps)
  }
}
