public import Expressions
import Foundation
import Networks
public import Vocabulary
public import enum Vocabulary.Expression

/// A bundle's answers on labelled faces, and what they are worth.
public struct Evaluation: Sendable {
  public let name: String
  public let labels: [Expression]
  /// FER+'s majority, where there are votes and one of the seven has most of them.
  public let majorities: [Expression?]
  /// Seven a face, before any temperature: the answer that FER2013's labels are held against.
  public let logits: [[Float]]
  /// The answer that FER+'s majorities are held against: the network's second one, where it was taught both.
  public let majorityLogits: [[Float]]
  /// Whether the network was taught both answers.
  let answersBoth: Bool
  /// The mean of both answers, where it is what the bundle classifies with.
  public let meanLogits: [[Float]]?
  /// Whether the bundle classifies with the second answer or with the mean of both.
  public let classifiesByMajority: Bool
  /// The bundle's own temperature, of the answer that it classifies with.
  public var temperature: Double
  public let multiplications: Int
  /// CPU time of one face, in milliseconds.
  public let milliseconds: Double
  /// How that was measured.
  let timing: String
  /// What the network's products were computed in.
  let arithmetic: String
  /// Whether each answer is the mean over the face and its mirror image.
  let isMirrored: Bool
  /// What was measured on, for the head of text and page: file and rows.
  public var subject = ""

  init(
    name: String, labels: [Expression], majorities: [Expression?], logits: [[Float]],
    majorityLogits: [[Float]]? = nil, meanLogits: [[Float]]? = nil, classifiesByMajority: Bool = false,
    temperature: Double = 1,
    multiplications: Int = 0, milliseconds: Double = 0, timing: String = "", arithmetic: String = "",
    isMirrored: Bool = false
  ) {
    self.name = name
    self.labels = labels
    self.majorities = majorities
    self.logits = logits
    self.majorityLogits = majorityLogits ?? logits
    answersBoth = majorityLogits != nil
    self.meanLogits = meanLogits
    self.classifiesByMajority = classifiesByMajority
    self.temperature = temperature
    self.multiplications = multiplications * (isMirrored ? 2 : 1)
    self.milliseconds = milliseconds
    self.timing = timing
    self.arithmetic = arithmetic
    self.isMirrored = isMirrored
  }

  /// Classifies every face.
  /// - Parameter mirrors: averages the logits of each face and of its mirror image.
  /// - Throws: `BundleError`, `GraphError` or `NetworksError` where the bundle cannot run.
  public init(of bundle: ModelBundle, on faces: FaceSet, mirrors: Bool = false, threads: Int = 1) throws {
    let outputs = [ModelBundle.labelsOutput, ModelBundle.votesOutput]
    let hasBoth = bundle.answersBoth
    let chosen = bundle.manifest.output?.names ?? []
    var readings = hasBoth ? try outputs.map(bundle.reading(output:)) : [bundle]
    if chosen.count > 1 { readings.append(bundle) }
    let classifiers = try readings.map { try NetworkClassifier($0, threads: threads) }
    let answers = try classifiers.map { try Self.answers($0, faces, mirrors: mirrors) }
    self.init(
      name: bundle.manifest.name, labels: faces.labels, majorities: faces.votes.map { $0?.majority },
      logits: answers[0].logits, majorityLogits: hasBoth ? answers[1].logits : nil,
      meanLogits: chosen.count > 1 ? answers.last?.logits : nil,
      classifiesByMajority: hasBoth && chosen.contains(ModelBundle.votesOutput),
      temperature: bundle.manifest.temperature,
      multiplications: try bundle.graph.multiplications(inputShape: classifiers[0].inputShape),
      milliseconds: faces.count > 0 ? answers[0].cpuSeconds * 1000 / Double(faces.count) : 0,
      timing: "\(threads == 1 ? "one thread" : "\(threads) threads"), batches of 64",
      arithmetic: InferenceForm(.fastest).arithmetic(of: bundle.graph), isMirrored: mirrors)
  }

