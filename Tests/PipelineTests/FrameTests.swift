import Expressions
import Faces
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct FrameTests {
  /// Two tiles side by side with a gutter between.
  private struct TwoTiles: LayoutFinder {
    static let boxes = [
      Box(x: 0, y: 0, width: 40, height: 40), Box(x: 50, y: 0, width: 40, height: 40),
    ]
    var cameras = [true, true]

    func layout(of image: Image, sample: Int64) -> FrameLayout {
      let tiles = zip(Self.boxes, cameras).map { TileObservation(box: $0, cameraOn: $1) }
      return FrameLayout(view: .gallery, tiles: tiles)
    }
  }

  /// One face in every picture, as sure as its first pixel is bright.
  private final class OneFace: FaceDetector {
    let name = "one"
    private(set) var searched: [Image] = []

    func detect(in image: Image, smallest: Double?) -> [FaceDetection] {
      searched.append(image)
      let box = Box(x: 4, y: 6, width: 30, height: 30)
      return [FaceDetection(box: box, score: Double(image.pixels[0]) / 255)]
    }
  }

  private struct PlainReader: FaceReader {
    func read(
      _ faces: [FaceDetection], in picture: Image
    ) -> [(face: FaceObservation, reading: FaceReading?)?] {
      faces.map { face in
        let nose = [Point(x: 20, y: 20)]
        return (
          FaceObservation(
            box: face.box, score: face.score, landmarks: Landmarks(five: nose, all: nose, confidence: 1)), nil
        )
      }
    }
  }

  private let detector = OneFace()
  private let wanted = Definition().detect
  private let frame = Image(width: 90, height: 40, channels: 3, filledWith: 200)

  private func stages(_ layout: any LayoutFinder = TwoTiles()) -> Stages {
    Stages(layout: layout, detector: detector, reader: PlainReader(), classifier: nil)
  }

  @Test func aPortraitInPlaceOfACameraIsNoFace() throws {
    let faces = try stages(TwoTiles(cameras: [false, true])).faces(ofFrame: frame, wanted)
    #expect(faces.map(\.box.x) == [54])
    #expect(try stages(TwoTiles(cameras: [false, false])).faces(ofFrame: frame, wanted).isEmpty)
  }

  @Test func everyTileIsAPictureOfItsOwnAndItsFacesStandInTheFrame() throws {
    let faces = try stages().faces(ofFrame: frame, wanted)
    #expect(detector.searched.map(\.width) == [40, 40])
    #expect(faces.map(\.box.x) == [4, 54])
    #expect(faces.map(\.landmarks?.all.first?.x) == [20, 70])
    #expect(faces.map(\.landmarks?.five.first?.y) == [20, 20])
  }

  @Test func aFrameWithoutTilesIsSearchedWhole() throws {
    #expect(try stages(SceneLayout()).faces(ofFrame: frame, wanted).map(\.box.x) == [4])
    #expect(detector.searched == [frame])
  }

  @Test func onlyATileThatChangedIsMeasuredAgainAndTheResultIsTheSame() throws {
    var (seen, account) = (SeenPictures(), Account())
    var changed = frame
    changed.pixels[3 * 50] = 100
    for (image, searches) in [(frame, 2), (frame, 2), (changed, 3), (frame, 4)] {
      let found = try stages().measure(frame: image, sample: 0, wanted, &seen, &account).faces
      #expect(detector.searched.count == searches)
      let fresh = Stages(layout: TwoTiles(), detector: OneFace(), reader: PlainReader(), classifier: nil)
      #expect(try found == fresh.faces(ofFrame: image, wanted))
    }
  }
}
