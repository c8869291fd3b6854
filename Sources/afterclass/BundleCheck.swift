import ArgumentParser
import Digests
import Expressions
import Faces
import Foundation
import Networks
import Pipeline
import Training
import Vocabulary

/// `afterclass bundle check`: of any kind of bundle that ships.
struct BundleCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Check that a bundle (of expressions, landmarks or a detector) is whole and that it can run here.")

  @Argument(help: "The bundle's folder.", completion: .directory)
  var bundle: String

  func run() throws {
    let folder = URL(fileURLWithPath: bundle)
    let card = folder.appendingPathComponent(ModelBundle.cardFile)
    let lacksCard = !FileManager.default.fileExists(atPath: card.path)
    let missing =
      "; its \(ModelBundle.cardFile), which tells what it is for and how often it errs, is missing"
    print((try finding(folder) + (lacksCard ? missing : "")).printable)
  }

  private func finding(_ folder: URL) throws -> String {
    if GeometricBundle.isAt(folder) {
      let bundle = try GeometricBundle(contentsOf: folder)
      return "\(bundle.name): sound; expressions from landmarks"
    }
    let file = folder.appendingPathComponent(ModelBundle.modelFile)
    let files = [file, folder.appendingPathComponent(ModelBundle.manifestFile)]
    guard files.allSatisfy({ FileManager.default.fileExists(atPath: $0.path) }) else {
      return try expressions(folder)
    }
    let bytes = try ONNXReader.bytes(contentsOf: file)
    let graph = try ONNXReader.read(bytes, named: file.path)
    guard let kind = try kind(of: graph, file) else { return try expressions(folder) }
    try check(ContentDigest.of(bytes), of: folder)
    return "\(folder.lastPathComponent): sound; \(kind)"
  }

  /// `nil` for a network of neither kind that finds faces.
  private func kind(of graph: Graph, _ file: URL) throws -> String? {
    do {
      if LandmarkNetwork.isOne(graph) {
        _ = try LandmarkNetwork(graph)
        return "landmarks of faces"
      }
      guard DetectionNetwork.isOne(graph) else { return nil }
      _ = try DetectionNetwork(graph)
      return "a face detector"
    } catch {
      throw BundleError(file: file.path, "cannot be computed here: \(error)")
    }
  }

  private func expressions(_ folder: URL) throws -> String {
    let bundle = try ModelBundle(contentsOf: folder)
    try bundle.checkRuns()
    let input = bundle.manifest.input
    let cost = try bundle.graph.multiplications(inputShape: NetworkClassifier(bundle).inputShape)
    return "\(bundle.manifest.name): sound; \(input.side) × \(input.side) × \(input.channels), "
      + String(format: "%.1f million multiplications a face", Double(cost) / 1e6)
  }

  private func check(_ digest: String, of folder: URL) throws {
    let manifest = folder.appendingPathComponent(ModelBundle.manifestFile)
    let text: String
    do { text = try yamlText(contentsOf: manifest.path) } catch {
      throw BundleError(file: manifest.path, "\(error)")
    }
    guard text.lowercased().contains(digest.lowercased()) else {
      throw BundleError(
        file: manifest.path, "tells of another \(ModelBundle.modelFile): its digest is not \(digest)")
    }
  }
}
