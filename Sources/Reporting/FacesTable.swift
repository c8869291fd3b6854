import Engagement
import Vocabulary

/// The time of a sample as the tables tell it, worked out once for all of its rows.
struct RowTime {
  let seconds: Double
  let timecode: String
  /// Number of the sample, where it is one.
  let index: Int?

  init(_ time: Timestamp, index: Int? = nil) {
    self.index = index
    seconds = Double(time.milliseconds) / 1000
    timecode = time.timecode
  }
}

/// One row of `faces.csv`: a class, since forty columns ask it and a copy is half a kilobyte.
final class FaceRow {
  let time: RowTime
  let participant: String?
  let track: Int
  let face: FaceObservation

  init(time: RowTime, participant: String?, track: Int, face: FaceObservation) {
    self.time = time
    self.participant = participant
    self.track = track
    self.face = face
  }
}

/// The columns of `faces.csv`, a row a face a sample.
func facesColumns(expressions: Bool) -> [CSVColumn<FaceRow>] {
  let place: [CSVColumn<FaceRow>] = [
    .number("time_s", unit: "s", decimals: 3, "Grid time of the sample on the recording's clock.") {
      $0.time.seconds
    },
    .text("timecode", "The same as HH:MM:SS, rounded down.") { $0.time.timecode },
    .text("participant", "Pseudonym or name of the participant; empty where the face is nobody's.") {
      $0.participant
    },
    .integer("track", "Consecutive overlapping faces share a track.") { $0.track },
    .number(
      "x", unit: "px", decimals: 1, "Left edge of the face; pixels of the displayed frame, origin top left."
    ) { $0.face.box.x },
    .number("y", unit: "px", decimals: 1, "Top edge of the face.") { $0.face.box.y },
    .number("w", unit: "px", decimals: 1, "Width of the face.") { $0.face.box.width },
    .number("h", unit: "px", decimals: 1, "Height of the face.") { $0.face.box.height },
    .number("score", "Confidence of the detector, 0 to 1.") { $0.face.score },
  ]
  return place + landmarkColumns + poseColumns + featureColumns + qualityColumns
    + (expressions ? expressionColumns : [])
}

private let landmarkColumns: [CSVColumn<FaceRow>] = [
  ("right_eye", "Middle of the subject's right eye"), ("left_eye", "Middle of the subject's left eye"),
  ("nose", "Tip of the nose"), ("right_mouth", "Subject's right corner of the mouth"),
  ("left_mouth", "Subject's left corner of the mouth"),
].enumerated().flatMap { index, point in
  @Sendable func coordinate(_ row: FaceRow) -> Point? {
    row.face.landmarks.flatMap { $0.five.indices.contains(index) ? $0.five[index] : nil }
  }
  return [
    CSVColumn<FaceRow>.number("\(point.0)_x", unit: "px", decimals: 1, "\(point.1), from the left.") {
      coordinate($0)?.x
    },
    .number("\(point.0)_y", unit: "px", decimals: 1, "\(point.1), from the top.") { coordinate($0)?.y },
  ]
}

private let poseColumns: [CSVColumn<FaceRow>] = [
  .number("yaw", unit: "deg", decimals: 1, "Rotation of the head, positive to the subject's left.") {
    $0.face.pose?.yaw
  },
  .number("pitch", unit: "deg", decimals: 1, "Rotation of the head, positive upwards.") {
    $0.face.pose?.pitch
  },
  .number("roll", unit: "deg", decimals: 1, "Tilt of the head, positive to the subject's right shoulder.") {
    $0.face.pose?.roll
  },
]

private let featureColumns: [CSVColumn<FaceRow>] = [
  .number("right_eye_openness", "Openness of the subject's right eye, a ratio free of scale.") {
    $0.face.features?.rightEyeOpenness
  },
  .number("left_eye_openness", "Openness of the subject's left eye.") { $0.face.features?.leftEyeOpenness },
  .number("brow_raise", "Height of the brows over the eyes.") { $0.face.features?.browRaise },
  .number("brow_knit", "Distance between the brows.") { $0.face.features?.browKnit },
  .number("mouth_opening", "Opening of the mouth.") { $0.face.features?.mouthOpening },
  .number("mouth_width", "Width of the mouth.") { $0.face.features?.mouthWidth },
  .number("mouth_corner_lift", "Height of the corners of the mouth over its middle.") {
    $0.face.features?.mouthCornerLift
  },
  .number("nose_tip_x", "Tip of the nose right of the middle of the eyes, in distances between the eyes.") {
    $0.face.features?.noseTip.x
  },
  .number("nose_tip_y", "Tip of the nose below the middle of the eyes.") { $0.face.features?.noseTip.y },
]

private let qualityColumns: [CSVColumn<FaceRow>] = [
  .number(
    "quality", decimals: 3,
    "How well the face can be read, 0 to 1: size × sharpness × exposure × completeness."
  ) { $0.face.quality?.overall }
]

private let expressionColumns: [CSVColumn<FaceRow>] =
  Expression.allCases.map { expression in
    .number(
      expression.name, decimals: 5, "Probability of displayed \(expression.name); the seven sum to one."
    ) {
      ($0.face.expression?[expression]).map(Double.init)
    }
  } + [
    .text("expression", "The most probable displayed expression.") { $0.face.expression?.top.name },
    .number("margin", decimals: 5, "Probability of the first expression minus that of the second.") {
      ($0.face.expression?.margin).map(Double.init)
    },
  ]
