import Foundation
import Vocabulary

@testable import Observations

enum Example {
  static let provenance = Provenance(
    recordingDigest: "abc", recordingName: "class.mp4", settingsDigest: "def", settings: "every: 1s",
    software: "afterclass 0")

  /// A sample with odd numbers in every field; faces and tiles grow with the index.
  static func sample(_ index: Int) -> SampleObservation {
    let time = Timestamp(Int64(index) * 1001, over: 30000)
    return SampleObservation(
      index: Int64(index), time: time, frameTime: time - Timestamp(1, over: 90000), frameWidth: 1280,
      frameHeight: 720, view: index % 2 == 0 ? .gallery : .screen,
      tiles: (0..<index).map { tile($0) }, faces: (0..<index).map { face($0) },
      screen: index % 2 == 0 ? [] : [0.25, 1.0 / 3])
  }

  private static func tile(_ position: Int) -> TileObservation {
    TileObservation(
      box: Box(x: 0.1 + Double(position), y: 1.0 / 3, width: 320, height: 180), cameraOn: position % 2 == 0,
      appearance: [0.1, .leastNonzeroMagnitude, Float(position)], labelShape: [0.5, 1],
      label: position == 1 ? "Ünï 'x'" : nil)
  }

  private static func face(_ position: Int) -> FaceObservation {
    let third = 1.0 / 3 + Double(position)
    var face = FaceObservation(box: Box(x: third, y: 2, width: 40.5, height: 50), score: 0.1 + 0.2)
    if position % 2 == 0 {
      face.landmarks = Landmarks(
        five: (0..<5).map { Point(x: Double($0) * third, y: .pi) },
        all: (0..<68).map { Point(x: .pi, y: Double($0) * third) }, confidence: 0.7)
      face.pose = HeadPose(yaw: -third, pitch: 1e-300, roll: 12)
      face.features = FacialFeatures(
        rightEyeOpenness: 0.1, leftEyeOpenness: 0.2, browRaise: 0.3, browKnit: 0.4, mouthOpening: 0.5,
        mouthWidth: 0.6, mouthCornerLift: -0.7, noseTip: Point(x: third, y: -third))
      face.quality = FaceQuality(size: 1, sharpness: 0.9, exposure: 0.8, completeness: 0)
    }
    if position % 3 != 1 {
      face.expression = ExpressionProbabilities([0.1, 0.2, 0.3, 0.15, 0.05, 0.12, 0.08])
    }
    return face
  }
}

final class TemporaryFolder {
  let url: URL

  init() {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("afterclass-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
