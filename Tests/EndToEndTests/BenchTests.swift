import Foundation
import Observations
import Testing
import Vocabulary

/// The long and large class on which `bench` times reports.
@Suite struct BenchTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) throws {
    let result = try CommandLine.run(arguments)
    try #require(result.status == 0, "\(arguments.joined(separator: " ")): \(result.errors)")
  }

  private func samples(_ report: String) throws -> [SampleObservation] {
    let store = folder.url.appendingPathComponent("\(report)/observations.sqlite")
    return try ObservationStore(reading: store).samples()
  }

  @Test func `a class is repeated in time and side by side, and can be reported on`() throws {
    let (short, long) = ("\(folder.url.path)/short", "\(folder.url.path)/long")
    try run(
      "analyze", CommandLine.sample.path, "--output", short, "--every", "50s", "--quiet",
      "--set", "detect.detector=cascade", "--set", "detect.long-side=640", "--set", "classify.bundle=none")
    try run("stage", "observations", short, "--output", long, "--people", "20", "--count", "10")
    let (measured, made) = (try samples("short"), try samples("long"))
    #expect(measured.count == 3 && made.map(\.index) == Array(0..<10))
    #expect(made.map(\.time.seconds) == (0..<10).map { Double($0 * 50) })
    for (number, sample) in made.enumerated() {
      let source = measured[number % 3]
      #expect(sample.tiles.count == 20 && source.tiles.count < 20)
      #expect(sample.faces.count > source.faces.count && sample.faces.count <= 20)
      #expect(Set(sample.tiles.map(\.appearance)).count > source.tiles.count)
      let boxes = sample.tiles.map(\.box)
      #expect(boxes.allSatisfy { $0.x >= 0 && $0.y >= 0 && $0.maxX <= 1280 && $0.maxY <= 720 })
      let overlaps = boxes.indices.flatMap { one in boxes[..<one].map { $0.overlap(boxes[one]) } }
      #expect(overlaps.allSatisfy { $0 == 0 })
    }

    try run("report", long)
    #expect(try table(URL(fileURLWithPath: "\(long)/class.csv")).count == 10)
  }
}
