import Foundation
import Media
import Testing
import Vocabulary

@testable import Training

@Suite struct LandmarkRunTests {
  @Test func `a row whose points coincide is named`() async throws {
    try await withTemporaryFolder { folder in
      let images = folder.appending(path: "images")
      try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
      for name in ["held.png", "zero.png"] {
        try PictureWriter.write(Image(width: 8, height: 8, channels: 3), to: images.appending(path: name))
      }
      let names = LandmarkFolder.fiveNames.map { "\($0)_x,\($0)_y" }.joined(separator: ",")
      let zeros = Array(repeating: "0", count: 10).joined(separator: ",")
      try Data("file,\(names)\nheld.png,\(zeros)\nzero.png,\(zeros)\n".utf8)
        .write(to: folder.appending(path: "landmarks.csv"))
      let run = LandmarkRun(landmarks: [folder], output: folder.appending(path: "run"), epochs: 1)
      let error = #expect(throws: LabelTableError.self) { try run.run(resumes: false) { _ in } }
      #expect(error?.description.contains("landmarks.csv: the points of zero.png coincide") == true)
    }
  }
}
