import Foundation
public import Networks
import Vocabulary
import Yams

/// Everything that a training is made of besides its data: read from a YAML file.
public struct Recipe: Hashable, Sendable {
  public var name: String
  /// The file's text as it was read: what a bundle and a checkpoint record.
  public var text: String
  public var seed: UInt64
  public var epochs: Int
  public var batchSize: Int
  public var precision: Precision
  public var network: NetworkSection
  public var normalization: Normalization
  public var optimizer: OptimizerSection
  public var schedule: Schedule
  public var targets: Targets
  public var augmentation: Augmentation
  public var callbacks: Callbacks
  /// Decay of the running average of all weights; 0 turns it off.
  public var averaging: Float

  /// What the network is fed: `(pixel / 255 - mean) / deviation`.
  public struct Normalization: Hashable, Sendable {
    public var mean: Float
    public var deviation: Float

    /// What black and white become.
    var range: [Double] { [0.0, 1.0].map { ($0 - Double(mean)) / Double(deviation) } }
  }

  /// Whether FER+'s votes are learned from, or tell what to leave out.
  public var needsVotes: Bool {
    targets.labelShare < 1 || targets.skipsNonFaces || network.answersVotes
  }

  /// - Throws: `RecipeError` naming the line and what it should hold.
  public init(path: String) throws {
    let text: String
    do { text = try yamlText(contentsOf: path) } catch {
      throw RecipeError(path: path, line: 1, reason: "\(error)")
    }
    try self.init(text: text, path: path)
  }

  /// - Parameter path: only for messages and the default name.
  public init(text: String, path: String) throws {
    do { try checkYAML(text) } catch { throw RecipeError(path: path, line: 1, reason: "\(error)") }
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw RecipeError(
        path: path, line: 1, reason: "not YAML: \(error)".split(separator: "\n").joined(separator: " "))
    }
    guard let node else { throw RecipeError(path: path, line: 1, reason: "the recipe is empty") }
    var section = try RecipeSection(node, path: path, name: "a recipe")
    self.text = text
    name =
      section.node("name")?.string ?? URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    seed = UInt64(try section.whole("seed", in: 0...Int.max, default: 1))
    epochs = try section.whole("epochs", in: 1...100_000)
    batchSize = try section.whole("batch_size", in: 1...4096, default: 128)
    precision = try section.choice("precision", default: .float32)
    averaging = try section.float("averaging", in: 0...0.999999, default: 0)
    network = try NetworkSection(try section.required("network"))
    normalization = try Normalization(try section.section("normalization") ?? .init(emptyIn: path))
    optimizer = try OptimizerSection(try section.required("optimizer"))
    schedule = try Schedule(try section.section("schedule") ?? .init(emptyIn: path))
    targets = try Targets(try section.section("targets") ?? .init(emptyIn: path))
    augmentation = try Augmentation(try section.section("augmentation") ?? .init(emptyIn: path))
    callbacks = try Callbacks(try section.section("callbacks") ?? .init(emptyIn: path))
    try section.finish()
  }
}

extension RecipeSection {
  mutating func required(_ key: String) throws -> RecipeSection {
    if let section = try section(key) { return section }
    throw RecipeError(path: path, line: line, reason: "the section \(key) is missing")
  }
}

extension Recipe.Normalization {
  init(_ section: RecipeSection) throws {
    var section = section
    mean = try section.float("mean", in: -10...10, default: 0)
    deviation = try section.float("deviation", in: 1e-6...1000, default: 1)
    try section.finish()
  }
}
