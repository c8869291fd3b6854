import ArgumentParser
import Digests
import Expressions
import Faces
import Foundation
import Networks
import Pipeline
import Training

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
    func has(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
    if has("geometric.json") {
      let bundle = try GeometricBundle(contentsOf: folder)
      return "\(bundle.name): sound; expressions from landmarks"
    }
    let file = folder.appendingPathComponent("model.onnx")
    guard has("manifest.yaml"), has("model.onnx") else { return try expressions(folder) }
    let bytes = try ONNXReader.bytes(contentsOf: file)
    let graph = try ONNXReader.read(bytes, named: file.path)
    guard let kind = kind(of: graph) else { return try expressions(folder) }
    try check(ContentDigest.of(bytes), of: folder)
    return "\(folder.lastPathComponent): sound; \(kind)"
  }

  /// `nil` for a network of neither kind that finds faces.
  private func kind(of graph: Graph) -> String? {
    if (try? LandmarkNetwork(graph)) != nil { return "landmarks of faces" }
    return (try? DetectionNetwork(graph)) != nil ? "a face detector" : nil
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
    let manifest = folder.appendingPathComponent("manifest.yaml")
    guard let text = try? String(contentsOf: manifest, encoding: .utf8) else {
      throw BundleError(file: manifest.path, "cannot be read")
    }
    guard text.lowercased().contains(digest.lowercased()) else {
      throw BundleError(file: manifest.path, "tells of another model.onnx: its digest is not \(digest)")
    }
  }
}
