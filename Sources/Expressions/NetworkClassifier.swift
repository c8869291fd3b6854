import Foundation
public import Networks
public import Vocabulary

/// A bundle's network at work, for one task at a time: chip → numbers → logits → probabilities.
///
/// A face gives the same probabilities, bit for bit, in whatever company it is classified.
public final class NetworkClassifier: ExpressionClassifier {
  private let bundle: ModelBundle
  private let network: Network
  /// As `Network.ranges`.
  public var ranges: [String: ClosedRange<Float>] { network.ranges }
  /// Output position of each expression, in FER2013's order.
  private let positions: [Int]

  /// - Throws: `GraphError` where the network does not hold together.
  public init(
    _ bundle: ModelBundle, _ precision: InferenceForm.Precision = .fastest, threads: Int = 1
  ) throws {
    self.bundle = bundle
    network = try Network(bundle.graph, InferenceForm(precision), threads: threads)
    positions = Expression.allCases.compactMap { bundle.manifest.labels.firstIndex(of: $0.name) }
  }

  public func classify(_ faces: [FaceReading]) throws -> [ExpressionProbabilities?] {
    try classify(faces.map(\.chip))
  }

  /// - Parameter chips: registered faces; those of another size than the network's are resized.
  public func classify(_ chips: [Image]) throws -> [ExpressionProbabilities] {
    try logits(of: chips).compactMap {
      ExpressionProbabilities(Self.softmax($0, bundle.manifest.temperature))
    }
  }

  /// Logits before the temperature, in FER2013's order. Of a network that ends in softmax they are the
  /// logarithms of its probabilities, which differ by a constant that softmax does not see.
  public func logits(of chips: [Image]) throws -> [[Float]] {
    guard !chips.isEmpty else { return [] }
    let output = try network.run(bundle.input.tensor(of: chips))[bundle.answer.position].values
    return chips.indices.map { chip in
      positions.map { position in
        let value = output[chip * positions.count + position]
        return bundle.answer.givesProbabilities ? log(max(value, .leastNormalMagnitude)) : value
      }
    }
  }

  static func softmax(_ logits: [Float], _ temperature: Double) -> [Float] {
    let largest = logits.max() ?? 0
    let powers = logits.map { exp(Double($0 - largest) / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }
}
