import Foundation
import Networks
import Testing

@testable import Training

@Suite struct DetectorRunTests {
  @Test func `weights of another network are refused before any picture is read`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "other.onnx")
      try ONNXWriter.write(
        LandmarkGraph.graph(startingAt: Array(repeating: 0, count: 136), seed: 1), to: file)
      var run = DetectorRun(
        boxes: folder.appending(path: "absent"), landmarks: [], teacher: nil,
        output: folder.appending(path: "run"))
      run.beginning = file
      #expect(throws: TrainingError.otherNetwork(path: file.path)) { try run.run(resumes: false) { _ in } }
    }
  }
}
