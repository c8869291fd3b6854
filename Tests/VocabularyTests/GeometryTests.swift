import Testing
import Vocabulary

@Suite struct BoxTests {
  private let box = Box(x: 10, y: 20, width: 10, height: 10)

  @Test func `the overlap is what is common over what either covers`() {
    // 5 x 10 of 10 x 10 and 10 x 10: 50 of 150.
    #expect(box.overlap(Box(x: 15, y: 20, width: 10, height: 10)) == 1.0 / 3)
    // A quarter of the larger one.
    #expect(box.overlap(Box(x: 10, y: 20, width: 20, height: 20)) == 0.25)
    #expect(box.overlap(box) == 1)
  }

  @Test(arguments: [
    Box(x: 20, y: 20, width: 10, height: 10), Box(x: 40, y: 50, width: 5, height: 5),
    Box(x: 12, y: 22, width: 0, height: 5), Box(x: 18, y: 22, width: -5, height: 5),
  ]) func `what touches, lies apart or has no area overlaps nothing`(other: Box) {
    #expect(box.overlap(other) == 0 && other.overlap(box) == 0)
    #expect(box.intersection(other).area == 0)
    #expect(other.overlap(other) == (other.area > 0 ? 1 : 0))
  }

  @Test func `the left and upper edges belong to a box, the others to its neighbours`() {
    #expect(box.contains(Point(x: 10, y: 20)) && box.contains(Point(x: 19.9, y: 29.9)))
    #expect(!box.contains(Point(x: 20, y: 20)) && !box.contains(Point(x: 10, y: 30)))
    let common = box.intersection(Box(x: 5, y: 25, width: 8, height: 100))
    #expect(common == Box(x: 10, y: 25, width: 3, height: 5))
  }
}
