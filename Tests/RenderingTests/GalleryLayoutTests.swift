import Testing
import Vocabulary

@testable import Rendering

@Suite struct GalleryLayoutTests {
  @Test(arguments: 1...49) func tilesLieInsideTheFrameAndApart(tiles: Int) throws {
    let layout = GalleryLayout(tiles: tiles, width: 1280, height: 720)
    let boxes = try (0..<tiles).map { try #require(layout.box($0)) }
    for (index, box) in boxes.enumerated() {
      #expect(box.x >= 0 && box.y >= 0 && box.maxX <= 1280 && box.maxY <= 720)
      #expect(boxes[..<index].allSatisfy { $0.intersection(box).area == 0 })
      #expect(abs(box.width / box.height - 16.0 / 9) < 0.05)
    }
  }

  @Test func theLastRowIsCentred() throws {
    let layout = GalleryLayout(tiles: 5, width: 1280, height: 720)
    let (left, right) = (try #require(layout.box(3)), try #require(layout.box(4)))
    #expect(abs(left.x - (1280 - right.maxX)) <= 1)
  }
}
