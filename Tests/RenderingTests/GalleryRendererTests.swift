import Testing
import Vocabulary

@testable import Rendering

@Suite struct GalleryRendererTests {
  @Test func framesDoNotDependOnTheRendererThatDrewThem() {
    let lecture = Lecture(people: 2, seconds: 2)
    var first = GalleryRenderer(lecture, width: 160, height: 90, framesPerSecond: 5)
    var second = first
    for index in 0..<4 { #expect(first.frame(index) == second.frame(index)) }
  }

  @Test func somebodyMovesBetweenFrames() {
    var renderer = GalleryRenderer(Lecture(people: 1, seconds: 2), width: 160, height: 90)
    #expect(renderer.frame(0) != renderer.frame(12))
  }

  @Test func aCameraThatIsOffShowsNoPicture() throws {
    let lecture = Lecture(people: 6, seconds: 10)
    var renderer = GalleryRenderer(lecture, width: 192, height: 108, framesPerSecond: 25)
    let frame = renderer.frame(0)
    let order = lecture.order(at: 0)
    let layout = GalleryLayout(tiles: order.count, width: 192, height: 108)
    let place = try #require(order.firstIndex(of: 5))
    let box = try #require(layout.box(place))
    // Above the middle a placard is one plain colour.
    let (y, x) = (Int(box.y) + 5, Int(box.x) + 8)
    let row = (0..<Int(box.width) - 16).map { frame.pixels[(y * frame.width + x + $0) * 3] }
    #expect(Set(row).count == 1)
  }
}

@Suite struct LetteringTests {
  @Test(arguments: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
  func everyLetterLeavesInk(character: Character) {
    var canvas = Canvas(width: 24, height: 24)
    Lettering(String(character)).draw(
      onto: &canvas, x: 4, baseline: 16, capHeight: 12, colour: Colour(repeating: 1))
    let ink = canvas.pixels.reduce(0) { $0 + $1.w }
    #expect(ink > 5 && ink < 150)
  }

  @Test func unknownLettersAreSpaces() { #expect(Lettering("a€b").advance > Lettering("ab").advance) }
}
