import Expressions
import Faces
import Foundation
import Media
import Synchronization
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct EstimateTests {
  private static let lecture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Samples/lecture.mp4")

  /// Takes 50 ms of its thread's time for every frame, and remembers the samples.
  private final class SlowLayout: LayoutFinder, Sendable {
    private let seen = Mutex<[Int64]>([])
    var samples: [Int64] { seen.withLock { $0 } }

    func layout(of image: Image, sample: Int64) -> FrameLayout {
      seen.withLock { $0.append(sample) }
      let start = threadSeconds()
      while threadSeconds() - start < 0.05 {}
      return FrameLayout()
    }

    private func threadSeconds() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
  }

  private struct NoFace: FaceDetector {
    let name = "none"
    func detect(in image: Image, smallest: Double?) -> [FaceDetection] { [] }
  }

  private struct NoReader: FaceReader {
    func read(
      _ faces: [FaceDetection], in picture: Image
    ) -> [(face: FaceObservation, reading: FaceReading?)?] { [] }
  }

  private func measuring(from start: Int64 = 0, to end: Int64, _ layout: SlowLayout) throws -> Measuring {
    var definition = Definition()
    (definition.sample.from, definition.sample.to) = (Span(Timestamp(start)), Span(Timestamp(end)))
    return Measuring(
      recording: try Recording(opening: Self.lecture), definition: definition, jobs: 1, tally: Tally()
    ) {
      Stages(layout: layout, detector: NoFace(), reader: NoReader(), classifier: nil)
    }
  }

  @Test func `what eight samples take is told of all`() async throws {
    let layout = SlowLayout()
    let seconds = try #require(try await measuring(to: 20, layout).estimate())
    // Four at a quarter of the range and four at three quarters.
    #expect(layout.samples == [4, 5, 6, 7, 12, 13, 14, 15])
    // Twenty of 50 ms and their decoding.
    #expect((0.99..<6).contains(seconds), "\(seconds)")
  }

  @Test func `a range shorter than the trial is measured as it is, and one without a sample not at all`()
    async throws
  {
    let layout = SlowLayout()
    let seconds = try #require(try await measuring(from: 10, to: 12, layout).estimate())
    #expect(layout.samples == [10, 11, 10, 11])
    #expect((0.099..<1).contains(seconds), "\(seconds)")
    let none = SlowLayout()
    let nothing = try await measuring(from: 500, to: 600, none).estimate()
    #expect(nothing == nil && none.samples.isEmpty)
  }
}
