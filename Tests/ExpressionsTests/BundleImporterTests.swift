import Foundation
import Networks
import Testing
import Vocabulary
import enum Vocabulary.Expression

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

  /// A network whose first answer is the sum of its three channels' means, each of a weight of its own.
  private func colour(channelsLast: Bool) -> Graph {
    var graph = Graph(
      name: "colour", inputs: [Graph.Value(name: "chip", shape: [nil, 3, 12, 12])], outputs: ["out"])
    func add(_ operation: Networks.Operation, _ inputs: [String], giving output: String) {
      graph.nodes.append(Graph.Node(name: output, operation: operation, inputs: inputs, outputs: [output]))
    }
    if channelsLast {
      graph.inputs = [Graph.Value(name: "pixels", shape: [nil, 12, 12, 3])]
      add(.transpose([0, 3, 1, 2]), ["pixels"], giving: "chip")
    }
    var weight = Tensor(zeros: [7, 3])
    weight.values.replaceSubrange(0..<3, with: [1, 10, 100])
    graph.parameters = ["weight": weight, "bias": Tensor(zeros: [7])]
    add(.globalAveragePool, ["chip"], giving: "means")
    add(.flatten(axis: 1), ["means"], giving: "flat")
    add(
      .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: true), ["flat", "weight", "bias"],
      giving: "out")
    return graph
  }

  @Test(arguments: [false, true])
  func aNetworkOfThreeChannelsGetsTheGrayChipThriceInItsOwnRange(channelsLast: Bool) throws {
    let file = folder.file("colour.onnx")
    try ONNXWriter.write(colour(channelsLast: channelsLast), to: file)
    let bundle = try BundleImporter(range: [-1, 1]).bundle(
      from: file, named: "colour", to: folder.file("colour"))
    #expect(bundle.manifest.input.channels == 3 && bundle.manifest.input.range == [-1, 1])

    // White columns, one in three: were channels taken for pixels, one channel would be white and two black.
    var striped = Image(width: 12, height: 12)
    for index in striped.pixels.indices where index % 3 == 0 { striped.pixels[index] = 255 }
    let chips = [
      Image(width: 12, height: 12, filledWith: 0), Image(width: 12, height: 12, filledWith: 255), striped,
    ]
    let logits = try NetworkClassifier(ModelBundle(contentsOf: bundle.folder), .float32).logits(of: chips)
    for (row, expected) in zip(logits, [-111, 111, -37] as [Float]) {
      #expect(abs(row[0] - expected) < 1e-3)
      #expect(row.dropFirst().allSatisfy { $0 == 0 })
    }
  }

  @Test func aFormOfAnOperatorThatCannotBeComputedIsRefusedBeforeABundleIsWritten() throws {
    let file = folder.file("turned.onnx")
    let graph = Graph(
      name: "turned", inputs: [Graph.Value(name: "chip", shape: [nil, 1, 12, 12])],
      nodes: [
        Graph.Node(name: "mean", operation: .globalAveragePool, inputs: ["chip"], outputs: ["mean"]),
        Graph.Node(name: "flat", operation: .flatten(axis: 1), inputs: ["mean"], outputs: ["flat"]),
        Graph.Node(
          name: "turned", operation: .gemm(alpha: 1, beta: 1, transposesA: true, transposesB: true),
          inputs: ["flat", "weight", "bias"], outputs: ["out"]),
      ], outputs: ["out"],
      parameters: ["weight": Tensor(zeros: [7, 1]), "bias": Tensor(zeros: [7])])
    try ONNXWriter.write(graph, to: file)
    #expect {
      try BundleImporter().bundle(from: file, named: "turned", to: folder.file("turned"))
    } throws: {
      "\($0)".contains("turned")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("turned").path))
  }

  @Test func anExpressionThatNoLabelNamesIsTold() throws {
    let file = folder.file("net.onnx")
    try ONNXWriter.write(.expressions(), to: file)
    let labels = ["angry", "disgust", "fear", "hapy", "sad", "surprise", "neutral"]
    let error = #expect(throws: BundleError.self) {
      try BundleImporter(labels: labels).bundle(from: file, named: "x", to: folder.file("x"))
    }
    #expect(error?.description.contains("outputs for happy") == true)
    #expect(error?.description.contains("hapy") == true)
  }

  @Test(arguments: [false, true])
  func whatANetworkTellsBeyondTheSevenIsLeftOut(probabilities: Bool) throws {
    let file = folder.file("eight.onnx")
    try ONNXWriter.write(.expressions(probabilities: probabilities, outputs: 8), to: file)
    let labels = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"]
    let bundle = try BundleImporter(labels: labels).bundle(
      from: file, named: "eight", to: folder.file("eight"))
    #expect(bundle.manifest.otherLabels == ["contempt"])
    let card = try String(
      contentsOf: folder.file("eight").appendingPathComponent("MODEL_CARD.md"), encoding: .utf8)
    #expect(card.contains("tells contempt: left out"))

    let chips = [Image(width: 12, height: 12, filledWith: 120), Image(width: 12, height: 12, filledWith: 30)]
    let read = try NetworkClassifier(ModelBundle(contentsOf: bundle.folder), .float32).classify(chips)
    let outputs = try Network(bundle.graph).run(bundle.input.tensor(of: chips))[0].values
    for chip in 0..<2 {
      let eight = Array(outputs[8 * chip..<8 * chip + 7])
      let powers = probabilities ? eight : eight.map { exp($0) }
      let sum = powers.reduce(0, +)
      let order: [Vocabulary.Expression] = [.neutral, .happy, .surprise, .sad, .angry, .disgust, .fear]
      for (expression, power) in zip(order, powers) {
        #expect(abs(read[chip][expression] - power / sum) < 1e-5)
      }
    }
  }

  /// YAML has meanings of its own for these.
  @Test(arguments: ["[unk]", "*", "#x", "other:", "no", "1", "\"quoted\""])
  func aLabelOfAnyFormIsReadBack(label: String) throws {
    let file = folder.file("eight.onnx")
    try ONNXWriter.write(.expressions(outputs: 8), to: file)
    let labels = Expression.allCases.map(\.name) + [label]
    let bundle = try BundleImporter(labels: labels).bundle(from: file, named: "x", to: folder.file("x"))
    #expect(try ModelBundle(contentsOf: bundle.folder).manifest.otherLabels == [label])
  }

  @Test func aLabelWithoutANameIsRefused() throws {
    let file = folder.file("eight.onnx")
    try ONNXWriter.write(.expressions(outputs: 8), to: file)
    #expect(throws: BundleError.self) {
      try BundleImporter(labels: Expression.allCases.map(\.name) + [""])
        .bundle(from: file, named: "x", to: folder.file("x"))
    }
  }

  @Test func outputsThatNoLabelNamesAreTold() throws {
    let file = folder.file("eight.onnx")
    try ONNXWriter.write(.expressions(outputs: 8), to: file)
    let error = #expect(throws: BundleError.self) {
      try BundleImporter().bundle(from: file, named: "x", to: folder.file("x"))
    }
    #expect(error?.reason.contains("gives 8") == true && error?.reason.contains("--labels") == true)
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
