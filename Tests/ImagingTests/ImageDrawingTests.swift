import Imaging
import Testing
import Vocabulary

@Suite struct ImageDrawingTests {
  @Test func aBoxIsDrawnWhereItIsAndNowhereElse() throws {
    var image = Image(width: 20, height: 20, channels: 3)
    try image.draw(
      Box(x: 5.5, y: 5.5, width: 10, height: 10), Colour(red: 255, green: 0, blue: 0), thickness: 1)
    func red(_ x: Int, _ y: Int) -> UInt8 { image.pixels[(y * 20 + x) * 3 + 2] }
    #expect(red(5, 10) > 200 && red(15, 10) > 200 && red(10, 5) > 200 && red(10, 15) > 200)
    #expect(red(10, 10) == 0 && red(2, 2) == 0)
    #expect(image.pixels.enumerated().allSatisfy { $0.offset % 3 == 2 || $0.element == 0 })
  }

  @Test func drawingOutsideThePictureLeavesItAsItIs() throws {
    var image = Image(width: 8, height: 8)
    try image.draw([Point(x: -500, y: 1e9)], .white)
    try image.draw(Box(x: 100, y: 100, width: 5, height: 5), .white)
    #expect(image == Image(width: 8, height: 8))
  }

  @Test func aPointThatIsNotFiniteIsAnError() {
    var image = Image(width: 8, height: 8)
    #expect(throws: ImagingError.self) { try image.draw([Point(x: .nan, y: 0)], .white) }
  }

  @Test func textStandsOnItsBaseline() throws {
    var image = Image(width: 60, height: 40)
    try image.draw("Hé", at: Point(x: 5, y: 30), height: 16, .white)
    let rows = (0..<40).filter { row in image.pixels[(row * 60)..<(row * 60 + 60)].contains { $0 > 128 } }
    #expect((12...16).contains(rows.first ?? 0))
    #expect((28...32).contains(rows.last ?? 0))
  }
}
