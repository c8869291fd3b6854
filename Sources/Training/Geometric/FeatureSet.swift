import Faces
import Networks
import Vocabulary
import enum Vocabulary.Expression

/// Landmark features of labelled faces, where the landmark network finds points that fit a face.
struct FeatureSet: Sendable {
  /// One a face; `nil` where no features could be taken.
  let features: [FacialFeatures?]
  let labels: [Expression]

  /// - Parameter landmarks: the landmark network; a face's box is where FER2013's framing has it.
  init(_ faces: FaceSet, landmarks: Graph) throws {
    let network = try LandmarkNetwork(landmarks)
    let side = ChipTemplate.fer2013.boxSide * Double(Face.side)
    let centre = ChipTemplate.fer2013.boxCentre * Double(Face.side)
    let box = Box(x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side)
    features = try (0..<faces.count).map { index in
      try network.landmarks(of: box, in: faces.image(index)).flatMap { FacialFeatures($0) }
    }
    labels = faces.labels
  }

  /// Faces at rest: those labelled neutral.
  var rest: FacialFeatures? {
    .median(of: zip(features, labels).compactMap { $1 == .neutral ? $0 : nil })
  }
}
