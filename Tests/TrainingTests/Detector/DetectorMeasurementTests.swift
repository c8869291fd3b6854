import Faces
import Foundation
import Media
import Testing
import Vocabulary

@testable import Training

@Suite struct DetectorMeasurementTests {
  /// Finds in a picture what is listed under its gray level.
  private struct MadeDetector: FaceDetector {
    let name = "made"
    var found: [UInt8: [FaceDetection]] = [:]

    func detect(in image: Image, smallest: Double?) -> [FaceDetection] { found[image.pixels[0]] ?? [] }
  }

  /// Writes pictures 0.png, 1.png, …, each of the gray level of its number.
  private func write(_ pictures: Int, _ table: String, to folder: URL) throws {
    let images = folder.appending(path: "images")
    try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
    for number in 0..<pictures {
      let image = Image(width: 160, height: 64, channels: 3, filledWith: UInt8(number))
      try PictureWriter.write(image, to: images.appending(path: "\(number).png"))
    }
    try Data(table.utf8).write(to: folder.appending(path: FaceBoxFolder.table))
  }

  private func face(_ x: Double, _ size: Double, _ score: Double) -> FaceDetection {
    FaceDetection(box: Box(x: x, y: 0, width: size, height: size), score: score)
  }

  @Test func `precision and recall are those worked out by hand, for each height`() async throws {
    try await withTemporaryFolder { folder in
      try write(
        3, "file,x,y,w,h,invalid\n0.png,0,0,30,30,0\n1.png,0,0,50,50,0\n2.png,0,0,50,50,1\n", to: folder)
      // Right, wrong, right; what is marked as invalid is neither.
      let detector = MadeDetector(found: [
        0: [face(0, 30, 0.9), face(100, 30, 0.8)], 1: [face(0, 50, 0.7)], 2: [face(0, 50, 0.95)],
      ])
      let lines = try DetectorMeasurement(of: detector, on: folder, all: true).text.split(separator: "\n")
      try #require(lines.count == 3)
      #expect(lines[0].hasPrefix("made: 3 photographs, overlap 0.5, median "), "\(lines[0])")
      let recall = "recall at one false alarm in ten pictures"
      // Precision 1 up to recall 1/2, then 2/3.
      #expect(lines[1] == "  height >= 20 px  faces     2  AP 0.8333  \(recall) 0.500 (threshold 0.90)")
      // The face and the false alarm of 30 pixels do not count.
      #expect(lines[2] == "  height >= 40 px  faces     1  AP 1.0000  \(recall) 1.000 (threshold 0.70)")
    }
  }

  @Test func `every seventh photograph is measured, or all`() async throws {
    try await withTemporaryFolder { folder in
      let rows = (0..<9).map { "\($0).png,0,0,50,50\n" }.joined()
      try write(9, "file,x,y,w,h\n" + rows, to: folder)
      for number in 0..<9 where number % 7 != 0 {
        try FileManager.default.removeItem(at: folder.appending(path: "images/\(number).png"))
      }
      let detector = MadeDetector(found: [7: [face(0, 50, 0.9)]])
      let text = try DetectorMeasurement(of: detector, on: folder, all: false).text
      #expect(text.hasPrefix("made: 2 photographs, "), "\(text)")
      #expect(text.contains("height >= 40 px  faces     2  AP 0.5000"), "\(text)")
      #expect(throws: MediaError.self) { try DetectorMeasurement(of: detector, on: folder, all: true) }
    }
  }

  @Test func `a table without a photograph is refused by its name`() async throws {
    try await withTemporaryFolder { folder in
      try write(0, "file,x,y,w,h\n", to: folder)
      let error = #expect(throws: LabelTableError.self) {
        try DetectorMeasurement(of: MadeDetector(), on: folder, all: true)
      }
      #expect(error?.description.hasSuffix("boxes.csv: names no photograph to measure on") == true)
    }
  }
}
