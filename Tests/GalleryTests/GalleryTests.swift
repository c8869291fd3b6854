import Gallery
import Testing
import Vocabulary

@Suite struct GalleryFinderTests {
  private func pictures(_ count: Int) -> [DrawnGallery.Content] { (1...count).map { .picture(seed: $0) } }

  private func view(_ drawn: DrawnGallery) -> GalleryView { GalleryFinder().view(of: drawn.image) }

  private func expectTiles(_ drawn: DrawnGallery, sourceLocation: SourceLocation = #_sourceLocation) {
    let view = view(drawn)
    #expect(view.view == .gallery, sourceLocation: sourceLocation)
    #expect(view.tiles.count == drawn.boxes.count, sourceLocation: sourceLocation)
    for (tile, box) in zip(view.tiles, drawn.boxes) {
      #expect(tile.box.overlap(box) > 0.9, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [(4, 2), (9, 3), (16, 4), (25, 5), (49, 7), (12, 4)])
  func aFullGridIsFound(_ tiles: Int, _ columns: Int) {
    expectTiles(DrawnGallery(pictures(tiles), columns: columns, width: 1280, height: 720))
  }

  @Test(arguments: [(640, 360), (1920, 1080), (3840, 2160)])
  func atAnySize(_ width: Int, _ height: Int) {
    expectTiles(DrawnGallery(pictures(9), columns: 3, width: width, height: height, gap: height / 60))
  }

  @Test func aLastRowInTheMiddleIsFound() { expectTiles(DrawnGallery(pictures(14), columns: 4)) }

  @Test func aLastRowOfPhonesInTheMiddleIsFound() {
    expectTiles(DrawnGallery(pictures(12) + [.phone(seed: 3), .phone(seed: 8)], columns: 4))
  }

  @Test func anEmptySlotIsNoTile() {
    var contents = pictures(9)
    contents[5] = .none
    expectTiles(DrawnGallery(contents, columns: 3))
  }

  @Test func phonesBetweenBlackBarsAreWholeTiles() {
    let contents: [DrawnGallery.Content] = (1...9).map { $0 % 2 == 0 ? .phone(seed: $0) : .picture(seed: $0) }
    expectTiles(DrawnGallery(contents, columns: 3))
    expectTiles(DrawnGallery(contents, columns: 3, ground: (0, 0, 0)))
  }

  @Test func theFrameAroundASpeakerIsNoPartOfTheGrid() {
    expectTiles(DrawnGallery(pictures(9), columns: 3, gap: 10, speaker: 4))
  }

  /// Where the columns are clean, rows that run into each other would be taken for one row of tall tiles.
  @Test(arguments: [9, 7], [false, true])
  func guttersThatCompressionHasStainedAreFound(people: Int, onlyRows: Bool) {
    var drawn = DrawnGallery(pictures(people), columns: 3, gap: 4)
    drawn.stain(onlyRows: onlyRows)
    expectTiles(drawn)
  }

  @Test func aPlacardIsACameraThatIsOff() {
    let drawn = DrawnGallery([.picture(seed: 1), .placard, .phone(seed: 2), .placard], columns: 2)
    #expect(view(drawn).tiles.map(\.cameraOn) == [true, false, true, false])
  }

  @Test func aLabelThatIsHighInItsSmallTileIsNoPersonAtTheLowerEdge() {
    var drawn = DrawnGallery(Array(repeating: .placard, count: 25), columns: 5)
    for box in drawn.boxes { drawn.label(box, bars: [3, 2, 3, 3, 2, 3, 1, 3], height: 13) }
    let tiles = view(drawn).tiles
    #expect(tiles.count == 25)
    #expect(tiles.map(\.cameraOn) == Array(repeating: false, count: 25))
  }

  @Test func aBrightEdgeWithoutGapsIsNoName() {
    var drawn = DrawnGallery(pictures(4), columns: 2)
    drawn.bar(drawn.boxes[0])
    #expect(view(drawn).tiles.first?.labelShape == [])
  }

  @Test func aTileLooksTheSameInAnotherPlaceAndSize() throws {
    let small = view(DrawnGallery(pictures(9), columns: 3)).tiles
    let large = view(DrawnGallery([.picture(seed: 3), .picture(seed: 7)], columns: 2)).tiles
    func difference(_ left: TileObservation, _ right: TileObservation) -> Float {
      zip(left.appearance, right.appearance).reduce(0) { $0 + abs($1.0 - $1.1) }
        / Float(left.appearance.count)
    }
    try #require(small.count == 9 && large.count == 2)
    #expect(difference(large[0], small[2]) < difference(large[0], small[6]))
    #expect(difference(large[1], small[6]) < difference(large[1], small[2]))
  }

  @Test func aLabelsShapeIsTheSameWithTheCameraOff() throws {
    let name = [4, 3, 2, 3, 4, 2, 4, 3, 3, 4, 2]
    let shapes = [DrawnGallery.Content.picture(seed: 2), .placard].map { content in
      var drawn = DrawnGallery(
        [content, .picture(seed: 5), .picture(seed: 6), .picture(seed: 7)], columns: 2)
      drawn.label(drawn.boxes[0], bars: name)
      return view(drawn).tiles.first?.labelShape ?? []
    }
    try #require(!shapes[0].isEmpty && shapes[0].count == shapes[1].count)
    #expect(zip(shapes[0], shapes[1]).allSatisfy { abs($0 - $1) < 0.05 })
  }

  @Test func aPictureWithoutALabelHasNoShape() {
    #expect(view(DrawnGallery(pictures(4), columns: 2)).tiles.allSatisfy { $0.labelShape.isEmpty })
  }

  @Test func aSlideWithThumbnailsIsAScreen() {
    var drawn = DrawnGallery(width: 640, height: 360)
    for index in 0..<4 { drawn.picture(8 + index * 110, 4, 100, 56, seed: index + 1) }
    drawn.slide(80, 68, 480, 280)
    let view = view(drawn)
    #expect(view.view == .screen && view.tiles.isEmpty && view.screen.count == 144)
  }

  @Test func oneLargePictureWithThumbnailsIsASpeaker() {
    var drawn = DrawnGallery(width: 640, height: 360)
    for index in 0..<4 { drawn.picture(8 + index * 110, 4, 100, 56, seed: index + 1) }
    drawn.picture(80, 68, 480, 280, seed: 9)
    #expect(view(drawn).view == .speaker)
  }

  @Test func aFilmedRoomIsAScene() {
    var drawn = DrawnGallery(width: 640, height: 360)
    drawn.picture(0, 0, 640, 360, seed: 4)
    #expect(view(drawn).view == .scene)
  }
}
