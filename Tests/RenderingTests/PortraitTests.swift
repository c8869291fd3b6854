import Testing
import Vocabulary

@testable import Rendering

@Suite struct PortraitTests {
  private func portrait(_ person: Int, _ expression: Expression) -> Image {
    var pose = Pose()
    pose.units = ActionUnits(expression)
    return Portrait(person: person, seed: 7, width: 128, height: 72).image(pose)
  }

  /// The head's rectangle from chin to crown, the person sitting still.
  private func headBox(_ person: Int) -> Box {
    let portrait = Portrait(person: person, seed: 7, width: 128, height: 72)
    let (x, y) = (Double(portrait.centre.x), Double(portrait.centre.y))
    let unit = Double(portrait.scale)
    return Box(x: x - unit, y: y - 1.62 * unit, width: 2 * unit, height: 3.26 * unit)
  }

  /// Mean brightness of the mouth region, found from the head's box.
  private func mouthBrightness(_ person: Int, _ expression: Expression) -> Double {
    let head = headBox(person)
    let image = portrait(person, expression)
    var (sum, count) = (0.0, 0.0)
    for y in Int(head.y + head.height * 0.78)..<Int(head.y + head.height * 0.88) {
      for x in Int(head.centre.x - head.width * 0.1)...Int(head.centre.x + head.width * 0.1) {
        sum += Double(image.pixels[(y * image.width + x) * 3 + 1])
        count += 1
      }
    }
    return sum / max(1, count)
  }

  @Test func theSamePersonAndPoseGiveTheSameBytes() {
    #expect(portrait(1, .happy) == portrait(1, .happy))
  }

  @Test func peopleDiffer() {
    let faces = Set((0..<5).map { portrait($0, .neutral) })
    #expect(faces.count == 5)
  }

  @Test func everyExpressionChangesTheFace() {
    let faces = Set(Expression.allCases.map { portrait(0, $0) })
    #expect(faces.count == Expression.allCases.count)
  }

  @Test(arguments: [0, 3]) func aSmileShowsTeethAndSurpriseAnOpenMouth(person: Int) {
    let neutral = mouthBrightness(person, .neutral)
    #expect(mouthBrightness(person, .happy) > neutral + 8)
    #expect(mouthBrightness(person, .surprise) < neutral - 25)
  }

  @Test func aHeadTurnedOutOfThePictureIsDrawnWithoutHarm() {
    var pose = Pose()
    pose.head = HeadPose(yaw: 170, pitch: -80, roll: 100)
    pose.shift = SIMD2(40, -40)
    let image = Portrait(person: 0, seed: 1, width: 20, height: 20).image(pose)
    #expect(image.width == 20 && image.height == 20)
  }
}
