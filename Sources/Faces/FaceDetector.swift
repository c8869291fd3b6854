public import Vocabulary

/// A face that a detector found, in pixels of the picture that it was given.
public struct FaceDetection: Hashable, Sendable {
  /// From the brows or the hairline to the chin, whichever the detector learned.
  public var box: Box
  /// 0 to 1; comparable within one detector only.
  public var score: Double
  /// Right eye, left eye, nose tip, right and left mouth corner ("right" is the subject's), where the
  /// detector gives them.
  public var five: [Point]?

  public init(box: Box, score: Double, five: [Point]? = nil) {
    self.box = box
    self.score = score
    self.five = five
  }
}

/// Finds the faces of a picture.
///
/// Every implementation keeps these promises, which one conformance suite holds it to: any size of picture,
/// gray or coloured; boxes of positive size whose centre lies in the picture; scores of 0 to 1, falling; no
/// two boxes that overlap by more than half; the same picture gives the same faces.
/// A detector keeps buffers between calls, so each task makes its own.
public protocol FaceDetector {
  /// What the detector is called in a pipeline file and in `run.json`.
  var name: String { get }

  /// The faces, surest first.
  ///
  /// - Parameter smallest: height in pixels of the smallest face that matters. A detector may shrink the
  ///   picture as far as it still finds such faces; `nil` leaves it to the detector's own setting.
  func detect(in image: Image, smallest: Double?) throws -> [FaceDetection]
}

extension FaceDetector {
  public func detect(in image: Image) throws -> [FaceDetection] { try detect(in: image, smallest: nil) }
}

/// A detector, landmark network or template that cannot be used.
public struct FaceError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
