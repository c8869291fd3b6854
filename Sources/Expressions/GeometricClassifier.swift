public import Vocabulary

/// Reads the displayed expression from the landmarks alone: how far a face is from the same person at rest.
public struct GeometricClassifier: ExpressionClassifier, Sendable {
  public let network: GeometricNetwork
  /// A face at rest, for people whose own is not known.
  public let rest: FacialFeatures?

  /// `nil` unless the network takes `FacialFeatures`' differences and gives seven numbers.
  public init?(_ network: GeometricNetwork, rest: FacialFeatures? = nil) {
    guard network.isWhole, network.inputCount == FacialFeatures.differenceCount,
      network.outputCount == Expression.allCases.count
    else { return nil }
    self.network = network
    self.rest = rest
  }

  public func classify(_ faces: [FaceReading]) -> [ExpressionProbabilities?] {
    faces.map { face in
      guard let features = face.features, let neutral = face.neutral ?? rest else { return nil }
      return ExpressionProbabilities(
        network.probabilities(features.differences(from: neutral)).map(Float.init))
    }
  }
}

extension FacialFeatures {
  public static let differenceCount = 9

  /// What a face does beyond its owner's face at rest, in a fixed order. Scaled so that a clear expression is
  /// about 1: ratios of a face move by some tenths.
  public func differences(from neutral: FacialFeatures) -> [Double] {
    zip(numbers, neutral.numbers).map { 5 * ($0 - $1) }
  }

  /// The middle of each feature over many samples of one person: the face at rest, since faces mostly are.
  /// `nil` without samples.
  public static func median(of samples: [FacialFeatures]) -> FacialFeatures? {
    guard !samples.isEmpty else { return nil }
    let columns = samples.map(\.numbers)
    let middle = (0..<differenceCount).map { column in
      columns.map { $0[column] }.sorted()[columns.count / 2]
    }
    return FacialFeatures(
      rightEyeOpenness: middle[0], leftEyeOpenness: middle[1], browRaise: middle[2], browKnit: middle[3],
      mouthOpening: middle[4], mouthWidth: middle[5], mouthCornerLift: middle[6],
      noseTip: Point(x: middle[7], y: middle[8]))
  }

  private var numbers: [Double] {
    [
      rightEyeOpenness, leftEyeOpenness, browRaise, browKnit, mouthOpening, mouthWidth, mouthCornerLift,
      noseTip.x, noseTip.y,
    ]
  }
}
