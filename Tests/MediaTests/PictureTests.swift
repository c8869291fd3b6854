import Foundation
import Testing
import Vocabulary

@testable import Media

@Suite struct PictureTests {
  @Test(arguments: [1, 3])
  func aPNGComesBackBitForBit(_ channels: Int) throws {
    var image = Image(width: 37, height: 23, channels: channels)
    for index in image.pixels.indices { image.pixels[index] = UInt8(truncatingIfNeeded: index &* 31) }
    let bytes = try PictureWriter.encode(image)
    #expect(try PictureReader.decode(bytes, named: "a.png", channels: channels) == image)
    #expect(try PictureWriter.encode(image) == bytes)
  }

  /// The bytes of a JPEG file: a video of one picture at the finest quantiser.
  private func jpeg(_ image: Image) throws -> Data {
    var options = VideoWriter.Options()
    options.codec = "mjpeg"
    options.pixelFormat = "yuvj420p"
    options.fullRange = true
    options.bitRate = 1_000_000
    options.encoder = ["qmin": "2", "qmax": "2"]
    let url = Clip.url("a.mjpeg")
    defer { try? FileManager.default.removeItem(at: url) }
    let writer = try VideoWriter(url: url, width: image.width, height: image.height, options: options)
    try writer.append(image)
    try writer.finish()
    return try Data(contentsOf: url)
  }

  @Test func aJPEGComesBackNearly() throws {
    let image = Clip.picture(1234, width: 96, height: 72)
    let bytes = try jpeg(image)
    #expect(bytes.starts(with: [0xFF, 0xD8]))
    #expect(try PictureReader.decode(bytes, named: "a.jpg").distance(to: image) < 6)
  }

  @Test func aWrittenPictureIsItsOwnersAlone() throws {
    let image = Clip.picture(5)
    let url = Clip.url("a.png")
    defer { try? FileManager.default.removeItem(at: url) }
    try PictureWriter.write(image, to: url)
    #expect(try PictureReader.read(url) == image)
    let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test(arguments: [
    (1, 0, false), (3, 180, false), (6, 90, false), (8, 270, false), (2, 0, true), (5, 270, true),
  ])
  func aPhotographStandsUprightAsItsEXIFTagSays(_ tag: Int, _ turn: Int, _ isMirrored: Bool) throws {
    let image = Clip.picture(0b1011_0010_1101, width: 64, height: 48)
    let plain = try jpeg(image)
    // An EXIF segment with the orientation tag alone, put behind the start of the image.
    let exif: [UInt8] =
      [0xFF, 0xE1, 0, 34] + Array("Exif".utf8) + [0, 0, 0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1]
      + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(tag), 0, 0, 0, 0, 0, 0]
    let tagged = plain.prefix(2) + Data(exif) + plain.dropFirst(2)
    let upright = try PictureReader.decode(plain, named: "plain.jpg")
    let shown = try PictureReader.decode(tagged, named: "tagged.jpg")
    #expect(shown == (isMirrored ? upright.mirrored() : upright).turned(clockwise: turn))
  }

  @Test func damagedAndForeignPicturesAreRefused() throws {
    let bytes = try jpeg(Clip.picture(5))
    #expect(throws: MediaError.self) { try PictureReader.decode(bytes.prefix(40), named: "cut.jpg") }
    #expect(throws: MediaError.self) { try PictureReader.decode(Data("hello".utf8), named: "text.jpg") }
    let error = #expect(throws: MediaError.self) { try PictureReader.read(URL(filePath: "/no/such.jpg")) }
    #expect(error?.code == .missing)
  }

  @Test func aPictureOfAbsurdSizeIsRefused() throws {
    var png = try PictureWriter.encode(Clip.picture(5))
    png.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
    #expect(throws: MediaError.self) { try PictureReader.decode(png, named: "bomb.png") }
  }
}

extension Image {
  /// Left and right exchanged.
  func mirrored() -> Image {
    var result = self
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<channels {
          result.pixels[(y * width + x) * channels + channel] =
            pixels[(y * width + width - 1 - x) * channels + channel]
        }
      }
    }
    return result
  }
}
