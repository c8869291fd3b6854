import Expressions
import Faces
import Gallery
import Imaging
import Pipeline
import Vocabulary

/// Landmarks, pose, features and quality of a face, and its registered chip where a network waits for it.
struct RegisteringReader: FaceReader {
  let classifies: Bool
  /// Side of the chip in pixels.
  let side: Int
  let steps: [PreprocessingStep]

  func read(
    _ face: FaceDetection, in image: Image, tile: Box?
  ) throws -> (face: FaceObservation, reading: FaceReading?) {
    var observation = FaceObservation(box: face.box, score: face.score)
    observation.quality = try FaceQuality(of: face.box, in: image, tile: tile)
    if let five = face.five {
      let landmarks = Landmarks(five: five, confidence: face.score)
      observation.landmarks = landmarks
      observation.pose = HeadPose(landmarks)
      observation.features = FacialFeatures(landmarks)
    }
    guard classifies else { return (observation, nil) }
    let chip = try image.faceChip(face.five, box: face.box, side: side).preprocessed(by: steps)
    return (observation, FaceReading(chip: chip, features: observation.features))
  }
}

/// The tiles of a gallery view.
struct GalleryLayout: LayoutFinder {
  private let finder = GalleryFinder()

  func layout(of image: Image) -> FrameLayout {
    let found = finder.view(of: image)
    return FrameLayout(view: found.view, tiles: found.tiles, screen: found.screen)
  }
}
