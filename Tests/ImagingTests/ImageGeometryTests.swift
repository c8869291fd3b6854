import Imaging
import Testing
import Vocabulary

/// A gray picture from rows of values.
func picture(_ rows: [[UInt8]]) -> Image {
  Image(width: rows[0].count, height: rows.count, channels: 1, pixels: rows.flatMap { $0 })
    ?? Image(width: 1, height: 1)
}

@Suite struct ImageGeometryTests {
  @Test func halvingByAreaAveragesFourPixels() throws {
    let image = picture([[0, 100, 10, 10], [100, 200, 10, 10]])
    #expect(try image.resized(width: 2, height: 1).pixels == [100, 10])
  }

  @Test func paddingAddsBlackAtTheRightAndAtTheBottom() {
    let image = picture([[1, 2], [3, 4]])
    #expect(image.padded(width: 3, height: 3) == picture([[1, 2, 0], [3, 4, 0], [0, 0, 0]]))
    #expect(image.padded(width: 1, height: 2) == image)
  }

  @Test func theIdentityWarpChangesNothing() throws {
    let image = picture([[1, 2, 3], [4, 5, 6]])
    #expect(try image.warped(by: AffineTransform(scale: 1), width: 3, height: 2) == image)
  }

  @Test func aShiftByOnePixelRepeatsTheEdgeOrFillsIt() throws {
    let image = picture([[1, 2, 3]])
    let map = AffineTransform(translation: Point(x: 1, y: 0))
    #expect(try image.warped(by: map, width: 3, height: 1).pixels == [1, 1, 2])
    #expect(try image.warped(by: map, width: 3, height: 1, border: .constant(9)).pixels == [9, 1, 2])
  }

  @Test func shrinkingAntialiasedKeepsTheMeanOfFineStripes() throws {
    let stripes = picture(Array(repeating: (0..<64).map { $0 % 2 == 0 ? 0 : 200 }, count: 64))
    let map = AffineTransform(scale: 0.125)
    let smooth = try stripes.warped(by: map, width: 8, height: 8)
    #expect(smooth.pixels.allSatisfy { (95...105).contains($0) })
  }

  @Test func halvingByWarpEqualsHalvingByArea() throws {
    let image = picture([[0, 100, 10, 10], [100, 200, 10, 10]])
    #expect(try image.warped(by: AffineTransform(scale: 0.5), width: 2, height: 1).pixels == [100, 10])
  }

  @Test func aCropIsTheRectangleItself() throws {
    let image = picture([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    #expect(try image.cropped(to: Box(x: 1, y: 1, width: 2, height: 2)) == picture([[5, 6], [8, 9]]))
  }

  @Test func aCropBeyondTheEdgeIsFilled() throws {
    let image = picture([[1, 2], [3, 4]])
    let part = try image.cropped(to: Box(x: -1, y: 0, width: 2, height: 3), border: .constant(0))
    #expect(part == picture([[0, 1], [0, 3], [0, 0]]))
  }

  @Test(arguments: [
    Box(x: 0, y: 0, width: 0, height: 3), Box(x: 0, y: 0, width: -4, height: 3),
    Box(x: .nan, y: 0, width: 1, height: 1), Box(x: 0, y: 0, width: 1e300, height: 1),
    Box(x: -1e18, y: 0, width: 2, height: 2),
  ])
  func aHostileBoxIsAnErrorAndNotACrash(box: Box) {
    #expect(throws: ImagingError.self) { try picture([[1, 2], [3, 4]]).cropped(to: box) }
  }

  @Test func aMapThatIsNotFiniteIsAnError() {
    let map = AffineTransform(a: .infinity, b: 0, tx: 0, c: 0, d: 1, ty: 0)
    #expect(throws: ImagingError.self) { try picture([[1]]).warped(by: map, width: 2, height: 2) }
  }

  @Test func aMapThatFlattensThePlaneIsAnErrorOrAPicture() throws {
    let map = AffineTransform(a: 0, b: 0, tx: 0, c: 0, d: 0, ty: 0)
    _ = try? picture([[1, 2], [3, 4]]).warped(by: map, width: 2, height: 2)
  }

  @Test func aPictureOfNoSizeIsAnError() {
    #expect(throws: ImagingError.self) { try picture([[1]]).resized(width: 0, height: 5) }
  }
}
