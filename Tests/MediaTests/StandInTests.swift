import Foundation
import Testing
import Vocabulary

@testable import Media

/// Streams of the H.264 encoder in many of its ways, drawn at random but always the same.
@Suite struct StandInTests {
  struct Stream: Sendable, CustomTestStringConvertible {
    var name: String
    var settings: String
    var testDescription: String { "\(name) \(settings)" }

    init(_ name: String, _ settings: String) { (self.name, self.settings) = (name, settings) }

    init(drawn number: Int) {
      var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
      func draw(_ choices: [String]) -> String {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return choices[Int(state >> 33) % choices.count]
      }
      let chosen = [
        ("bframes", ["0", "1", "2", "3", "5", "8"]), ("b-pyramid", ["none", "strict", "normal"]),
        ("ref", ["1", "1", "2", "3", "6"]), ("weightp", ["0", "1", "2"]), ("weightb", ["0", "1"]),
        ("keyint", ["12", "25", "60", "250"]), ("open-gop", ["0", "0", "1"]), ("cabac", ["0", "1"]),
        ("slices", ["1", "1", "3"]), ("direct", ["none", "spatial", "temporal", "auto"]),
        ("b-adapt", ["0", "1", "2"]), ("scenecut", ["0", "40"]), ("8x8dct", ["0", "1"]),
        ("intra-refresh", ["0", "0", "0", "1"]), ("mixed-refs", ["0", "1"]), ("crf", ["20", "32"]),
      ]
      name = draw(["a.mp4", "a.mkv", "a.ts", "a.flv", "a.avi"])
      settings = chosen.map { "\($0.0)=\(draw($0.1))" }.joined(separator: ":") + ":threads=1:partitions=all"
    }

    func make(count: Int = 120) throws -> URL {
      try Clip.make(name, count: count) {
        $0.bFrames = nil
        $0.groupLength = 250
        $0.preset = "medium"
        $0.encoder = ["x264-params": settings]
      }
    }
  }

  @Test(arguments: (0..<24).map { Stream(drawn: $0) })
  func noStandInLeavesATraceInASample(_ stream: Stream) throws {
    let url = try stream.make()
    defer { try? FileManager.default.removeItem(at: url) }
    let recording = try Recording(opening: url)
    let everything = try Reference.decodeAll(recording)
    for interval in [Timestamp(2, over: 25), Timestamp(9, over: 25), Timestamp(1), Timestamp(17, over: 10)] {
      let (samples, gaps) = try recording.samples(on: .every(interval))
      let wrong = samples.filter { sample in
        everything.last { $0.timestamp <= sample.gridTime }?.image != sample.frame.image
      }
      #expect(wrong.map(\.index) == [], "every \(interval)")
      #expect(gaps.isEmpty)
    }
  }

  private func needed(_ settings: String, in packets: Range<Int>, for wanted: Int) throws -> [Int]? {
    let url = try Stream("a.mp4", settings).make(count: 40)
    defer { try? FileManager.default.removeItem(at: url) }
    let references = try #require(try Recording(opening: url).packets.references)
    return references.needed(of: packets, for: [wanted])?.indices(where: \.self).ranges.flatMap(\.self)
  }

  private let pyramid = "bframes=3:b-adapt=0:b-pyramid=normal:scenecut=0:keyint=250:weightp=0"

  @Test func withOneReferenceNoPyramidIsNeededForThePicturesBehindIt() throws {
    // In the order of decoding: I, then P, the B in the middle and the two beside it, again and again.
    #expect(try needed(pyramid + ":ref=1", in: 0..<14, for: 13) == [0, 1, 5, 9, 13])
    #expect(try needed(pyramid + ":ref=1", in: 0..<14, for: 12) == [0, 1, 5, 9, 10, 12])
  }

  @Test func withSeveralReferencesAPictureMayReferToThePyramidBeforeIt() throws {
    #expect(try needed(pyramid + ":ref=4", in: 0..<10, for: 9)?.contains(2) == true)
  }

  @Test func nothingIsKnownOfARunThatBeginsInTheMiddle() throws {
    #expect(try needed(pyramid + ":ref=1", in: 1..<14, for: 13) == nil)
  }

  @Test func ofInterlacedPicturesNothingIsKnown() throws {
    #expect(try needed("bframes=0:tff=1", in: 0..<10, for: 9) == nil)
  }

  @Test func otherCodecsHaveNoReferences() throws {
    let url = try Clip.make("a.mp4", count: 10) {
      $0.codec = "mpeg4"
      $0.bitRate = 800_000
    }
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(try Recording(opening: url).packets.references == nil)
  }
}
