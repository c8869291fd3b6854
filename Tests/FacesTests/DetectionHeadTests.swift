import Faces
import Foundation
import Testing
import Vocabulary

@Suite struct DetectionHeadTests {
  /// Cell 3 of a 2 x 2 grid of stride 8 is column 1, row 1: its corner is (8, 8).
  @Test func aCellIsDecodedAsWorkedByHand() throws {
    var boxes = [Float](repeating: 0, count: 16)
    boxes.replaceSubrange(12..<16, with: [0.5, 0.25, Float(log(2.0)), Float(log(3.0))])
    var points = [Float](repeating: 0, count: 40)
    points.replaceSubrange(30..<32, with: [-1, 0.5])
    let head = try #require(
      DetectionHead(stride: 8, columns: 2, scores: [0, 0.2, 0.1, 0.9], boxes: boxes, points: points))
    let faces = head.faces(above: 0.5)
    #expect(faces.count == 1)
    // Centre (8 + 4, 8 + 2), size 16 x 24.
    let expected = Box(x: 4, y: -2, width: 16, height: 24)
    #expect(abs(faces[0].box.x - expected.x) < 1e-5 && abs(faces[0].box.y - expected.y) < 1e-5)
    #expect(abs(faces[0].box.width - 16) < 1e-5 && abs(faces[0].box.height - 24) < 1e-5)
    #expect(faces[0].five?.first == Point(x: 0, y: 12))
    #expect(abs(faces[0].score - 0.9) < 1e-6)
  }

  @Test func aCellThatIsNotFiniteIsNoFace() throws {
    let head = try #require(
      DetectionHead(stride: 8, columns: 1, scores: [0.9], boxes: [0, 0, .infinity, 0]))
    #expect(head.faces(above: 0.5).isEmpty)
  }

  @Test func countsThatDoNotFitAreRefused() {
    #expect(DetectionHead(stride: 8, columns: 2, scores: [0, 0, 0], boxes: []) == nil)
    #expect(DetectionHead(stride: 0, columns: 1, scores: [0], boxes: [0, 0, 0, 0]) == nil)
  }
}
