public import Vocabulary

/// One face to be read: what a classifier may look at.
public struct FaceReading: Sendable {
  /// The registered face, gray.
  public var chip: Image
  /// Ratios of its landmarks, where they are known.
  public var features: FacialFeatures?

  public init(chip: Image, features: FacialFeatures? = nil) {
    self.chip = chip
    self.features = features
  }
}

/// Reads the *displayed* expression of faces; what somebody feels is not in the picture.
///
/// A classifier serves one task at a time.
public protocol ExpressionClassifier {
  /// - Returns: for each face in order its probabilities; `nil` where the face lacks what is needed.
  func classify(_ faces: [FaceReading]) throws -> [ExpressionProbabilities?]
}
