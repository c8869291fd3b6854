import Faces
import Foundation
import Networks
import Testing
import Vocabulary

@testable import Training

@Suite struct DetectorRunTests {
  @Test func `weights of another network are refused before any picture is read`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "other.onnx")
      try ONNXWriter.write(
        LandmarkGraph.graph(startingAt: Array(repeating: 0, count: 136), seed: 1), to: file)
      var run = DetectorRun(
        boxes: folder.appending(path: "absent"), landmarks: [], teacher: nil,
        output: folder.appending(path: "run"), epochs: 1)
      run.beginning = file
      #expect(throws: TrainingError.otherNetwork(path: file.path)) { try run.run(resumes: false) { _ in } }
    }
  }

  @Test(arguments: ["", "a.png,1,1,9,9\n"])
  func `a folder that leaves no photograph to learn from is refused`(rows: String) async throws {
    try await withTemporaryFolder { folder in
      try Data("file,x,y,w,h\n\(rows)".utf8).write(to: folder.appending(path: "boxes.csv"))
      let run = DetectorRun(
        boxes: folder, landmarks: [], teacher: nil, output: folder.appending(path: "run"), epochs: 1)
      let error = #expect(throws: LabelTableError.self) { try run.run(resumes: false) { _ in } }
      #expect(error?.description.contains("boxes.csv: leaves no photograph") == true)
    }
  }

  private struct BlindDetector: FaceDetector {
    let name = "blind"
    func detect(in image: Image, smallest: Double?) throws -> [FaceDetection] { [] }
  }

  @Test func `a folder without photographs cannot be measured on`() async throws {
    try await withTemporaryFolder { folder in
      try Data("file,x,y,w,h\n".utf8).write(to: folder.appending(path: "boxes.csv"))
      #expect(throws: LabelTableError.self) {
        try DetectorMeasurement(of: BlindDetector(), on: folder, all: true)
      }
    }
  }
}
