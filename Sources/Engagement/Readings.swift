public import Vocabulary

/// One face at one sample, boiled down to what the indices need.
struct Reading {
  /// Index of the participant; `nil` where the face is nobody's.
  var participant: Int?
  /// As measured; `nil` without expressions.
  var probabilities: ExpressionProbabilities?
  var uncertain: Bool
  /// Too small, blurred or cut off to enter valence and expressivity.
  var unreadable: Bool
  /// 0 to 1; `nil` where the pose is not known.
  var facing: Double?
  /// Openness of the eyes as measured; `nil` where the landmarks are not known.
  var eyes: Double?

  init(_ face: FaceObservation, settings: SummarySettings) {
    probabilities = settings.observableOnly ? nil : face.expression
    unreadable = face.isUnreadable(settings)
    uncertain = face.isUncertain(settings)
    facing = face.pose.map { facingCamera($0, settings.attention) }
    eyes = face.features.map { ($0.rightEyeOpenness + $0.leftEyeOpenness) / 2 }
  }
}

extension FaceObservation {
  fileprivate func isUnreadable(_ settings: SummarySettings) -> Bool {
    (quality?.overall ?? 1) < settings.minimumQuality
  }

  /// Whether what it displays counts as uncertain: of low quality, or without a clear first expression.
  public func isUncertain(_ settings: SummarySettings) -> Bool {
    let margin = settings.observableOnly ? nil : expression?.margin
    return isUnreadable(settings) || Double(margin ?? 1) < settings.minimumMargin
  }
}

/// What one participant shows at one sample.
struct Presentation {
  var participant: Int
  var presence: Presence
  /// As ``Sighting/place``.
  var place: SIMD2<Float>
  /// Index of the tile in its sample; `nil` in a scene.
  var tile: Int?
  /// Index into the readings, where a face was found.
  var reading: Int?
}

/// One sample without its faces.
struct SampleRecord {
  var index: Int64
  var time: Timestamp
  var view: View
  var faces: Int
  var presentations: [Presentation] = []
  /// Readings of all faces of this sample.
  var readings: Range<Int>

  var counted: Bool { view.isCounted }
}

extension View {
  /// Class figures are taken from galleries and scenes, where everybody is shown alike.
  public var isCounted: Bool { self == .gallery || self == .scene }
}
