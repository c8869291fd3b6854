import Foundation
import Networks
import Testing
import Vocabulary

@testable import Expressions

@Suite struct ModelBundleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func manifest(_ change: (inout BundleManifest) -> Void = { _ in }) -> BundleManifest {
    var manifest = BundleManifest(name: "small", input: BundleManifest.Input(side: 12))
    change(&manifest)
    return manifest
  }

  private func write(_ graph: Graph = .expressions(), _ manifest: BundleManifest? = nil) throws -> ModelBundle
  {
    try ModelBundle.write(
      model: ONNXWriter.bytes(of: graph), manifest: manifest ?? self.manifest(), card: "# small",
      to: folder.url)
  }

  /// The bundle with its manifest's text changed.
  private func messageAfter(replacing old: String, with new: String) throws -> String {
    _ = try write()
    let file = folder.file(ModelBundle.manifestFile)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(old))
    try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: file)
    do {
      _ = try ModelBundle(contentsOf: folder.url)
      return "was read"
    } catch { return "\(error)" }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let full = manifest {
      $0.temperature = 1.5
      $0.input.preprocessing = [.equalise]
      $0.provenance = .init(
        date: "2026-11-22", recipe: "a \"seed\": #1", data: [.init(file: "a.csv", digest: "00")])
      $0.accuracy = [
        .init(set: "PublicTest", value: 0.7, interval: [0.68, 0.72], command: "afterclass evaluate")
      ]
    }
    let written = try write(.expressions(), full)
    let read = try ModelBundle(contentsOf: folder.url)
    #expect(read.manifest == written.manifest)
    #expect(read.graph == written.graph)
    #expect(try String(contentsOf: folder.file(ModelBundle.cardFile), encoding: .utf8) == "# small")
  }

  @Test func aKeyThatIsNotKnownIsNamed() throws {
    let text = try messageAfter(replacing: "temperature:", with: "temprature: 1\ntemperature:")
    #expect(text.contains("manifest.yaml: has a key \"temprature\""))
    #expect(
      try messageAfter(replacing: "  side:", with: "  colour: red\n  side:").contains("\"input.colour\""))
  }

  @Test func aKeyThatIsMissingOrOfTheWrongKindIsNamed() throws {
    #expect(try messageAfter(replacing: "temperature: 1.0", with: "").contains("lacks temperature"))
    #expect(
      try messageAfter(replacing: "side: 12", with: "side: twelve").contains(
        "input.side is of the wrong kind"))
  }

  @Test func oneOutputOrSeveralAreNamed() throws {
    let name = try #require(try write().graph.outputs.first)
    let temperature = "temperature: 1.0"
    for output in [name, "[\(name)]"] {
      #expect(
        try messageAfter(replacing: temperature, with: "output: \(output)\n\(temperature)") == "was read")
      #expect(try ModelBundle(contentsOf: folder.url).manifest.output == .some(.init(arrayLiteral: name)))
    }
    #expect(
      try messageAfter(replacing: temperature, with: "output: [a, a]\n\(temperature)").contains("each once"))
  }

  @Test(arguments: ["? [a]: b", "? {a: b}\n: c", "? a\u{F6} &x [y, [z, w: 0.25\n #"])
  func aKeyThatIsNoTextIsRefusedAndDoesNotTrap(yaml: String) {
    #expect(throws: BundleError.self) { try BundleManifest(yaml: yaml, file: "manifest.yaml") }
  }

  @Test func aManifestOfAliasesIsRefused() throws {
    let text = try messageAfter(replacing: "temperature: 1.0", with: "temperature: &t 1.0\naccuracy: *t")
    #expect(text.contains("manifest.yaml: repeats a part of itself by an alias"))
  }

  @Test func `a manifest that is larger than any is refused`() throws {
    let blanks = String(repeating: " ", count: 1 << 20)
    let text = try messageAfter(replacing: "temperature: 1.0", with: "temperature: 1.0 #\(blanks)")
    #expect(text.contains("manifest.yaml: is larger than 1 MiB"))
  }

  @Test func `a text of any characters is read back from a manifest`() throws {
    let recipe = "\u{7F}\u{85}a\u{2028}b\t\r\n\"c\" \\ \u{FEFF}é"
    _ = try write(
      .expressions(), manifest { $0.provenance = .init(date: "", recipe: recipe, data: []) })
    #expect(try ModelBundle(contentsOf: folder.url).manifest.provenance?.recipe == recipe)
  }

  @Test func anotherNetworkThanTheManifestsIsRefused() throws {
    _ = try write()
    try ONNXWriter.write(.expressions(probabilities: false), to: folder.file(ModelBundle.modelFile))
    let error = #expect(throws: BundleError.self) { try ModelBundle(contentsOf: folder.url) }
    #expect(error?.reason.contains("is not the network that the manifest describes") == true)
  }

  @Test func anAnswerOfMoreNumbersThanCanBeCountedIsRefused() throws {
    var graph = Graph.expressions(probabilities: false)
    func add(_ operation: Networks.Operation, giving name: String) {
      let input = graph.nodes.last?.outputs ?? []
      graph.nodes.append(Graph.Node(name: name, operation: operation, inputs: input, outputs: [name]))
    }
    add(.unsqueeze(axes: [2, 3, 4, 5, 6]), giving: "wide")
    for step in 0..<4 {
      add(
        .pad(Array(repeating: 0, count: 8) + Array(repeating: 4000, count: 6), value: 0), giving: "pad\(step)"
      )
    }
    graph.outputs = ["pad3"]
    let error = #expect(throws: BundleError.self) { try write(graph) }
    #expect(error?.reason.contains("must give 7 numbers") == true)
  }

  @Test func aNetworkThatIsTooLargeIsRefusedBeforeItIsRead() throws {
    _ = try write()
    let model = folder.file(ModelBundle.modelFile)
    let handle = try FileHandle(forWritingTo: model)
    try handle.truncate(atOffset: 1 << 40)
    let error = #expect(throws: GraphError.self) { try ModelBundle(contentsOf: folder.url) }
    #expect(error?.reason.contains("is of 1099511627776 bytes") == true)
  }

  @Test func aFolderWithoutABundleIsRefused() {
    let error = #expect(throws: BundleError.self) { try ModelBundle(contentsOf: folder.file("nothing")) }
    #expect(error?.reason.hasPrefix("cannot be read") == true)
  }

  @Test func aFramingThatChipsAreNotCutInIsRefused() {
    let error = #expect(throws: BundleError.self) {
      try write(.expressions(), manifest { $0.input.template = "arcface" })
    }
    #expect(error?.reason == "input.template must be fer2013, not arcface")
  }

  @Test func labelsThatAreNotTheSevenAreRefused() {
    #expect(throws: BundleError.self) {
      try write(.expressions(), manifest { $0.labels[0] = "contempt" })
    }
    #expect(throws: BundleError.self) { try write(.expressions(), manifest { $0.labels.removeLast() }) }
  }

  @Test func aNetworkOfAnotherShapeIsRefusedAndNothingIsWritten() {
    let side = #expect(throws: BundleError.self) {
      try write(.expressions(), manifest { $0.input.side = 48 })
    }
    #expect(side?.reason.contains("takes 1 × 12 × 12, not chips of 48 × 48") == true)
    var two = Graph.expressions()
    two.outputs = ["out", "k"]
    let unnamed = #expect(throws: BundleError.self) { try write(two) }
    #expect(unnamed?.reason.contains("has the outputs out, k; name one of them") == true)
    let outputs = #expect(throws: BundleError.self) { try write(.expressions(outputs: 8)) }
    #expect(outputs?.reason.contains("must give 7 numbers") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.file(ModelBundle.modelFile).path))
  }

  @Test(arguments: [0, -1, .nan, 1e9] as [Double]) func aTemperatureThatMakesNoSenseIsRefused(
    _ temperature: Double
  ) {
    #expect(throws: BundleError.self) { try write(.expressions(), manifest { $0.temperature = temperature }) }
  }
}
