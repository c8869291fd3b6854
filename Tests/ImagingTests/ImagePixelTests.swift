import Imaging
import Testing
import Vocabulary

@Suite struct ImagePixelTests {
  /// Blue, green, red and white, as BT.601 weighs them: 0.114, 0.587, 0.299 of 255.
  @Test func grayIsLumaOfBT601() throws {
    let image = try #require(
      Image(
        width: 4, height: 1, channels: 3, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]))
    #expect(try image.gray().pixels == [29, 150, 76, 255])
  }

  @Test func colourOfGrayHasEqualChannels() throws {
    #expect(try picture([[7, 9]]).colour().pixels == [7, 7, 7, 9, 9, 9])
  }

  @Test func equalisingTwoLevelsSpreadsThemToTheEnds() throws {
    #expect(try picture([[100, 100, 101, 101]]).equalised().pixels == [0, 0, 255, 255])
  }

  @Test func equalisingColourIsAnErrorThatNamesTheStep() {
    let error = #expect(throws: ImagingError.self) { try Image(width: 2, height: 2, channels: 3).equalised() }
    #expect(error?.operation == "equalise")
    #expect(error?.description.contains("\n") == false)
  }

  @Test func gammaFollowsItsCurve() throws {
    // 255 (64/255)^0.5 = 127.7
    #expect(try picture([[0, 64, 255]]).gammaCorrected(0.5).pixels == [0, 128, 255])
    #expect(throws: ImagingError.self) { try picture([[1]]).gammaCorrected(0) }
    #expect(throws: ImagingError.self) { try picture([[1]]).gammaCorrected(.nan) }
  }

  @Test func blurLowersTheLaplacian() throws {
    let checks = picture((0..<16).map { row in (0..<16).map { ($0 / 2 + row / 2) % 2 == 0 ? 20 : 220 } })
    #expect(try checks.blurred(sigma: 1.5).laplacianVariance() < 0.2 * checks.laplacianVariance())
    #expect(try Image(width: 9, height: 9, filledWith: 80).laplacianVariance() == 0)
  }

  @Test func denoisingSmoothsNoiseAndKeepsTheEdge() throws {
    var noisy = Image(width: 16, height: 16)
    for index in noisy.pixels.indices {
      let (column, row) = (index % 16, index / 16)
      noisy.pixels[index] = (column < 8 ? 40 : 200) + UInt8((column * 7 + row * 5) % 6)
    }
    let clean = try noisy.denoised(strength: 20)
    #expect(try clean.cropped(to: Box(x: 0, y: 0, width: 6, height: 16)).laplacianVariance() < 3)
    #expect(Int(clean.pixels[8 * 16 + 8]) - Int(clean.pixels[8 * 16 + 7]) > 140)
  }

  @Test func claheRaisesTheContrastOfADullPicture() throws {
    let dull = picture((0..<32).map { row in (0..<32).map { UInt8(100 + ($0 + row) / 8) } })
    let clear = try dull.contrastLimitedEqualised(clip: 4, grid: 2)
    let spread = { (image: Image) in Int(image.pixels.max() ?? 0) - Int(image.pixels.min() ?? 0) }
    #expect(spread(clear) > 2 * spread(dull))
  }
}
