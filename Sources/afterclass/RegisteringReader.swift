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
    _ faces: [FaceDetection], in picture: Image
  ) throws -> [(face: FaceObservation, reading: FaceReading?)?] {
    // Once for all faces: everything that follows looks at gray.
    let gray = try picture.gray()
    return faces.map { try? read($0, in: gray) }
  }

  private func read(
    _ face: FaceDetection, in image: Image
  ) throws -> (face: FaceObservation, reading: FaceReading?) {
    var observation = FaceObservation(box: face.box, score: face.score)
    observation.quality = try FaceQuality(of: face.box, in: image)
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
