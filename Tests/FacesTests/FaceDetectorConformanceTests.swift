import Faces
import Foundation
import Imaging
import Networks
import Testing
import Vocabulary

/// A detector that every implementation's promises are tested on, by name; absent where its files are.
struct DetectorUnderTest: CustomStringConvertible, Sendable {
  let description: String
  let make: @Sendable () throws -> any FaceDetector

  private static let own = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Pipelines/Models/detector/model.onnx")

  static let all: [DetectorUnderTest] = {
    var detectors: [DetectorUnderTest] = []
    if FileManager.default.fileExists(atPath: CascadeDetector.debianFolder) {
      detectors.append(DetectorUnderTest(description: "cascade") { try CascadeDetector() })
    }
    if FileManager.default.fileExists(atPath: own.path) {
      detectors.append(DetectorUnderTest(description: "own") { try NetworkDetector(onnx: own) })
    }
    // A user's YuNet file is none of the project's: `AFTERCLASS_YUNET=FILE make test` holds it to the same.
    if let file = ProcessInfo.processInfo.environment["AFTERCLASS_YUNET"] {
      detectors.append(
        DetectorUnderTest(description: "yunet") { try NetworkDetector(onnx: URL(fileURLWithPath: file)) })
    }
    return detectors
  }()
}

@Suite struct FaceDetectorConformanceTests {
  static func noise(_ width: Int, _ height: Int, channels: Int) -> Image {
    var state: UInt32 = 7
    var image = Image(width: width, height: height, channels: channels)
    for index in image.pixels.indices {
      state = state &* 1_664_525 &+ 1_013_904_223
      image.pixels[index] = UInt8(truncatingIfNeeded: state >> 24)
    }
    return image
  }

  @Test(arguments: DetectorUnderTest.all)
  func anyPictureIsTakenAndBoxesKeepTheirPromises(detector: DetectorUnderTest) throws {
    let detector = try detector.make()
    for (width, height, channels) in [(1, 1, 1), (3, 200, 3), (200, 3, 1), (97, 61, 3), (640, 360, 1)] {
      let image = Self.noise(width, height, channels: channels)
      let faces = try detector.detect(in: image)
      #expect(
        faces.allSatisfy { image.bounds.contains($0.box.centre) && $0.box.width > 0 && $0.box.height > 0 })
      #expect(faces.allSatisfy { (0...1).contains($0.score) && ($0.five?.count ?? 5) == 5 })
      #expect(faces.map(\.score) == faces.map(\.score).sorted(by: >))
      #expect(faces.suppressed(overlap: 0.5).count == faces.count)
      #expect(try detector.detect(in: image) == faces)
    }
  }

  @Test(arguments: DetectorUnderTest.all)
  func aLimitOnSizeIsOnlyAHint(detector: DetectorUnderTest) throws {
    let detector = try detector.make()
    let image = Self.noise(161, 97, channels: 3)
    for smallest in [0, 1, 24, 500] as [Double] {
      let faces = try detector.detect(in: image, smallest: smallest)
      #expect(faces.allSatisfy { image.bounds.contains($0.box.centre) })
    }
  }

  @Test(arguments: DetectorUnderTest.all)
  func aPictureOfOneColourHasNoFace(detector: DetectorUnderTest) throws {
    let detector = try detector.make()
    for value in [UInt8(0), 128, 255] {
      #expect(try detector.detect(in: Image(width: 320, height: 180, channels: 3, filledWith: value)).isEmpty)
    }
  }
}

@Suite struct CascadeDetectorTests {
  @Test func aFolderWithoutCascadesIsNamed() {
    let error = #expect(throws: FaceError.self) { try CascadeDetector(folder: "/nowhere") }
    #expect(error?.description.contains("/nowhere") == true)
  }
}

@Suite struct NetworkDetectorTests {
  @Test func aNetworkWithOtherOutputsIsRefusedByWhatItHas() {
    let graph = Graph(
      name: "other", inputs: [Graph.Value(name: "image", shape: [nil, 3, nil, nil])],
      nodes: [Graph.Node(name: "relu", operation: .relu, inputs: ["image"], outputs: ["y"])], outputs: ["y"])
    let error = #expect(throws: FaceError.self) { try NetworkDetector(graph, name: "other") }
    #expect(error?.description.contains("its outputs are y") == true)
    #expect(throws: FaceError.self) { try LandmarkNetwork(graph) }
  }

  @Test func `what a graph finds is told by its outputs' names`() {
    func graph(_ outputs: [String]) -> Graph {
      Graph(name: "g", inputs: [Graph.Value(name: "image", shape: [nil, 1, 64, 64])], outputs: outputs)
    }
    let yuNet = [8, 16, 32].flatMap { stride in ["cls", "obj", "bbox", "kps"].map { "\($0)_\(stride)" } }
    for outputs in [["stride8", "stride16", "stride32"], yuNet] {
      #expect(DetectionNetwork.isOne(graph(outputs)) && !LandmarkNetwork.isOne(graph(outputs)))
      #expect(!DetectionNetwork.isOne(graph(outputs.dropLast())))
    }
    let points = graph(["points", "confidence"])
    #expect(LandmarkNetwork.isOne(points) && !DetectionNetwork.isOne(points))
    #expect(!LandmarkNetwork.isOne(graph(["points"])))
  }
}
