import Foundation
import Networks
import Testing

@testable import Training

@Suite struct RecipeTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Pipelines/Recipes").standardized

  static func shipped(_ name: String) throws -> Recipe {
    try Recipe(path: folder.appending(path: "\(name).yaml").path)
  }

  @Test func `the seed has 3,192,839 parameters, of which 3,190,407 are trained`() throws {
    let recipe = try Self.shipped("seed")
    let graph = recipe.network.graph(name: "seed", seed: 1)
    #expect(graph.parameters.values.reduce(0) { $0 + $1.count } == 3_192_839)
    let session = try TrainingSession(graph: graph, batch: 1)
    #expect(session.trainableCount == 3_190_407)
    #expect(session.outputShapes == [[1, 7]])
  }

  @Test func `the product's network costs at most 45 million multiplications and fits in 10 MB`() throws {
    let graph = try Self.shipped("afterclass").network.graph(name: "afterclass", seed: 1)
    #expect(graph.parameters.values.reduce(0) { $0 + $1.count } * 4 < 10_000_000)
    #expect(try graph.multiplications(inputShape: [1, 1, 48, 48]) <= 45_000_000)
  }

  @Test func `multiplications beyond what can be counted are an error`() throws {
    var graph = Graph(
      name: "wide", inputs: [Graph.Value(name: "in", shape: [nil, 1, nil, nil])], outputs: ["out"])
    graph.parameters["weight"] = Tensor(zeros: [1, 1, 1, 1])
    graph.nodes = [
      Graph.Node(
        name: "layer", operation: .convolution(Window(kernel: [1, 1]), groups: 1), inputs: ["in", "weight"],
        outputs: ["out"])
    ]
    let side = 1 << 24
    #expect(throws: GraphError.self) { try graph.multiplications(inputShape: [side, 1, side, side]) }
  }

  @Test(arguments: [
    "nothing: 1", "network: {nothing: 1, layers: [flatten, dense: 7]}",
    "network: {layers: [convolution: {width: 1, nothing: 1}, dense: 7]}",
    "network: {layers: [residual: {width: 1, nothing: 1}, dense: 7]}", "normalization: {nothing: 1}",
    "optimizer: {learning_rate: 1, nothing: 1}", "schedule: {nothing: 1}", "targets: {nothing: 1}",
    "augmentation: {nothing: 1}",
    "augmentation: {cutout: {probability: 1, smallest: 1, largest: 2, nothing: 1}}",
    "augmentation: {mixup: {probability: 1, alpha: 1, nothing: 1}}",
    "augmentation: {webcam: {probability: 1, smallest_side: 9, nothing: 1}}", "callbacks: {nothing: 1}",
    "callbacks: {early_stopping: {patience: 1, nothing: 1}}",
    "callbacks: {reduce_on_plateau: {factor: 0.5, patience: 1, nothing: 1}}",
  ])
  func `the page on recipes tells of every key`(section: String) throws {
    let page = try String(
      contentsOf: Self.folder.appending(path: "../../Sources/Afterclass.docc/Recipes.md"), encoding: .utf8)
    var sections = [
      "network": "network: {layers: [flatten, dense: 7]}", "optimizer": "optimizer: {learning_rate: 1}",
    ]
    sections[String(section.prefix { $0 != ":" })] = section
    let text = "epochs: 1\n" + sections.values.joined(separator: "\n")
    let error = #expect(throws: RecipeError.self) { try Recipe(text: text, path: "test.yaml") }
    let known = try #require(error?.reason.split(separator: "known here: ").last)
    for key in known.split(separator: ", ") { #expect(page.contains(key), "\(key) is not told of") }
  }

  @Test func `the same seed draws the same weights, another seed others`() throws {
    let network = try Self.shipped("afterclass").network
    #expect(network.graph(name: "a", seed: 3) == network.graph(name: "a", seed: 3))
    #expect(network.graph(name: "a", seed: 3) != network.graph(name: "a", seed: 4))
  }

  @Test func `Glorot's weights are uniform within the root of 6 by fan-in plus fan-out`() throws {
    let graph = try Self.shipped("seed").network.graph(name: "seed", seed: 1)
    let weights = try #require(graph.parameters["convolution1.weight"]).values
    let limit = Float(6.0 / (9 + 64 * 9)).squareRoot()
    #expect(weights.allSatisfy { abs($0) <= limit })
    #expect(weights.contains { abs($0) > 0.9 * limit })
  }

  private static let minimal = """
    epochs: 1
    network:
      layers:
        - flatten
        - dense: 7
    optimizer: {learning_rate: 0.1}

    """

  @Test func `a recipe needs only epochs, layers and a rate`() throws {
    let recipe = try Recipe(text: Self.minimal, path: "short.yaml")
    #expect(recipe.name == "short")
    #expect(recipe.batchSize == 128)
    #expect(recipe.callbacks.earlyStopping == nil)
  }

  @Test(arguments: [
    ("epochs: 1", "epochs: 0", "short.yaml:1: epochs must be a whole number from 1 to 100000"),
    ("dense: 7", "dense: 8", "the last layer must be dense: 7"),
    ("flatten", "flattened", "short.yaml:4: a layer is one of"),
    ("learning_rate", "learning_rat", "short.yaml:6: learning_rate is missing"),
    ("epochs: 1", "epochs: 1\nepoch: 2", "short.yaml:2: unknown key \"epoch\""),
    ("network:", "network: 3\nmore:", "network must be keys with values"),
  ])
  func `a mistake is named with its line`(from: String, to: String, message: String) throws {
    let text = Self.minimal.replacing(from, with: to)
    let error = #expect(throws: RecipeError.self) { try Recipe(text: text, path: "short.yaml") }
    #expect("\(try #require(error))".contains(message))
  }
}
