import Imaging
import Testing
import Vocabulary

@testable import Training

@Suite struct SceneSourceTests {
  static func source() -> SceneSource {
    let photograph = LabelledPicture(
      image: Image(width: 200, height: 150, channels: 3, filledWith: 90),
      faces: [LabelledFace(box: Box(x: 80, y: 60, width: 24, height: 30))])
    let portrait = LabelledPicture(
      image: Image(width: 80, height: 80, channels: 3, filledWith: 150),
      faces: [LabelledFace(box: Box(x: 24, y: 20, width: 32, height: 40))])
    return SceneSource(photographs: [photograph], portraits: [portrait], side: 96, seed: 3)
  }

  @Test func aSceneIsAFunctionOfItsPlaceAlone() throws {
    let source = Self.source()
    #expect(try source.scene(7, epoch: 2) == source.scene(7, epoch: 2))
    #expect(try source.scene(7, epoch: 2) != source.scene(8, epoch: 2))
  }

  @Test func scenesHaveTheSizeAndFacesThatLieInThem() throws {
    for position in 0..<40 {
      let scene = try Self.source().scene(position, epoch: 0)
      #expect(scene.image.width == 96 && scene.image.height == 96 && scene.image.channels == 3)
      #expect(scene.faces.allSatisfy { scene.image.bounds.contains($0.box.centre) })
      #expect(scene.faces.allSatisfy { $0.isIgnored || $0.box.height >= SceneSource.smallest })
    }
  }

  @Test func aMirrorExchangesTheSidesOfAFace() {
    let five = [(10, 10), (20, 11), (16, 15), (11, 20), (19, 21)].map { Point(x: $0.0, y: $0.1) }
    let picture = LabelledPicture(
      image: Image(width: 40, height: 30),
      faces: [LabelledFace(box: Box(x: 5, y: 5, width: 20, height: 20), five: five)])
    let mirror = picture.mirrored()
    #expect(mirror.faces[0].box.x == 15)
    #expect(mirror.faces[0].five?[0] == Point(x: 20, y: 11))
    #expect(mirror.faces[0].five?[3] == Point(x: 21, y: 21))
    #expect(mirror.mirrored() == picture)
  }
}
