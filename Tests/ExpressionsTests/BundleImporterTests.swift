import Foundation
import Networks
import Testing
import Vocabulary

@testable import Expressions

@Suite struct BundleImporterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The same network as Keras exports it: channels last outside, first inside.
  private func keras() -> Graph {
    var graph = Graph.expressions()
    graph.inputs = [Graph.Value(name: "keras", shape: [nil, 12, 12, 1])]
    graph.nodes.insert(
      Graph.Node(name: "first", operation: .transpose([0, 3, 1, 2]), inputs: ["keras"], outputs: ["chip"]),
      at: 0)
    return graph
  }

  @Test func aKerasNetworkWithItsOwnLabelsWorks() throws {
    let file = folder.file("keras.onnx")
    try ONNXWriter.write(keras(), to: file)
    let labels = ["Neutral", "Happiness", "anger", "sadness", "fear", "surprised", "disgust"]
    let bundle = try BundleImporter(labels: labels).bundle(
      from: file, named: "theirs", to: folder.file("theirs"))
    #expect(bundle.manifest.labels == ["neutral", "happy", "angry", "sad", "fear", "surprise", "disgust"])
    #expect(bundle.manifest.input.side == 12)

    #expect(try NetworkClassifier(bundle).inputShape == [1, 12, 12, 1])

    let native = folder.file("native.onnx")
    try ONNXWriter.write(.expressions(), to: native)
    let same = try BundleImporter(labels: labels).bundle(from: native, named: "ours", to: folder.file("ours"))
    let chip = Image(width: 12, height: 12, filledWith: 120)
    let (left, right) = (
      try NetworkClassifier(ModelBundle(contentsOf: bundle.folder)).classify([chip])[0],
      try NetworkClassifier(same).classify([chip])[0]
    )
    #expect(zip(left.values, right.values).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func aLabelThatIsNoExpressionIsNamed() throws {
    let file = folder.file("net.onnx")
    try ONNXWriter.write(.expressions(), to: file)
    let error = #expect(throws: BundleError.self) {
      try BundleImporter(labels: ["contempt"]).bundle(from: file, named: "x", to: folder.file("x"))
    }
    #expect(error?.description.contains("\"contempt\"") == true)
  }

  @Test func aFileThatIsNoNetworkIsRefused() throws {
    let file = folder.file("net.onnx")
    try Data("not a network".utf8).write(to: file)
    #expect(throws: GraphError.self) {
      try BundleImporter().bundle(from: file, named: "x", to: folder.file("x"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("x").path))
  }
}
