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
  /// Gets a line for each row of the data that is passed over.
  public var report: (String) -> Void = { _ in }

  private var model: URL { bundle.appending(path: ModelBundle.modelFile) }
  private var manifest: URL { bundle.appending(path: ModelBundle.manifestFile) }

  public init(bundle: URL) { self.bundle = bundle }

  /// - Parameter data: `fer2013.csv` for expressions; folders of `images/` and `landmarks.csv` for landmarks, of
  ///   `images/` and `boxes.csv` for the detector. What training holds out is not looked at.
  /// - Returns: ranges by the names of values.
  /// - Throws: where network or data cannot be read, or nothing is found.
  public func ranges(data: [String]) throws -> [String: ClosedRange<Float>] {
    let ranges = try observedRanges(data)
    guard !ranges.isEmpty else {
      throw BundleError(
        file: model.path,
        "no convolution of it read anything; name data that it was trained on, more than are held out")
    }
    return ranges
  }

  private func observedRanges(_ data: [String]) throws -> [String: ClosedRange<Float>] {
    let graph = try ONNXReader.read(contentsOf: model)
    let folders = data.map { URL(fileURLWithPath: $0) }
    if LandmarkNetwork.isOne(graph) { return try landmarkRanges(graph, folders) }
    if DetectionNetwork.isOne(graph) { return try detectorRanges(graph, folders) }
    let classifier = try NetworkClassifier(ModelBundle(contentsOf: bundle), .observing)
    for path in data {
      let faces = try FaceSet.read(path: path, splits: [.training], report: report)[0]
      guard faces.count > 0 else { throw DataSetError.empty(path: path, wanted: Split.training.rawValue) }
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
    let count = min(max(0, limit), items.count)
    return (0..<count).map { items[$0 * items.count / count] }
  }

  /// Measures an expression bundle anew as it now computes, and writes the figures into manifest and card in place of
  /// those of the network before.
  ///
  /// - Parameter command: what a reader would type to get them again.
  /// - Returns: the figures; nothing for landmarks and detectors, and where no row of the data is PublicTest's.
  public func measure(data: String, votes: String?, command: String) throws -> Evaluation? {
    let graph = try ONNXReader.read(contentsOf: model)
    if LandmarkNetwork.isOne(graph) || DetectionNetwork.isOne(graph) { return nil }
    let faces = try FaceSet.read(path: data, votesPath: votes, splits: [.publicTest], report: { _ in })[0]
    guard faces.count > 0 else { return nil }
    let before = try ModelBundle(contentsOf: bundle)
    let evaluation = try Evaluation(of: before, on: faces)
    var manifest = before.manifest
    manifest.accuracy = BundleExport.accuracies(evaluation, command: command)
    let card = bundle.appending(path: ModelBundle.cardFile)
    let text = (try? String(contentsOf: card, encoding: .utf8)) ?? ""
    try ModelBundle.write(
      model: ONNXReader.bytes(contentsOf: model), manifest: manifest,
      card: ModelCard.renewing(text, evaluation, command: command), to: bundle)
    return evaluation
  }

  /// Writes the network with these ranges and its new digest in the manifest; none takes them away.
  ///
  /// - Throws: where the bundle cannot be written; it is then what it was.
  public func write(_ ranges: [String: ClosedRange<Float>]) throws {
    let before = try ONNXReader.bytes(contentsOf: model)
    var graph = try ONNXReader.read(before, named: model.path)
    graph.ranges = ranges
    let after = try ONNXWriter.bytes(of: graph)
    guard let text = try? yamlText(contentsOf: manifest.path),
      let digest = text.range(of: ContentDigest.of(before), options: .caseInsensitive)
    else {
      throw BundleError(
        file: manifest.path, "does not describe the network beside it; take both from one bundle")
    }
    let described = text.replacingCharacters(in: digest, with: ContentDigest.of(after))
    do {
      try after.write(to: model, options: .atomic)
      try Data(described.utf8).write(to: manifest, options: .atomic)
    } catch {
      try? before.write(to: model, options: .atomic)
      throw BundleError(
        file: bundle.path, "cannot be written; check the path, its permissions and the room on the disk")
    }
  }
}
