public import Vocabulary

/// Reads the displayed expression from the landmarks alone: how far a face is from the same person at rest.
public struct GeometricClassifier: ExpressionClassifier, Sendable {
  public let network: GeometricNetwork
  /// Anybody's face at rest.
  public let rest: FacialFeatures

  /// `nil` unless the network takes `FacialFeatures`' differences and gives seven numbers.
  public init?(_ network: GeometricNetwork, rest: FacialFeatures) {
    guard network.isWhole, network.inputCount == FacialFeatures.differenceCount,
      network.outputCount == Expression.allCases.count
    else { return nil }
    self.network = network
    self.rest = rest
  }

  public func classify(_ faces: [FaceReading]) -> [ExpressionProbabilities?] {
    faces.map { face in face.features.flatMap { probabilities(of: $0, rest: rest) } }
  }

  /// Reads all faces of one person, relative to the person's own face at rest as far as they tell it.
  public func classify(person faces: [FacialFeatures]) -> [ExpressionProbabilities?] {
    let own = ownRest(of: faces)
    return faces.map { probabilities(of: $0, rest: own) }
  }

  /// So many faces at rest count as much as what is known of everybody's: a person who was seen shortly, or seldom at
  /// rest, is read from a face between both.
  static let prior = 100.0

  /// The mean of the faces, each weighing as much as it is read as neutral from anybody's face at rest; drawn towards
  /// that one as by `prior` faces more (the posterior mean of a normal prior). A median would take a person who
  /// smiles throughout to be at rest.
  func ownRest(of faces: [FacialFeatures]) -> FacialFeatures {
    var (sums, weight) = (rest.numbers.map { Self.prior * $0 }, Self.prior)
    for face in faces {
      let neutral = Double(probabilities(of: face, rest: rest)?[.neutral] ?? 0)
      for (index, number) in face.numbers.enumerated() { sums[index] += neutral * number }
      weight += neutral
    }
    return FacialFeatures(numbers: sums.map { $0 / weight })
  }

  private func probabilities(of features: FacialFeatures, rest: FacialFeatures) -> ExpressionProbabilities? {
    ExpressionProbabilities(network.probabilities(features.differences(from: rest)).map(Float.init))
  }
}

extension FacialFeatures {
  public static let differenceCount = 9

  /// What a face does beyond its owner's face at rest, in a fixed order. Scaled so that a clear expression is
  /// about 1: ratios of a face move by some tenths.
  public func differences(from neutral: FacialFeatures) -> [Double] {
    zip(numbers, neutral.numbers).map { 5 * ($0 - $1) }
  }

  /// The middle of each feature over many samples; `nil` without samples.
  public static func median(of samples: [FacialFeatures]) -> FacialFeatures? {
    guard !samples.isEmpty else { return nil }
    let columns = samples.map(\.numbers)
    let middle = (0..<differenceCount).map { column in
      columns.map { $0[column] }.sorted()[columns.count / 2]
    }
    return FacialFeatures(numbers: middle)
  }

  fileprivate init(numbers: [Double]) {
    self.init(
      rightEyeOpenness: numbers[0], leftEyeOpenness: numbers[1], browRaise: numbers[2], browKnit: numbers[3],
      mouthOpening: numbers[4], mouthWidth: numbers[5], mouthCornerLift: numbers[6],
      noseTip: Point(x: numbers[7], y: numbers[8]))
  }

  fileprivate var numbers: [Double] {
    [
      rightEyeOpenness, leftEyeOpenness, browRaise, browKnit, mouthOpening, mouthWidth, mouthCornerLift,
      noseTip.x, noseTip.y,
    ]
  }
}
