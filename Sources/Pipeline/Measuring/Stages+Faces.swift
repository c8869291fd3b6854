import Expressions
import Faces
import Vocabulary

/// What was measured in one picture: a tile or a whole frame.
struct MeasuredPicture {
  var faces: [FaceObservation] = []
  /// Faces that were found but could not be registered.
  var unreadable = 0
}

extension Stages {
  /// The faces of a picture by its pixels alone: detect, register, classify.
  ///
  /// - Parameter smallest: height of the smallest face that matters, where the picture tells it.
  func measure(
    _ picture: Image, smallest: Double? = nil, _ wanted: Definition.Detection, _ account: inout Account
  ) throws -> MeasuredPicture {
    let detections = try account.time(.detect) { try detector.detect(in: picture, smallest: smallest) }
      .filter(wanted.contains)
    guard !detections.isEmpty else { return MeasuredPicture() }
    let found = try account.time(.register, count: detections.count) {
      try reader.read(detections, in: picture)
    }
    let readings = found.compactMap { $0 }
    var faces = readings.map(\.face)
    let classified = readings.indices.filter { readings[$0].reading != nil }
    if let classifier, !classified.isEmpty {
      let expressions = try account.time(.classify, count: classified.count) {
        try classifier.classify(classified.compactMap { readings[$0].reading })
      }
      for (face, expression) in zip(classified, expressions) { faces[face].expression = expression }
    }
    return MeasuredPicture(faces: faces, unreadable: found.count - faces.count)
  }
}

extension Definition.Detection {
  func contains(_ face: FaceDetection) -> Bool {
    let box = face.box
    return face.score >= minimumScore ?? 0 && box.height >= Double(minimumHeight) && box.width > 0
      && [box.x, box.y, box.width, box.height].allSatisfy(\.isFinite)
  }
}

extension FaceObservation {
  /// The same face where the origin of its picture lies at `origin`.
  func moved(to origin: Point) -> FaceObservation {
    var moved = self
    moved.box.x += origin.x
    moved.box.y += origin.y
    moved.landmarks?.five = landmarks?.five.map { $0 + origin } ?? []
    moved.landmarks?.all = landmarks?.all.map { $0 + origin } ?? []
    return moved
  }
}
