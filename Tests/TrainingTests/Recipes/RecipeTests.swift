import Digests
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

  @Test func `the taught recipe goes on from the first one's network, fed the same numbers`() throws {
    let (first, taught) = (try Self.shipped("afterclass"), try Self.shipped("afterclass-taught"))
    #expect(taught.network == first.network)
    #expect(taught.normalization == first.normalization)
    #expect(first.targets.teacherShare == 0 && taught.targets.teacherShare > 0)
  }

  @Test func `the network that ships names a recipe that ships, to the letter`() throws {
    let manifest = try String(
      contentsOf: Self.folder.appending(path: "../Models/afterclass-fer/manifest.yaml"), encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let named = try files.filter { $0.hasSuffix(".yaml") }.filter { file in
      let recipe = try Recipe(path: Self.folder.appending(path: file).path)
      return manifest.contains("recipe: \"\(recipe.name) \(ContentDigest.of(recipe.text))\"")
    }
    #expect(named.count == 1)
  }

  @Test func `the seed has 3,192,839 parameters, of which 3,190,407 are trained`() throws {
    let recipe = try Self.shipped("seed")
    let graph = recipe.network.graph(name: "seed", seed: 1)
    #expect(graph.parameters.values.reduce(0) { $0 + $1.count } == 3_192_839)
    let session = try TrainingSession(graph: graph, batch: 1)
    #expect(session.trainableCount == 3_190_407)
    #expect(session.outputShapes == [[1, 7]])
  }

  @Test func `the seed is trained as the Keras project trains it`() throws {
    let seed = try Self.shipped("seed")
    #expect(seed.epochs == 100 && seed.batchSize == 128 && seed.averaging == 0)
    #expect(seed.normalization == .init(mean: 0, deviation: 1))
    #expect(seed.network.initialization == .glorotUniform)
    #expect(seed.network.batchNormEpsilon == 0.001 && seed.network.batchNormMomentum == 0.99)
    let dropouts = seed.network.layers.filter { if case .dropout = $0 { true } else { false } }
    #expect(dropouts == Array(repeating: .dropout(0.25), count: 4))
    #expect(seed.optimizer.kind == .adam && seed.optimizer.learningRate == 0.001)
    #expect(seed.optimizer.beta1 == 0.9 && seed.optimizer.beta2 == 0.999 && seed.optimizer.epsilon == 1e-7)
    #expect(seed.optimizer.weightDecay == 0)
    #expect(seed.schedule.factor(at: 50, of: 100) == 1)
    #expect(seed.targets.labelShare == 1 && seed.targets.smoothing == 0 && seed.targets.teacherShare == 0)
    let varied = seed.augmentation
    #expect(varied.horizontalFlip && varied.rotation == 10 && varied.zoom == 0.1 && varied.zoomsAxesApart)
    #expect(varied.widthShift == 0.1 && varied.heightShift == 0.1)
    #expect(varied.cutout == nil && varied.mixup == nil && varied.webcam == nil && varied.contrast == 0)
    #expect(
      seed.callbacks.earlyStopping
        == EarlyStopping(monitor: .validationAccuracy, minimumDelta: 0.01, patience: 15))
    #expect(
      seed.callbacks.reduceOnPlateau
        == ReduceOnPlateau(
          monitor: .validationLoss, factor: 0.1, patience: 3, minimumDelta: 1e-4, minimumRate: 0.001))
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
    var sections = [
      "network": "network: {layers: [flatten, dense: 7]}", "optimizer": "optimizer: {learning_rate: 1}",
    ]
    sections[String(section.prefix { $0 != ":" })] = section
    let text = "epochs: 1\n" + sections.values.joined(separator: "\n")
    let error = #expect(throws: RecipeError.self) { try Recipe(text: text, path: "test.yaml") }
    let known = try #require(error?.reason.split(separator: "known here: ").last)
    let innermost = section.firstMatch(of: /(\w+): \{[^{}]*nothing/)?.output.1
    let told = try Self.keysTold(of: innermost.map { String($0) })
    for key in known.split(separator: ", ") { #expect(told.contains(String(key)), "\(key) is not told of") }
  }

  @Test func `a recipe that is larger than any, or no text, is refused`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "large.yaml")
      try Data("epochs: 1 #\(String(repeating: " ", count: 1 << 20))".utf8).write(to: file)
      var error = #expect(throws: RecipeError.self) { try Recipe(path: file.path) }
      #expect(error?.description.contains("large.yaml:1: is larger than 1 MiB") == true)
      try Data([0x61, 0xFF]).write(to: file)
      error = #expect(throws: RecipeError.self) { try Recipe(path: file.path) }
      #expect(error?.description.contains("large.yaml:1: is no text in UTF-8") == true)
    }
  }

  /// The keys that the page tells of a section, under its heading or in its row; without one of a recipe itself, before
  /// the headings and in them.
  private static func keysTold(of section: String?) throws -> Set<String> {
    let page = try String(
      contentsOf: folder.appending(path: "../../Sources/Afterclass.docc/Recipes.md"), encoding: .utf8)
    let parts = page.split(separator: "\n## ").map { part in
      (heading: String(part.prefix { $0 != "\n" }), text: String(part))
    }
    guard let section else { return keys(in: parts[0].text + parts.dropFirst().map(\.heading).joined()) }
    let own = parts.dropFirst().filter { keys(in: $0.heading).contains(section) }.map(\.text)
    let rows = page.split(separator: "\n").map(String.init).filter { keys(in: $0).contains(section) }
    return keys(in: (own.isEmpty ? rows : own).joined(separator: "\n"))
  }

  /// Names in code as a recipe has them: `name`, `section.name`, `name: value`, `{name, name}`.
  private static func keys(in text: String) -> Set<String> {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    let code = pieces.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    let key = /(?:^|[{.,] ?)([a-z][a-z0-9_]*)(?=$|[,:}])/
    return Set(code.flatMap { $0.matches(of: key).map { String($0.output.1) } })
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
    ("- flatten", "- flatten\n    - max_pool: 2", "short.yaml:5: max_pool cannot follow flatten"),
    ("- flatten", "- flatten\n    - convolution: {width: 8}", "short.yaml:5: a convolution cannot follow"),
    ("- flatten", "- dense: 8\n    - residual: {width: 8}", "short.yaml:5: a residual block cannot follow"),
    ("- flatten", "- max_pool: 8\n    - max_pool: 8", "short.yaml:5: max_pool: 8 is larger than the 6 × 6"),
    ("- flatten", "- dense: 65536", "short.yaml:4: the network has more than 100 million weights"),
  ])
  func `a mistake is named with its line`(from: String, to: String, message: String) throws {
    let text = Self.minimal.replacing(from, with: to)
    let error = #expect(throws: RecipeError.self) { try Recipe(text: text, path: "short.yaml") }
    #expect("\(try #require(error))".contains(message))
  }
}
