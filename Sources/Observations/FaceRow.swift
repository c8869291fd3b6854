import Foundation
import GRDB
import Vocabulary

enum FaceRow {
  private static let columns = 33
  private static let insertion =
    "INSERT INTO face VALUES (" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"

  static func insert(_ face: FaceObservation, sample: Int64, position: Int, _ db: Database) throws {
    var values: [(any DatabaseValueConvertible)?] = [
      sample, position, face.box.x, face.box.y, face.box.width, face.box.height, face.score,
    ]
    let landmarks = face.landmarks
    values += [landmarks?.confidence, landmarks.map { Blob.encode($0.five) }]
    values.append(landmarks.flatMap { $0.all.isEmpty ? nil : Blob.encode($0.all) })
    values += group(3, face.pose.map { [$0.yaw, $0.pitch, $0.roll] })
    values += group(
      9,
      face.features.map {
        [
          $0.rightEyeOpenness, $0.leftEyeOpenness, $0.browRaise, $0.browKnit, $0.mouthOpening, $0.mouthWidth,
          $0.mouthCornerLift, $0.noseTip.x, $0.noseTip.y,
        ]
      })
    values += group(4, face.quality.map { [$0.size, $0.sharpness, $0.exposure, $0.completeness] })
    values += group(7, face.expression.map { $0.values.map { Double($0) } })
    try db.cachedStatement(sql: insertion).execute(arguments: StatementArguments(values))
  }

  static func update(_ face: ObservationStore.FaceExpression, _ db: Database) throws {
    let update = """
      UPDATE face SET angry = ?, disgust = ?, fear = ?, happy = ?, sad = ?, surprise = ?, neutral = ?
      WHERE sample = ? AND position = ?
      """
    let values: [(any DatabaseValueConvertible)?] =
      group(7, face.expression.values.map { Double($0) }) + [face.sample, face.place]
    try db.cachedStatement(sql: update).execute(arguments: StatementArguments(values))
  }

  /// The numbers of a group of columns, all or none: SQLite keeps no NaN, so a group that holds one counts
  /// as not measured.
  private static func group(_ count: Int, _ numbers: [Double]?) -> [(any DatabaseValueConvertible)?] {
    guard let numbers, numbers.allSatisfy(\.isFinite) else { return Array(repeating: nil, count: count) }
    return numbers
  }

  /// Landmarks that are not asked for are not read.
  static func query(_ detail: ObservationStore.Detail) -> String {
    let five = detail == .summary ? "NULL" : "five_landmarks"
    let all = detail == .everything ? "all_landmarks" : "NULL"
    return """
      SELECT sample, x, y, width, height, score, landmark_confidence, \(five), \(all), yaw, pitch, roll,
        right_eye_openness, left_eye_openness, brow_raise, brow_knit, mouth_opening, mouth_width,
        mouth_corner_lift, nose_x, nose_y, quality_size, quality_sharpness, quality_exposure,
        quality_completeness, angry, disgust, fear, happy, sad, surprise, neutral
      FROM face ORDER BY sample, position
      """
  }

  static func read(_ row: Rows) throws -> FaceObservation {
    var face = FaceObservation(
      box: Box(
        x: try row.double(1), y: try row.double(2), width: try row.double(3), height: try row.double(4)),
      score: try row.double(5))
    if let five = try row.points(7) {
      face.landmarks = Landmarks(five: five, all: try row.points(8) ?? [], confidence: try row.double(6))
    }
    if !row.isNull(9) {
      face.pose = HeadPose(yaw: try row.double(9), pitch: try row.double(10), roll: try row.double(11))
    }
    if !row.isNull(12) {
      face.features = FacialFeatures(
        rightEyeOpenness: try row.double(12), leftEyeOpenness: try row.double(13),
        browRaise: try row.double(14), browKnit: try row.double(15), mouthOpening: try row.double(16),
        mouthWidth: try row.double(17), mouthCornerLift: try row.double(18),
        noseTip: Point(x: try row.double(19), y: try row.double(20)))
    }
    if !row.isNull(21) {
      face.quality = FaceQuality(
        size: try row.double(21), sharpness: try row.double(22), exposure: try row.double(23),
        completeness: try row.double(24))
    }
    if !row.isNull(25) {
      face.expression = ExpressionProbabilities(try (25..<32).map { Float(try row.double($0)) })
    }
    return face
  }
}
