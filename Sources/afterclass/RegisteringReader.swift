import Expressions
import Faces
import Imaging
import Pipeline
import Vocabulary

/// Landmarks, pose, features and quality of a face, and its registered chip where a network waits for it.
struct RegisteringReader: FaceReader {
  let network: LandmarkNetwork
  let classifies: Bool
  /// Side of the chip in pixels.
  let side: Int
  let steps: [PreprocessingStep]

  func read(
    _ face: FaceDetection, in image: Image, tile: Box?
  ) throws -> (face: FaceObservation, reading: FaceReading?) {
    var observation = FaceObservation(box: face.box, score: face.score)
    observation.quality = try FaceQuality(of: face.box, in: image, tile: tile)
    let landmarks = try landmarks(of: face, in: image)
    if let landmarks {
      observation.landmarks = landmarks
      observation.pose = HeadPose(landmarks)
      observation.features = FacialFeatures(landmarks)
    }
    guard classifies else { return (observation, nil) }
    let chip = try image.faceChip(landmarks?.five, box: face.box, side: side).preprocessed(by: steps)
    return (observation, FaceReading(chip: chip, features: observation.features))
  }

  /// The network's 68 points; the detector's own five where the network does not trust what it sees.
  private func landmarks(of face: FaceDetection, in image: Image) throws -> Landmarks? {
    if let found = try network.landmarks(of: face.box, in: image), found.confidence >= 0.1 { return found }
    return face.five.map { Landmarks(five: $0, confidence: 0) }
  }
}
