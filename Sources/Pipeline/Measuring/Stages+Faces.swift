import Expressions
import Faces
import Vocabulary

/// What was measured in one picture: a tile or a whole frame.
struct MeasuredPicture {
  var faces: [FaceObservation] = []
  /// Faces that were found but could not be registered.
  var unreadable = 0
}

/// A picture to find faces in.
struct PictureToMeasure {
  var image: Image
  /// Height of the smallest face that matters, where the picture tells it.
  var smallest: Double?
}

extension Stages {
  /// The faces of pictures, each by its pixels alone: detect, register, classify.
  ///
  /// One stage after the other over all pictures: a network's weights and code stay in the processor's cache.
  func measure(
    _ pictures: [PictureToMeasure], _ wanted: Definition.Detection, _ account: inout Account
  ) throws -> [MeasuredPicture] {
    let detections = try pictures.map { picture in
      try account.time(.detect) { try detector.detect(in: picture.image, smallest: picture.smallest) }
        .filter(wanted.contains)
    }
    let found = try zip(pictures, detections).map { picture, faces in
      try faces.isEmpty
        ? [] : account.time(.register, count: faces.count) { try reader.read(faces, in: picture.image) }
    }
    var measured = found.map { faces in
      let readable = faces.compactMap { $0?.face }
      return MeasuredPicture(faces: readable, unreadable: faces.count - readable.count)
    }
    let readings = found.enumerated().flatMap { picture, faces in
      faces.compactMap { $0 }.enumerated().compactMap { face, found in
        found.reading.map { (picture: picture, face: face, reading: $0) }
      }
    }
    if let classifier, !readings.isEmpty {
      let expressions = try account.time(.classify, count: readings.count) {
        try classifier.classify(readings.map(\.reading))
      }
      for (place, expression) in zip(readings, expressions) {
        measured[place.picture].faces[place.face].expression = expression
      }
    }
    return measured
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
