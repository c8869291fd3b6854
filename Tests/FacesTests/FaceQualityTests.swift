import Faces
import Imaging
import Testing
import Vocabulary

@Suite struct FaceQualityTests {
  static let checks: Image = {
    let pixels = (0..<(120 * 120)).map { UInt8(($0 % 120 / 6 + $0 / 120 / 6) % 2 == 0 ? 60 : 190) }
    return Image(width: 120, height: 120, channels: 1, pixels: pixels) ?? Image(width: 1, height: 1)
  }()

  @Test func aSmallFaceHasLessSize() throws {
    func size(_ side: Double) throws -> Double {
      try FaceQuality(of: Box(x: 10, y: 10, width: side, height: side), in: Self.checks).size
    }
    #expect(try size(12) == 0)
    #expect(try size(30) == 0.5)
    #expect(try size(90) == 1)
  }

  @Test func aBlurredFaceIsLessSharp() throws {
    let box = Box(x: 10, y: 10, width: 96, height: 96)
    let clear = try FaceQuality(of: box, in: Self.checks)
    let dull = try FaceQuality(of: box, in: Self.checks.blurred(sigma: 6))
    #expect(dull.sharpness < 0.6 * clear.sharpness)
  }

  @Test func aFaceInTheDarkIsBadlyExposed() throws {
    let box = Box(x: 10, y: 10, width: 96, height: 96)
    var dark = Self.checks
    for index in dark.pixels.indices { dark.pixels[index] /= 20 }
    #expect(try FaceQuality(of: box, in: Self.checks).exposure > 0.9)
    #expect(try FaceQuality(of: box, in: dark).exposure < 0.1)
  }

  @Test func aFaceHalfBeyondItsTileIsHalfComplete() throws {
    let box = Box(x: 110, y: 40, width: 20, height: 20)
    #expect(try FaceQuality(of: box, in: Self.checks).completeness == 0.5)
  }

  @Test func aBoxOfNoSizeIsAnError() {
    #expect(throws: FaceError.self) {
      try FaceQuality(of: Box(x: 0, y: 0, width: 0, height: 5), in: Self.checks)
    }
  }
}
