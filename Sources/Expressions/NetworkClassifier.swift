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
  /// Of one chip as the network takes it: batch, then channels first or last.
  public var inputShape: [Int] { [1] + bundle.input.shape }
  /// Output position of each expression, in FER2013's order; outputs of other labels are not looked at.
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

  /// Logits before the temperature, in FER2013's order. Of a network that ends in softmax, and of several
  /// answers, they are the logarithms of the probabilities or of their mean, which differ by a constant that
  /// softmax does not see.
  ///
  /// - Throws: `BundleError` where one is not finite.
  public func logits(of chips: [Image]) throws -> [[Float]] {
    guard !chips.isEmpty else { return [] }
    let outputs = try network.run(bundle.input.tensor(of: chips))
    let rows = chips.indices.map { chip in
      let answers = bundle.answers.map { logits(of: chip, $0, outputs[$0.position].values) }
      return answers.count == 1 ? answers[0] : Self.logarithmOfMean(answers)
    }
    guard rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw BundleError(
        file: bundle.folder.appendingPathComponent(ModelBundle.modelFile).path,
        "gives numbers for a face that are not finite; train it anew")
    }
    return rows
  }

  private func logits(of chip: Int, _ answer: NetworkAnswer, _ values: [Float]) -> [Float] {
    positions.map { position in
      let value = values[chip * bundle.manifest.labels.count + position]
      return answer.givesProbabilities ? log(max(value, .leastNormalMagnitude)) : value
    }
  }

  private static func logarithmOfMean(_ answers: [[Float]]) -> [Float] {
    let probabilities = answers.map { softmax($0, 1) }
    return answers[0].indices.map { index in
      let mean = probabilities.reduce(0) { $0 + $1[index] } / Float(answers.count)
      return log(max(mean, .leastNormalMagnitude))
    }
  }

  /// In float32 until the exponential, so that a face keeps the probabilities that were measured for it.
  private static func softmax(_ logits: [Float], _ temperature: Double) -> [Float] {
    let largest = logits.max() ?? 0
    let powers = logits.map { exp(Double($0 - largest) / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }
}
