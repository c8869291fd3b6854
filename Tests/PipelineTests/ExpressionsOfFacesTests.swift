import Expressions
import Faces
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Pipeline

/// Detections, readings and expressions of several pictures are lists of their own; the later lack some.
@Suite struct ExpressionsOfFacesTests {
  /// Two tiles side by side with a gutter between.
  private struct TwoTiles: LayoutFinder {
    func layout(of image: Image, sample: Int64) -> FrameLayout {
      let boxes = [Box(x: 0, y: 0, width: 40, height: 40), Box(x: 50, y: 0, width: 40, height: 40)]
      return FrameLayout(view: .gallery, tiles: boxes.map { TileObservation(box: $0, cameraOn: true) })
    }
  }

  /// The same faces in every picture.
  private struct SameFaces: FaceDetector {
    let name = "same"
    var faces = [2.0, 20.0].map {
      FaceDetection(box: Box(x: $0, y: 5, width: 16, height: 30), score: 0.9)
    }

    func detect(in image: Image, smallest: Double?) -> [FaceDetection] { faces }
  }

  /// A face's chip is its first pixel. One level cannot be read, another leaves nothing to classify.
  private struct FirstPixel: FaceReader {
    func read(
      _ faces: [FaceDetection], in picture: Image
    ) -> [(face: FaceObservation, reading: FaceReading?)?] {
      faces.map { face in
        let level = picture.pixels[(Int(face.box.y) * picture.width + Int(face.box.x)) * picture.channels]
        guard level != ExpressionsOfFacesTests.unreadable else { return nil }
        let reading =
          level == ExpressionsOfFacesTests.unclassified
          ? nil : FaceReading(chip: Image(width: 1, height: 1, filledWith: level))
        return (face: FaceObservation(box: face.box, score: face.score), reading: reading)
      }
    }
  }

  /// A chip shows the expression of its first pixel's number.
  private struct ByFirstPixel: ExpressionClassifier {
    func classify(_ faces: [FaceReading]) -> [ExpressionProbabilities?] {
      faces.map { face in
        ExpressionProbabilities(Expression.allCases.map { $0.rawValue == Int(face.chip.pixels[0]) ? 1 : 0 })
      }
    }
  }

  private static let unreadable: UInt8 = 200
  private static let unclassified: UInt8 = 100
  private let wanted = Definition().detect

  private func stages(_ detector: SameFaces = SameFaces()) -> Stages {
    Stages(layout: TwoTiles(), detector: detector, reader: FirstPixel(), classifier: ByFirstPixel())
  }

  private static func level(_ expression: Expression) -> UInt8 { UInt8(expression.rawValue) }

  /// A frame whose faces, two a tile, have these first pixels.
  private func frame(_ levels: [UInt8]) -> Image {
    var frame = Image(width: 90, height: 40, channels: 3)
    for (face, level) in levels.enumerated() {
      let x = 50 * (face / 2) + (face % 2 == 0 ? 2 : 20)
      frame.pixels[(5 * frame.width + x) * 3] = level
    }
    return frame
  }

  @Test func behindAFaceThatCannotBeReadEveryFaceKeepsItsOwnExpression() throws {
    let frame = frame([Self.unreadable, Self.level(.happy), Self.level(.fear), Self.level(.sad)])
    let faces = try stages().faces(ofFrame: frame, wanted)
    #expect(faces.map(\.box.x) == [20, 52, 70])
    #expect(faces.map { $0.expression?.top } == [.happy, .fear, .sad])
  }

  @Test func behindAFaceWithNothingToClassifyEveryFaceKeepsItsOwnExpression() throws {
    let frame = frame([Self.level(.happy), Self.unclassified, Self.level(.fear), Self.level(.sad)])
    let faces = try stages().faces(ofFrame: frame, wanted)
    #expect(faces.map(\.box.x) == [2, 20, 52, 70])
    #expect(faces.map { $0.expression?.top } == [.happy, nil, .fear, .sad])
  }

  @Test func aFaceThatCannotBeReadCountsInEverySampleThatShowsItThoughItIsSearchedOnce() throws {
    var (seen, account) = (SeenPictures(), Account())
    let frame = frame([Self.unreadable, Self.level(.happy), Self.level(.fear), Self.level(.sad)])
    for count in 1...2 {
      let faces = try stages().measure(frame: frame, sample: Int64(count), wanted, &seen, &account).faces
      #expect(account.unreadableFaces == count)
      #expect(faces.map { $0.expression?.top } == [.happy, .fear, .sad])
    }
    #expect(account.stages[.detect]?.count == 2)
    #expect(account.stages[.classify]?.count == 3)
  }

  @Test func aFaceThatIsTooSmallOrTooUnsureIsAbsent() throws {
    var wanted = Definition().detect
    wanted.minimumScore = 0.5
    #expect(wanted.minimumHeight == 24)
    let faces = [(2.0, 24.0, 0.5), (12.0, 23.0, 0.9), (22.0, 30.0, 0.49)].map { x, height, score in
      FaceDetection(box: Box(x: x, y: 5, width: 8, height: height), score: score)
    }
    let found = try stages(SameFaces(faces: faces)).faces(ofFrame: frame([]), wanted)
    #expect(found.map(\.box.x) == [2, 52])
  }
}
