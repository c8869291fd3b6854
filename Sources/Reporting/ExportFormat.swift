import Engagement
import Vocabulary

/// Forms in which tables are written besides the CSV files that every report has. Those are typed as
/// `datapackage.json` says (numbers with a point, `true` and `false`, empty for none), so that they can be
/// converted to Parquet as they are.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// `class.jsonl`, `windows.jsonl`, `faces.jsonl`: an object a line.
  case json
  /// `faces.py-feat.csv`: faces under the column names of py-feat's `Fex` tables.
  case pyFeat = "py-feat"
  /// `faces.openface.csv`: faces under the column names of OpenFace 2.
  case openFace = "openface"

  /// Whether it is of single people alone.
  public var isPersonal: Bool { self != .json }

  /// Whether the 68 landmarks are needed.
  public var wantsAllLandmarks: Bool { self != .json }

  /// Every file that some format writes.
  static let files = [
    "class.jsonl", "windows.jsonl", "faces.jsonl", "faces.py-feat.csv", "faces.openface.csv",
  ]
}

private func coordinate(_ axis: String, _ index: Int) -> CSVColumn<FaceRow> {
  .number(
    "\(axis)_\(index)", unit: "px", decimals: 2, "Landmark \(index) of the 300-W scheme, counted from zero."
  ) { row in
    guard let points = row.face.landmarks?.all, points.indices.contains(index) else { return nil }
    return axis == "x" ? points[index].x : points[index].y
  }
}

private let landmarks68 = (0..<68).map { coordinate("x", $0) } + (0..<68).map { coordinate("y", $0) }

/// The columns of py-feat's `Fex` tables as its `feat/utils/__init__.py` names them, as far as they are measured
/// here: no action units. `frame` counts samples; angles are degrees with the signs of `faces.csv`.
func pyFeatColumns(recording: String, expressions: Bool) -> [CSVColumn<FaceRow>] {
  let emotions: [(String, Expression)] = [
    ("anger", .angry), ("disgust", .disgust), ("fear", .fear), ("happiness", .happy), ("sadness", .sad),
    ("surprise", .surprise), ("neutral", .neutral),
  ]
  let place: [CSVColumn<FaceRow>] = [
    .text("input", "The recording.") { _ in recording },
    .integer("frame", "Number of the sample.") { $0.time.index },
    .text("approx_time", "Time on the recording's clock, HH:MM:SS.") { $0.time.timecode },
    .number("FaceRectX", unit: "px", decimals: 1, "Left edge of the face.") { $0.face.box.x },
    .number("FaceRectY", unit: "px", decimals: 1, "Top edge of the face.") { $0.face.box.y },
    .number("FaceRectWidth", unit: "px", decimals: 1, "Width of the face.") { $0.face.box.width },
    .number("FaceRectHeight", unit: "px", decimals: 1, "Height of the face.") { $0.face.box.height },
    .number("FaceScore", "Confidence of the detector, 0 to 1.") { $0.face.score },
  ]
  let pose: [CSVColumn<FaceRow>] = [
    .number("Pitch", unit: "deg", decimals: 2, "Positive upwards.") { $0.face.pose?.pitch },
    .number("Roll", unit: "deg", decimals: 2, "Positive to the subject's right shoulder.") {
      $0.face.pose?.roll
    },
    .number("Yaw", unit: "deg", decimals: 2, "Positive to the subject's left.") { $0.face.pose?.yaw },
  ]
  let shown = emotions.map { name, expression in
    CSVColumn<FaceRow>.number(name, decimals: 5, "Probability of displayed \(expression.name).") {
      ($0.face.expression?[expression]).map(Double.init)
    }
  }
  return place + landmarks68 + pose + (expressions ? shown : [])
    + [.text("Identity", "Pseudonym or name of the participant.") { $0.participant }]
}

/// The columns of OpenFace 2's CSV (its wiki, "Output Format") that are measured here: no gaze, no action units,
/// no position in space. Rotations are radians, right-handed about axes to the right, down and into the picture.
func openFaceColumns() -> [CSVColumn<FaceRow>] {
  @Sendable func radians(_ degrees: Double?) -> Double? { degrees.map { -$0 * .pi / 180 } }
  return [
    .integer("frame", "Number of the sample, counted from one.") { $0.time.index.map { $0 + 1 } },
    .integer("face_id", "Track of the face.") { $0.track },
    .number("timestamp", unit: "s", decimals: 3, "Time on the recording's clock.") { $0.time.seconds },
    .number("confidence", decimals: 3, "Confidence of the landmarks, 0 to 1.") {
      $0.face.landmarks?.confidence
    },
    .integer("success", "1 where landmarks were found, else 0.") { $0.face.landmarks == nil ? 0 : 1 },
    .number("pose_Rx", unit: "rad", "Pitch, positive downwards.") { radians($0.face.pose?.pitch) },
    .number("pose_Ry", unit: "rad", "Yaw, positive to the left of the picture.") {
      radians($0.face.pose?.yaw)
    },
    .number("pose_Rz", unit: "rad", "Roll, positive clockwise in the picture.") {
      radians($0.face.pose?.roll)
    },
  ] + landmarks68
}
