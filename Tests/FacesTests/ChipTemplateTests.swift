import Faces
import Imaging
import Testing
import Vocabulary

@Suite struct ChipTemplateTests {
  @Test func landmarksLandOnTheTemplate() throws {
    let template = ChipTemplate.fer2013
    let five = template.five.map { $0 * 200 + Point(x: 30, y: 40) }
    let map = try #require(template.registration(of: five, side: 48))
    for (place, wanted) in zip(five, template.five) {
      #expect(map(place).distance(to: wanted * 48) < 1e-9)
    }
  }

  @Test func aFaceWithoutLandmarksIsCutOutUpright() throws {
    let box = Box(x: 100, y: 50, width: 40, height: 40)
    let map = try #require(ChipTemplate.fer2013.registration(of: box, side: 48))
    #expect(map.angle == 0)
    #expect(map(box.centre).distance(to: ChipTemplate.fer2013.boxCentre * 48) < 1e-9)
    #expect(abs(map.scale * 40 - ChipTemplate.fer2013.boxSide * 48) < 1e-9)
  }

  @Test func aChipShowsTheLandmarksWhereTheTemplateSaysSo() throws {
    var image = Image(width: 300, height: 300, channels: 3)
    let five = ChipTemplate.fer2013.five.map { $0 * 150 + Point(x: 60, y: 70) }
    try image.draw(five, .white, radius: 6)
    let chip = try image.faceChip(five, box: Box(x: 60, y: 70, width: 150, height: 150))
    #expect(chip.width == 48 && chip.height == 48 && chip.channels == 1)
    for point in ChipTemplate.fer2013.five {
      #expect(chip.pixels[Int(point.y * 48) * 48 + Int(point.x * 48)] > 200)
    }
    #expect(chip.pixels[0] == 0)
  }

  @Test func landmarksThatCoincideAreAnError() {
    let five = Array(repeating: Point(x: 5, y: 5), count: 5)
    #expect(throws: FaceError.self) {
      try Image(width: 20, height: 20).faceChip(five, box: Box(x: 0, y: 0, width: 9, height: 9))
    }
  }
}
