import Digests
import Expressions
import Faces
public import Foundation
import Networks
import Vocabulary

/// Teaches a shipped network its ranges, so that convolutions may multiply eight-bit integers: it runs on what it
/// was trained on, as analysis runs it. What the network computes in floats stays the same.
public struct Quantization {
  /// `model.onnx` and `manifest.yaml`, of expressions, landmarks or the detector.
  public var bundle: URL
  /// Faces or photographs at most, spread over all.
  public var limit = 1000

  private var model: URL { bundle.appending(path: ModelBundle.modelFile) }
  private var manifest: URL { bundle.appending(path: ModelBundle.manifestFile) }

  public init(bundle: URL) { self.bundle = bundle }

  /// - Parameter data: `fer2013.csv` for expressions; folders of `images/` and `landmarks.csv` for landmarks, of
  ///   `images/` and `boxes.csv` for the detector. What training holds out is not looked at.
  /// - Returns: ranges by the names of values.
  /// - Throws: where network or data cannot be read.
  public func ranges(data: [String]) throws -> [String: ClosedRange<Float>] {
    let graph = try ONNXReader.read(contentsOf: model)
    let folders = data.map { URL(fileURLWithPath: $0) }
    if graph.outputs.contains("points") { return try landmarkRanges(graph, folders) }
    if graph.outputs.contains("stride8") { return try detectorRanges(graph, folders) }
    let classifier = try NetworkClassifier(ModelBundle(contentsOf: bundle), .observing)
    for path in data {
      let faces = try FaceSet.read(path: path, splits: [.training])[0]
      for face in spread(Array(0..<faces.count)) { _ = try classifier.classify([faces.image(face)]) }
    }
    return classifier.ranges
  }

  private func landmarkRanges(_ graph: Graph, _ folders: [URL]) throws -> [String: ClosedRange<Float>] {
    let network = try LandmarkNetwork(graph, .observing)
    for folder in try folders.map(LandmarkFolder.init) {
      for entry in spread(folder.split().training) {
        guard let face = LabelledFace(five: entry.five) else { continue }
        _ = try network.landmarks(of: face.box, in: folder.picture(entry))
      }
    }
    return network.ranges
  }

  private func detectorRanges(_ graph: Graph, _ folders: [URL]) throws -> [String: ClosedRange<Float>] {
    let detector = try NetworkDetector(graph, name: graph.name, longSide: 640, .observing)
    for folder in try folders.map(FaceBoxFolder.init) {
      for file in spread(folder.split().training) {
        _ = try detector.detect(in: folder.picture(file).image)
      }
    }
    return detector.ranges
  }

  private func spread<Item>(_ items: [Item]) -> [Item] {
    let count = min(limit, items.count)
    return (0..<count).map { items[$0 * items.count / count] }
  }

  /// Writes the network with these ranges and its new digest in the manifest; none takes them away.
  ///
  /// - Throws: where the bundle cannot be written.
  public func write(_ ranges: [String: ClosedRange<Float>]) throws {
    var graph = try ONNXReader.read(contentsOf: model)
    graph.ranges = ranges
    let before = ContentDigest.of(try Data(contentsOf: model))
    let bytes = try ONNXWriter.bytes(of: graph)
    let text = try String(contentsOf: manifest, encoding: .utf8)
      .replacingOccurrences(of: before, with: ContentDigest.of(bytes))
    try bytes.write(to: model, options: .atomic)
    try Data(text.utf8).write(to: manifest, options: .atomic)
  }
}
