public import Expressions
public import Faces
public import Vocabulary

/// The stages that one worker runs, each behind its seam. Not shared between workers: stages keep buffers.
public struct Stages {
  public var layout: any LayoutFinder
  public var detector: any FaceDetector
  public var reader: any FaceReader
  /// `nil` computes no expression at all.
  public var classifier: (any ExpressionClassifier)?

  public init(
    layout: any LayoutFinder, detector: any FaceDetector, reader: any FaceReader,
    classifier: (any ExpressionClassifier)?
  ) {
    self.layout = layout
    self.detector = detector
    self.reader = reader
    self.classifier = classifier
  }
}

/// What kind of view a frame shows and where its tiles are.
public struct FrameLayout: Sendable {
  public var view: View
  public var tiles: [TileObservation]
  public var screen: [Float]

  public init(view: View = .scene, tiles: [TileObservation] = [], screen: [Float] = []) {
    self.view = view
    self.tiles = tiles
    self.screen = screen
  }
}

/// Finds the layout of a frame, by that frame alone.
public protocol LayoutFinder {
  ///
  /// - Parameter sample: the frame's number on the grid: what changes seldom need not be looked at every time.
  func layout(of image: Image, sample: Int64) throws -> FrameLayout
}

/// Every frame as one scene without tiles.
public struct SceneLayout: LayoutFinder {
  public init() {}
  public func layout(of image: Image, sample: Int64) -> FrameLayout { FrameLayout() }
}

/// Reads detected faces: landmarks, pose, features and quality, and what the classifier will look at.
public protocol FaceReader {
  /// - Returns: for each face in order what was read, `nil` where it cannot be registered; no reading where
  ///   nothing is to be classified.
  func read(
    _ faces: [FaceDetection], in picture: Image
  ) throws -> [(face: FaceObservation, reading: FaceReading?)?]
}
