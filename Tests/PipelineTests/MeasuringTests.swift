import Expressions
import Faces
import Foundation
import Media
import Observations
import Testing
import Vocabulary

@testable import Pipeline

@Suite("What is measured does not depend on where measuring was stopped")
struct MeasuringTests {
  private let folder = TemporaryFolder()

  private static let lecture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Samples/lecture.mp4")

  /// A scene with some of the frame's pixels for its screen; at one sample it stops whoever measures.
  private struct StoppingLayout: LayoutFinder {
    let stop: Int64?

    func layout(of image: Image, sample: Int64) -> FrameLayout {
      if sample == stop { withUnsafeCurrentTask { $0?.cancel() } }
      let pixels = stride(from: 0, to: image.pixels.count, by: 30_011)
      return FrameLayout(screen: pixels.map { Float(image.pixels[$0]) })
    }
  }

  /// One face in every picture, as sure as its first pixel is bright.
  private struct OneFace: FaceDetector {
    let name = "one"

    func detect(in image: Image, smallest: Double?) -> [FaceDetection] {
      let box = Box(x: 4, y: 6, width: 30, height: 30)
      return [FaceDetection(box: box, score: Double(image.pixels[0]) / 255)]
    }
  }

  private struct PlainReader: FaceReader {
    func read(
      _ faces: [FaceDetection], in picture: Image
    ) -> [(face: FaceObservation, reading: FaceReading?)?] {
      faces.map { face in (face: FaceObservation(box: face.box, score: face.score), reading: nil) }
    }
  }

  /// Measures every second of the first twenty that `store` lacks, one slice after the other.
  private static func measure(into store: ObservationStore, stop: Int64? = nil) async throws {
    var definition = Definition()
    definition.sample.to = Span(Timestamp(20))
    let measuring = Measuring(
      recording: try Recording(opening: lecture), definition: definition, jobs: 1, tally: Tally()
    ) {
      Stages(
        layout: StoppingLayout(stop: stop), detector: OneFace(), reader: PlainReader(), classifier: nil)
    }
    try await measuring.run(into: store)
  }

  private func store(_ name: String) throws -> ObservationStore {
    try ObservationStore(
      at: folder.url.appendingPathComponent(name),
      for: Provenance(
        recordingDigest: "a", recordingName: "lecture.mp4", settingsDigest: "b", settings: "", software: "c"))
  }

  private func slices(_ store: ObservationStore) throws -> [ClosedRange<Int64>] {
    try store.slices().map { $0.first...$0.last }
  }

  @Test func aShortRangeIsOneSlice() async throws {
    let store = try store("plain.sqlite")
    try await Self.measure(into: store)
    #expect(try slices(store) == [0...19])
    #expect(try store.samples().map(\.index) == Array(0..<20))
  }

  @Test func aCancelledRunKeepsItsWholeSamplesAndTheNextMeasuresTheRest() async throws {
    let (undisturbed, stopped) = (try store("undisturbed.sqlite"), try store("stopped.sqlite"))
    try await Self.measure(into: undisturbed)
    await #expect(throws: CancellationError.self) { try await Self.measure(into: stopped, stop: 2) }
    #expect(try slices(stopped) == [0...2])
    #expect(try stopped.samples().map(\.index) == [0, 1, 2])
    try await Self.measure(into: stopped)
    #expect(try slices(stopped) == [0...2, 3...19])
    #expect(try stopped.samples() == undisturbed.samples())
    #expect(try stopped.account().samples == 20)
  }
}
