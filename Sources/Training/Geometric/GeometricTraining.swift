public import Expressions
import Foundation
public import Networks
import Vocabulary
import enum Vocabulary.Expression

/// Trains the network over landmark features: one hidden layer, on-line back-propagation, features relative to a
/// face at rest.
///
/// FER2013 has one picture a person, so the face at rest is the median of all that are labelled neutral.
public struct GeometricTraining: Sendable {
  public var hidden = 24
  public var epochs = 40
  public var seed: UInt64 = 1
  /// The first epoch's step; it falls to a twentieth along half a cosine.
  public var rate = 0.02
  private let landmarks: Graph

  /// - Parameter landmarks: the landmark network.
  public init(landmarks: Graph) { self.landmarks = landmarks }

  /// What comes out of a training.
  public struct Result: Sendable {
    /// The network of the epoch with the best validation accuracy.
    public let bundle: GeometricBundle
    public let evaluation: Evaluation
    /// The model card, in Markdown.
    public let card: String
  }

  /// - Parameter report: is told a line an epoch.
  /// - Throws: `TrainingError.tooFewFaces` where no face is labelled neutral, `nothingToValidate`.
  public func run(
    training: FaceSet, validation: FaceSet, provenance: BundleManifest.Provenance, command: String,
    report: (String) -> Void
  ) throws -> Result {
    guard validation.count > 0 else { throw TrainingError.nothingToValidate }
    let (taught, held) = try (
      FeatureSet(training, landmarks: landmarks), FeatureSet(validation, landmarks: landmarks)
    )
    guard let rest = taught.rest else {
      throw TrainingError.tooFewFaces(found: training.count, batchSize: 1)
    }
    let network = learn(Self.examples(taught, rest), Self.examples(held, rest), report: report)
    var bundle = GeometricBundle(name: "geometric", network: network, rest: rest, provenance: provenance)
    let evaluation = try Evaluation(of: bundle, on: validation, landmarks: landmarks)
    bundle.accuracy = BundleExport.accuracies(evaluation, command: command)
    let card = GeometricCard(evaluation: evaluation, command: command, hidden: hidden).markdown
    return Result(bundle: bundle, evaluation: evaluation, card: card)
  }

  typealias Example = (inputs: [Double], target: Int)

  private static func examples(_ set: FeatureSet, _ rest: FacialFeatures) -> [Example] {
    zip(set.features, set.labels).compactMap { features, label in
      features.map { ($0.differences(from: rest), label.rawValue) }
    }
  }

  /// - Returns: the network of the epoch that was right most often on `validation`.
  func learn(
    _ training: [Example], _ validation: [Example], report: (String) -> Void
  ) -> GeometricNetwork {
    var generator = CounterGenerator(seed: seed, stream: .initialization)
    var network = GeometricNetwork(
      inputs: FacialFeatures.differenceCount, hidden: hidden, outputs: Expression.allCases.count,
      using: &generator)
    var best = (accuracy: -1.0, network: network)
    for epoch in 1...max(1, epochs) {
      let progress = Double(epoch - 1) / Double(max(1, epochs))
      let step = rate * (0.05 + 0.95 * (1 + cos(.pi * progress)) / 2)
      var order = CounterGenerator(seed: seed, stream: .shuffle, epoch: epoch)
      var loss = 0.0
      for example in training.shuffled(using: &order) {
        loss += network.learn(example.inputs, target: example.target, rate: step)
      }
      let accuracy = Self.accuracy(network, on: validation)
      if accuracy > best.accuracy { best = (accuracy, network) }
      let mean = loss / Double(max(1, training.count))
      report(String(format: "epoch %d/%d  loss %.4f  val_accuracy %.4f", epoch, epochs, mean, accuracy))
    }
    return best.network
  }

  static func accuracy(_ network: GeometricNetwork, on examples: [Example]) -> Double {
    let right = examples.count { example in
      let found = network.probabilities(example.inputs)
      return found.max().flatMap(found.firstIndex) == example.target
    }
    return Double(right) / Double(max(1, examples.count))
  }
}

extension Evaluation {
  /// Classifies every face by its landmarks, whose finding is part of the time; one without counts as neutral.
  public init(of bundle: GeometricBundle, on faces: FaceSet, landmarks: Graph) throws {
    let before = clock()
    let classifier = try bundle.classifier()
    let set = try FeatureSet(faces, landmarks: landmarks)
    let logits = set.features.enumerated().map { index, features in
      let reading = FaceReading(chip: faces.image(index), features: features)
      let found = classifier.classify([reading])[0]?.values
      return found?.map { log(max($0, .leastNormalMagnitude)) }
        ?? Expression.allCases.map { $0 == .neutral ? 0 : -1 }
    }
    let cpu = Double(clock() - before) / Double(CLOCKS_PER_SEC)
    self.init(
      name: bundle.name, labels: faces.labels, majorities: faces.votes.map { $0?.majority }, logits: logits,
      multiplications: try (bundle.network.inputCount + bundle.network.outputCount)
        * bundle.network.hiddenCount
        + landmarks.multiplications(inputShape: landmarks.inputs[0].shape.map { $0 ?? 1 }),
      milliseconds: cpu * 1000 / Double(max(1, faces.count)),
      timing: "one thread, one by one, landmarks found anew")
  }
}
