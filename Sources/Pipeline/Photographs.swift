public import Vocabulary

extension Stages {
  /// The faces of a photograph, by the same stages as a recording's frames, from left to right.
  ///
  /// - Parameter definition: says how small and how unsure a face may be.
  public func faces(in picture: Image, _ definition: Definition) throws -> [FaceObservation] {
    var account = Account()
    return try measure([PictureToMeasure(image: picture)], definition.detect, &account)[0].faces
      .sorted { $0.box.x < $1.box.x }
  }
}
