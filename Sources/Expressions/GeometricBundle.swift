public import Foundation
public import Vocabulary

/// A folder with a network over landmark features: `geometric.json` and `MODEL_CARD.md`.
public struct GeometricBundle: Sendable, Codable, Hashable {
  public static let file = "geometric.json"

  public var name: String
  public var network: GeometricNetwork
  /// Anybody's face at rest: the medians of the training faces that are labelled neutral. A person's own is drawn
  /// towards it.
  public var rest: FacialFeatures
  public var provenance: BundleManifest.Provenance
  public var accuracy: [BundleManifest.Accuracy]

  public init(
    name: String, network: GeometricNetwork, rest: FacialFeatures, provenance: BundleManifest.Provenance,
    accuracy: [BundleManifest.Accuracy] = []
  ) {
    self.name = name
    self.network = network
    self.rest = rest
    self.provenance = provenance
    self.accuracy = accuracy
  }

  /// Whether a folder holds such a network, and not one over pictures.
  public static func isAt(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(file).path)
  }

  /// - Throws: `BundleError` naming the file and the remedy.
  public init(contentsOf folder: URL) throws {
    let file = folder.appendingPathComponent(Self.file)
    guard let bytes = try? Data(contentsOf: file) else {
      throw BundleError(file: file.path, "cannot be read; check the path and its permissions")
    }
    guard let bundle = try? JSONDecoder().decode(Self.self, from: bytes) else {
      throw BundleError(file: file.path, "is not a network over landmark features; train one anew")
    }
    self = bundle
    _ = try classifier(file: file.path)
  }

  /// - Throws: `BundleError` where the network does not fit the features.
  public func classifier(file: String = GeometricBundle.file) throws -> GeometricClassifier {
    guard let classifier = GeometricClassifier(network, rest: rest) else {
      throw BundleError(
        file: file,
        "must take \(FacialFeatures.differenceCount) features and give \(Expression.allCases.count) numbers; "
          + "it takes \(network.inputCount) and gives \(network.outputCount)")
    }
    return classifier
  }

  /// Writes both files, replacing those that are there.
  public func write(card: String, to folder: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try encoder.encode(self).write(to: folder.appendingPathComponent(Self.file), options: .atomic)
      try Data(card.utf8).write(
        to: folder.appendingPathComponent(ModelBundle.cardFile), options: .atomic)
    } catch {
      throw BundleError(
        file: folder.path, "cannot be written; check the path, its permissions and the room on the disk")
    }
  }
}
