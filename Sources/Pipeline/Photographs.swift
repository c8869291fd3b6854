import Expressions
import Faces
public import Vocabulary

extension Stages {
  /// The faces of a photograph, by the same stages as a recording's frames, from left to right.
  ///
  /// - Parameter definition: says how small and how unsure a face may be.
  public func faces(in picture: Image, _ definition: Definition) throws -> [FaceObservation] {
    let wanted = try detector.detect(in: picture).filter {
      $0.box.height >= Double(definition.detect.minimumHeight)
        && $0.score >= definition.detect.minimumScore ?? 0
    }
    let readings = try wanted.sorted { $0.box.x < $1.box.x }.map {
      try reader.read($0, in: picture, tile: nil)
    }
    var faces = readings.map(\.face)
    let classified = readings.indices.filter { readings[$0].reading != nil }
    let probabilities = try classifier?.classify(classified.compactMap { readings[$0].reading }) ?? []
    for (face, expression) in zip(classified, probabilities) { faces[face].expression = expression }
    return faces
  }
}
