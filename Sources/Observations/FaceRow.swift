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

  /// The numbers of a group of columns, all or none: SQLite keeps no NaN, so a group that holds one counts
  /// as not measured.
  private static func group(_ count: Int, _ numbers: [Double]?) -> [(any DatabaseValueConvertible)?] {
    guard let numbers, numbers.allSatisfy(\.isFinite) else { return Array(repeating: nil, count: count) }
    return numbers
  }

  static func read(_ row: Row, allLandmarks: Bool) throws -> FaceObservation {
    FaceObservation(
      box: Box(
        x: try row.decode(atIndex: 2), y: try row.decode(atIndex: 3), width: try row.decode(atIndex: 4),
        height: try row.decode(atIndex: 5)),
      score: try row.decode(atIndex: 6), landmarks: try landmarks(row, all: allLandmarks),
      pose: try numbers(row, 10..<13).map { HeadPose(yaw: $0[0], pitch: $0[1], roll: $0[2]) },
      features: try numbers(row, 13..<22).map {
        FacialFeatures(
          rightEyeOpenness: $0[0], leftEyeOpenness: $0[1], browRaise: $0[2], browKnit: $0[3],
          mouthOpening: $0[4], mouthWidth: $0[5], mouthCornerLift: $0[6],
          noseTip: Point(x: $0[7], y: $0[8]))
      },
      quality: try numbers(row, 22..<26).map {
        FaceQuality(size: $0[0], sharpness: $0[1], exposure: $0[2], completeness: $0[3])
      },
      expression: try numbers(row, 26..<33).flatMap { ExpressionProbabilities($0.map { Float($0) }) })
  }

  private static func landmarks(_ row: Row, all: Bool) throws -> Landmarks? {
    guard let five: Data = try row.decode(atIndex: 8) else { return nil }
    let rest: Data? = all ? try row.decode(atIndex: 9) : nil
    return Landmarks(
      five: try Blob.decodePoints(five), all: try rest.map(Blob.decodePoints) ?? [],
      confidence: try row.decode(atIndex: 7))
  }

  /// The numbers of a group of columns; `nil` where the group was not measured.
  private static func numbers(_ row: Row, _ columns: Range<Int>) throws -> [Double]? {
    if row.hasNull(atIndex: columns.lowerBound) { return nil }
    return try columns.map { try row.decode(atIndex: $0) }
  }
}
