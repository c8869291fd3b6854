import Faces
import Foundation
import Gallery
import Imaging
import Pipeline
import Vocabulary

/// Puts concrete stages behind the pipeline's seams: the only place that names them.
struct Composition {
  let definition: Definition

  init(_ definition: Definition) { self.definition = definition }

  /// Loads every network once; workers then make their stages from what was loaded.
  ///
  /// - Throws: `ModelError` with the file and the remedy.
  func stageSet() throws -> StageSet {
    var models: [RunRecord.Model] = []
    let detector = try self.detector(&models)
    let findsTiles = definition.layout.tiles
    return StageSet(
      models: models, notes: [], readsExpressions: false,
      make: {
        Stages(
          layout: findsTiles ? GalleryLayout() : SceneLayout(), detector: try detector(),
          reader: RegisteringReader(), classifier: nil)
      })
  }

  private func detector(_ models: inout [RunRecord.Model]) throws -> @Sendable () throws -> any FaceDetector {
    let smallest = definition.detect.minimumHeight
    let make: @Sendable () throws -> any FaceDetector = {
      do {
        return try CascadeDetector(smallest: smallest)
      } catch {
        throw ModelError(String(describing: error))
      }
    }
    models.append(RunRecord.Model(role: "detector", name: try make().name, digest: "opencv-data"))
    return make
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

struct RegisteringReader: FaceReader {
  func read(_ face: FaceDetection, in image: Image, tile: Box?) throws -> (FaceObservation, chip: Image?) {
    let landmarks = face.five.map { Landmarks(five: $0, confidence: face.score) }
    return (
      FaceObservation(box: face.box, score: face.score, landmarks: landmarks),
      try image.faceChip(face.five, box: face.box)
    )
  }
}
