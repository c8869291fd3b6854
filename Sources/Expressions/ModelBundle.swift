import Digests
public import Foundation
public import Networks
import Vocabulary

/// A folder with a network and what must be known to use it: `model.onnx`, `manifest.yaml`, `MODEL_CARD.md`.
public struct ModelBundle: Sendable {
  public static let modelFile = "model.onnx"
  public static let manifestFile = "manifest.yaml"
  public static let cardFile = "MODEL_CARD.md"
  /// The outputs of a network that was taught two conventions: FER2013's single labels and FER+'s votes.
  public static let labelsOutput = "logits"
  public static let votesOutput = "votes"

  public let folder: URL
  public let manifest: BundleManifest
  public let graph: Graph
  let input: ChipInput
  let answers: [NetworkAnswer]

  /// Reads a bundle and checks it whole: what is returned can classify.
  ///
  /// - Throws: `BundleError` naming the file and the remedy; `GraphError` naming the operator.
  public init(contentsOf folder: URL) throws {
    let model = folder.appendingPathComponent(Self.modelFile)
    let file = folder.appendingPathComponent(Self.manifestFile)
    let text: String
    do {
      text = try yamlText(contentsOf: file.path)
    } catch YAMLFault.unreadable {
      throw BundleError(
        file: file.path,
        "cannot be read; a bundle is a folder with \(Self.manifestFile) and \(Self.modelFile)")
    } catch {
      throw BundleError(file: file.path, "\(error)")
    }
    let manifest = try BundleManifest(yaml: text, file: file.path)
    let bytes = try ONNXReader.bytes(contentsOf: model)
    let digest = ContentDigest.of(bytes)
    guard digest == manifest.digest.lowercased() else {
      throw BundleError(
        file: model.path,
        "is not the network that the manifest describes (SHA-256 \(digest.prefix(12))… in place of \(manifest.digest.prefix(12))…)"
      )
    }
    try self.init(folder: folder, manifest: manifest, graph: ONNXReader.read(bytes, named: model.path))
  }

  init(folder: URL, manifest: BundleManifest, graph: Graph) throws {
    self.folder = folder
    self.manifest = manifest
    self.graph = graph
    input = try ChipInput(graph, manifest.input, file: Self.path(in: folder))
    let (input, file) = (input, Self.path(in: folder))
    let names: [String?] = manifest.output?.names ?? [nil]
    answers = try names.map {
      try NetworkAnswer(graph, input, output: $0, count: manifest.labels.count, file: file)
    }
  }

  /// A bundle as `write` would leave it, in memory alone; the parameters are those of `write`.
  public init(model: Data, manifest: BundleManifest, for folder: URL) throws {
    var manifest = manifest
    manifest.digest = ContentDigest.of(model)
    try manifest.check(file: folder.appendingPathComponent(Self.manifestFile).path)
    let graph = try ONNXReader.read(model, named: Self.path(in: folder))
    try self.init(folder: folder, manifest: manifest, graph: graph)
  }

  /// Writes a bundle, replacing the files of one that is there, and reads it back.
  ///
  /// - Parameters:
  ///   - model: the bytes of an ONNX file.
  ///   - manifest: its digest is set to that of `model`.
  ///   - card: what the model is for, in Markdown.
  /// - Throws: as `init(contentsOf:)` and `checkRuns`, before anything is written.
  @discardableResult
  public static func write(
    model: Data, manifest: BundleManifest, card: String, to folder: URL
  ) throws -> ModelBundle {
    let bundle = try ModelBundle(model: model, manifest: manifest, for: folder)
    try bundle.checkRuns()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try model.write(to: folder.appendingPathComponent(modelFile), options: .atomic)
      try Data(card.utf8).write(to: folder.appendingPathComponent(cardFile), options: .atomic)
      try Data(bundle.manifest.yaml().utf8)
        .write(to: folder.appendingPathComponent(manifestFile), options: .atomic)
    } catch {
      throw BundleError(
        file: folder.path, "cannot be written; check the path, its permissions and the room on the disk")
    }
    return bundle
  }

  /// Reads one black face: a form of an operator that is read but cannot be computed shows only then.
  ///
  /// - Throws: `BundleError` naming the network's file and what in it cannot be computed.
  public func checkRuns() throws {
    let side = manifest.input.side
    do {
      _ = try NetworkClassifier(self).logits(of: [Image(width: side, height: side)])
    } catch let error as NetworksError {
      throw BundleError(file: Self.path(in: folder), "cannot be computed here: \(error)")
    }
  }

  /// Whether the network was taught both conventions, and answers by each.
  public var answersBoth: Bool {
    [Self.labelsOutput, Self.votesOutput].allSatisfy(graph.outputs.contains)
  }

  /// One output of the same network, such as `labelsOutput`.
  ///
  /// - Throws: `BundleError` where the network has none of that name that gives a number a label for a face.
  public func reading(output: String) throws -> ModelBundle {
    var manifest = manifest
    manifest.output = [output]
    return try ModelBundle(folder: folder, manifest: manifest, graph: graph)
  }

  private static func path(in folder: URL) -> String { folder.appendingPathComponent(modelFile).path }
}
