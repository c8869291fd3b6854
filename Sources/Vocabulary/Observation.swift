/// What one face was measured to be at one sample. Coordinates are pixels of the displayed frame.
///
/// Holds nothing that identifies a person: no picture, no embedding.
public struct FaceObservation: Hashable, Sendable {
  public var box: Box
  /// The detector's confidence, 0 to 1.
  public var score: Double
  /// Absent where the detector gives no landmarks and no landmark network is configured.
  public var landmarks: Landmarks?
  public var pose: HeadPose?
  public var features: FacialFeatures?
  public var quality: FaceQuality?
  /// Absent with `observable-only`, where no expression is ever computed.
  public var expression: ExpressionProbabilities?

  public init(
    box: Box, score: Double, landmarks: Landmarks? = nil, pose: HeadPose? = nil,
    features: FacialFeatures? = nil, quality: FaceQuality? = nil,
    expression: ExpressionProbabilities? = nil
  ) {
    self.box = box
    self.score = score
    self.landmarks = landmarks
    self.pose = pose
    self.features = features
    self.quality = quality
    self.expression = expression
  }
}

/// Points of a face in pixels of the displayed frame. "Right" is the subject's right: the left of the picture.
public struct Landmarks: Hashable, Sendable {
  /// Right eye, left eye, nose tip, right mouth corner, left mouth corner.
  public var five: [Point]
  /// The 300-W scheme: 17 jaw, 10 brows, 9 nose, 12 eyes, 20 mouth; empty where only five are known.
  public var all: [Point]
  /// How far the points can be trusted, 0 to 1.
  public var confidence: Double

  public init(five: [Point], all: [Point] = [], confidence: Double) {
    self.five = five
    self.all = all
    self.confidence = confidence
  }
}

/// Rotation of the head in degrees: yaw positive to the subject's left, pitch positive upwards, roll
/// positive when the head tilts to the subject's right shoulder (counter-clockwise seen in the picture).
public struct HeadPose: Hashable, Sendable {
  public var yaw: Double
  public var pitch: Double
  public var roll: Double

  public init(yaw: Double, pitch: Double, roll: Double) {
    self.yaw = yaw
    self.pitch = pitch
    self.roll = roll
  }
}

/// Ratios measured on the landmarks, free of scale; formulas in `Faces`.
public struct FacialFeatures: Hashable, Sendable, Codable {
  public var rightEyeOpenness: Double
  public var leftEyeOpenness: Double
  public var browRaise: Double
  public var browKnit: Double
  public var mouthOpening: Double
  public var mouthWidth: Double
  public var mouthCornerLift: Double
  /// Nose tip relative to the middle of the eyes, in inter-ocular distances.
  public var noseTip: Point

  public init(
    rightEyeOpenness: Double, leftEyeOpenness: Double, browRaise: Double, browKnit: Double,
    mouthOpening: Double, mouthWidth: Double, mouthCornerLift: Double, noseTip: Point
  ) {
    self.rightEyeOpenness = rightEyeOpenness
    self.leftEyeOpenness = leftEyeOpenness
    self.browRaise = browRaise
    self.browKnit = browKnit
    self.mouthOpening = mouthOpening
    self.mouthWidth = mouthWidth
    self.mouthCornerLift = mouthCornerLift
    self.noseTip = noseTip
  }
}

/// How well a face can be read: each part 0 (not at all) to 1 (fully).
public struct FaceQuality: Hashable, Sendable {
  public var size: Double
  public var sharpness: Double
  public var exposure: Double
  /// 1 where the whole face lies in its tile.
  public var completeness: Double

  public init(size: Double, sharpness: Double, exposure: Double, completeness: Double) {
    self.size = size
    self.sharpness = sharpness
    self.exposure = exposure
    self.completeness = completeness
  }

  /// The product of the parts.
  public var overall: Double { size * sharpness * exposure * completeness }
}

/// A participant's rectangle in a gallery view at one sample.
public struct TileObservation: Hashable, Sendable {
  public var box: Box
  /// False where the tile shows a name or a still avatar in place of a camera picture.
  public var cameraOn: Bool
  /// Colour and structure of what is around the face; says nothing about the face itself.
  public var appearance: [Float]
  /// Coarse profile of the strip that holds the name label: too coarse to read, the same with the camera
  /// on and off, so that a participant can be followed from one to the other.
  public var labelShape: [Float]
  /// The name label, where reading it was turned on.
  public var label: String?

  public init(
    box: Box, cameraOn: Bool, appearance: [Float] = [], labelShape: [Float] = [], label: String? = nil
  ) {
    self.box = box
    self.cameraOn = cameraOn
    self.appearance = appearance
    self.labelShape = labelShape
    self.label = label
  }
}

/// What kind of view a sample shows.
public enum View: String, Sendable, Codable, CaseIterable {
  /// A grid of tiles.
  case gallery
  /// One large speaker, perhaps with a strip of thumbnails.
  case speaker
  /// A shared screen, perhaps with a strip of thumbnails.
  case screen
  /// No layout was recognised: the frame is one scene, for instance a filmed classroom.
  case scene
}

/// Everything measured at one grid time of a recording.
public struct SampleObservation: Hashable, Sendable {
  /// `k` in the grid time `k * interval`.
  public var index: Int64
  /// The grid time.
  public var time: Timestamp
  /// Presentation time of the frame that was on screen at that instant.
  public var frameTime: Timestamp
  public var frameWidth: Int
  public var frameHeight: Int
  public var view: View
  public var tiles: [TileObservation]
  public var faces: [FaceObservation]
  /// Mean luma (0 to 1) of a coarse grid over the shared screen, to see where a slide changes; empty where
  /// no screen is shared.
  public var screen: [Float]

  public init(
    index: Int64, time: Timestamp, frameTime: Timestamp, frameWidth: Int, frameHeight: Int,
    view: View = .scene, tiles: [TileObservation] = [], faces: [FaceObservation] = [],
    screen: [Float] = []
  ) {
    self.index = index
    self.time = time
    self.frameTime = frameTime
    self.frameWidth = frameWidth
    self.frameHeight = frameHeight
    self.view = view
    self.tiles = tiles
    self.faces = faces
    self.screen = screen
  }
}