  private static func answers(
    _ classifier: NetworkClassifier, _ faces: FaceSet, mirrors: Bool
  ) throws -> (logits: [[Float]], cpuSeconds: Double) {
    var logits: [[Float]] = []
    var cpu = 0.0
    for start in stride(from: 0, to: faces.count, by: 64) {
      let chips = (start..<min(start + 64, faces.count)).map { faces.image($0) }
      let before = clock()
      var rows = try classifier.logits(of: chips)
      if mirrors {
        let others = try classifier.logits(of: chips.map(\.mirrored))
        rows = zip(rows, others).map { zip($0, $1).map { ($0 + $1) / 2 } }
      }
      cpu += Double(clock() - before) / Double(CLOCKS_PER_SEC)
      logits += rows
    }
    return (logits, cpu)
  }

  public var predictions: [Expression] { logits.map { Self.ranking($0)[0] } }

  /// Against FER2013's labels.
  public var confusion: ConfusionMatrix { Self.confusion(logits, labels) }

  /// Against FER+'s majorities; faces without one are left out.
  public var majorityConfusion: ConfusionMatrix { Self.confusion(majorityLogits, majorities) }

  /// As both confusions, of the mean of the two answers.
  public var meanConfusions: (labels: ConfusionMatrix, majorities: ConfusionMatrix)? {
    meanLogits.map { (Self.confusion($0, labels), Self.confusion($0, majorities)) }
  }

  /// Whether what the bundle classifies with is held against majorities: there are some.
  var isHeldAgainstMajorities: Bool { classifiesByMajority && majorities.contains { $0 != nil } }

  /// The answers that the bundle classifies with, where their truth is known.
  var classified: (logits: [[Float]], truths: [Expression]) {
    guard isHeldAgainstMajorities else {
      return (meanLogits ?? logits, labels)
    }
    let pairs = zip(meanLogits ?? majorityLogits, majorities).compactMap { row, truth in
      truth.map { (row, $0) }
    }
    return (pairs.map(\.0), pairs.map(\.1))
  }

  /// How often the label is the first or the second answer.
  public var topTwo: Proportion {
    let hits = zip(logits, labels).filter { Self.ranking($0).prefix(2).contains($1) }.count
    return Proportion(hits, of: labels.count)
  }

  /// Indices of the wrong answers, the most confident first.
  public var mistakes: [(index: Int, predicted: Expression, confidence: Double)] {
    // The bundle's temperature is that of the answer which it classifies with.
    let temperature =
      meanLogits == nil && !classifiesByMajority
      ? temperature : Calibration.temperature(logits: logits, labels: labels)
    return logits.indices.compactMap { index in
      let predicted = Self.ranking(logits[index])[0]
      guard predicted != labels[index] else { return nil }
      let confidence = Softmax.probabilities(logits[index], temperature: temperature)[predicted.rawValue]
      return (index, predicted, confidence)
    }.sorted { ($0.confidence, $1.index) > ($1.confidence, $0.index) }
  }

  private static func confusion(_ logits: [[Float]], _ truths: [Expression?]) -> ConfusionMatrix {
    var matrix = ConfusionMatrix()
    for (truth, row) in zip(truths, logits) {
      if let truth { matrix.add(actual: truth, predicted: ranking(row)[0]) }
    }
    return matrix
  }

  /// Expressions from the highest logit; FER2013's order where two are equal.
  private static func ranking(_ logits: [Float]) -> [Expression] {
    Expression.allCases.sorted {
      (logits[$0.rawValue], $1.rawValue) > (logits[$1.rawValue], $0.rawValue)
    }
  }
}

extension Image {
  var mirrored: Image {
    var copy = self
    for row in 0..<height {
      for column in 0..<width {
        for channel in 0..<channels {
          copy.pixels[(row * width + column) * channels + channel] =
            pixels[(row * width + width - 1 - column) * channels + channel]
        }
      }
    }
    return copy
  }
}

extension FaceSet {
  /// One face as a gray picture.
  public func image(_ index: Int) -> Image {
    Image(width: Face.side, height: Face.side, channels: 1, pixels: Array(pixels(of: index)))
      ?? Image(width: Face.side, height: Face.side)
  }
}
