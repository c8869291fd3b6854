import Faces
import Foundation
import Media
import Networks
import Testing
import Vocabulary

@testable import Training

/// Pictures of 64 pixels in which the network says the same points of every face.
@Suite struct LandmarkMeasurementTests {
  /// Eyes 25 pixels apart.
  private static let five = [
    Point(x: 20, y: 24), Point(x: 45, y: 24), Point(x: 32, y: 38), Point(x: 23, y: 50), Point(x: 42, y: 50),
  ]

  /// The 68 points that make the five; all others lie on the nose tip.
  private static let all: [Point] = {
    var points = [Point](repeating: five[2], count: 68)
    for (number, members) in LandmarkShape.five.enumerated() {
      for member in members { points[member] = five[number] }
    }
    return points
  }()

  /// Surest of a face in the corner; in pictures that are not black also one whose chip is the picture itself.
  private struct MadeDetector: FaceDetector {
    let name = "made"

    func detect(in image: Image, smallest: Double?) -> [FaceDetection] {
      let corner = FaceDetection(box: Box(x: 0, y: 0, width: 8, height: 8), score: 0.9)
      let (framing, side) = (LandmarkNetwork.framing, Double(LandmarkNetwork.side))
      let (length, centre) = (framing.boxSide * side, framing.boxCentre * side)
      let box = Box(x: centre.x - length / 2, y: centre.y - length / 2, width: length, height: length)
      return image.pixels[0] == 0 ? [corner] : [corner, FaceDetection(box: box, score: 0.5)]
    }
  }

  private func network() throws -> LandmarkNetwork {
    let shares = Self.all.flatMap { [Float($0.x / 64 - 0.5), Float($0.y / 64 - 0.5)] }
    var graph = LandmarkGraph.graph(startingAt: shares, seed: 1)
    let weight = try #require(graph.parameters["points.weight"])
    graph.parameters["points.weight"] = Tensor(zeros: weight.shape)
    return try LandmarkNetwork(graph)
  }

  /// Writes a picture a row, black where nobody is to be found in it.
  private func write(_ rows: [[Point]], black: Set<Int> = [], to folder: URL) throws {
    let images = folder.appending(path: "images")
    try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
    let names =
      rows.first?.count == 5
      ? LandmarkFolder.fiveNames.map { "\($0)_x,\($0)_y" } : (1...68).map { "x\($0),y\($0)" }
    var lines = ["file,\(names.joined(separator: ","))"]
    for (number, points) in rows.enumerated() {
      let image = Image(width: 64, height: 64, channels: 3, filledWith: black.contains(number) ? 0 : 200)
      try PictureWriter.write(image, to: images.appending(path: "\(number).png"))
      lines.append("\(number).png," + points.map { "\($0.x),\($0.y)" }.joined(separator: ","))
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(
      to: folder.appending(path: LandmarkFolder.table))
  }

  private func measure(_ folders: URL..., all: Bool = true) throws -> [String] {
    let text = try LandmarkMeasurement(of: network(), detector: MadeDetector(), on: folders, all: all).text
    return text.split(separator: "\n").map(String.init)
  }

  private func moved(_ points: [Point], _ x: Double, _ y: Double) -> [Point] {
    points.map { $0 + Point(x: x, y: y) }
  }

  @Test func `the error is the points' mean distance over that of the eyes, and who is missed counts apart`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let faces = folder.appending(path: "faces")
      // 0, 1 / 25, 5 / 25, and nobody.
      let rows = [Self.all, moved(Self.all, 0, -1), moved(Self.all, 3, 4), Self.all]
      try write(rows, black: [3], to: faces)
      let line = try #require(try measure(faces).first)
      let figures = "error over inter-ocular distance: mean 8.00 %, median 4.00 %, above 10 %: 33.3 %; "
      #expect(line.hasPrefix("faces: 4 faces, 1 not detected; \(figures)"), "\(line)")
    }
  }

  @Test func `where five points are marked, the five that the 68 hold are compared`() async throws {
    try await withTemporaryFolder { folder in
      let faces = folder.appending(path: "five")
      var marked = Self.five
      // One of five points is a fifth of the eyes' distance away.
      marked[2] = marked[2] + Point(x: -3, y: 4)
      try write([marked], to: faces)
      let line = try #require(try measure(faces).first)
      #expect(line.contains("mean 4.00 %, median 4.00 %, above 10 %: 0.0 %"), "\(line)")
    }
  }

  @Test func `every tenth face is measured, or all, and each folder has its line`() async throws {
    try await withTemporaryFolder { folder in
      let (many, none) = (folder.appending(path: "many"), folder.appending(path: "none"))
      try write((0..<12).map { moved(Self.all, 0, $0 == 10 ? 5 : 0) }, to: many)
      try write([Self.all], black: [0], to: none)
      for number in 0..<12 where number % 10 != 0 {
        try FileManager.default.removeItem(at: many.appending(path: "images/\(number).png"))
      }
      let lines = try measure(many, none, all: false)
      #expect(lines.count == 2 && lines.last == "none: no face was found", "\(lines)")
      #expect(lines.first?.hasPrefix("many: 2 faces, 0 not detected; ") == true, "\(lines)")
      #expect(lines.first?.contains("mean 10.00 %, ") == true, "\(lines)")
      #expect(throws: MediaError.self) { try measure(many) }
    }
  }
}
