import Vocabulary

/// What one tile of a gallery shows at one sample.
enum Shown {
  case off
  case noFace
  /// - Parameter openness: of both eyes.
  case face(
    yaw: Double = 0, pitch: Double = 0, openness: Double? = nil, quality: FaceQuality? = nil,
    probabilities: [Float]? = nil)

  fileprivate func observed(in tile: Box) -> FaceObservation? {
    guard case .face(let yaw, let pitch, let openness, let quality, let probabilities) = self else {
      return nil
    }
    return FaceObservation(
      box: Box(x: tile.x + 20, y: tile.y + 20, width: 40, height: 40), score: 0.9,
      pose: HeadPose(yaw: yaw, pitch: pitch, roll: 0),
      features: openness.map {
        FacialFeatures(
          rightEyeOpenness: $0, leftEyeOpenness: $0, browRaise: 0, browKnit: 0, mouthOpening: 0,
          mouthWidth: 0, mouthCornerLift: 0, noseTip: Point(x: 0, y: 0))
      }, quality: quality, expression: probabilities.flatMap { ExpressionProbabilities($0) })
  }

  fileprivate var isOn: Bool { if case .off = self { false } else { true } }
}

extension SampleObservation {
  /// A gallery of up to ten tiles in one row.
  static func row(_ second: Int64, _ tiles: [Shown]) -> SampleObservation {
    let boxes = tiles.indices.map { Box(x: Double($0) * 100, y: 0, width: 90, height: 90) }
    return SampleObservation(
      index: second, time: Timestamp(second), frameTime: Timestamp(second), frameWidth: 1000,
      frameHeight: 100, view: .gallery,
      tiles: zip(boxes, tiles).map { TileObservation(box: $0, cameraOn: $1.isOn) },
      faces: zip(boxes, tiles).compactMap { box, tile in tile.observed(in: box) })
  }
}

/// Probabilities are kept as `Float`, so that a figure worked by hand is met to some seven digits.
func isClose(_ value: Double?, _ expected: Double) -> Bool {
  value.map { abs($0 - expected) < 1e-6 } ?? false
}
