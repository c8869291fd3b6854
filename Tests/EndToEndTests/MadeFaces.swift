import Foundation

/// A table in FER2013's form whose pictures are noise, each with a bright square that tells its class.
enum MadeFaces {
  static let (training, validation) = (256, 21)

  /// `training` rows of Training and `validation` of PublicTest, the seven classes in turn.
  static func table() -> Data {
    var generator = SplitMix(state: 7)
    let words = (0...255).map { Array("\($0) ".utf8) }
    var bytes = Array("emotion,pixels,Usage\n".utf8)
    for row in 0..<(training + validation) {
      bytes += Array("\(row % 7),".utf8)
      for pixel in 0..<48 * 48 {
        let (x, y) = (pixel % 48, pixel / 48)
        let isSquare = y / 6 == row % 7 && x / 6 == row % 7
        bytes += words[isSquare ? 255 : Int(generator.next() >> 57)]
      }
      bytes.removeLast()
      bytes += Array((row < training ? ",Training\n" : ",PublicTest\n").utf8)
    }
    return Data(bytes)
  }
}

/// The same numbers from the same state (Steele et al., 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
