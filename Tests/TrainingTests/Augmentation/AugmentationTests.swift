import Testing

@testable import Training

@Suite struct AugmentationTests {
  private let black = [UInt8](repeating: 0, count: Face.pixelCount)

  /// What a recipe's section makes of a picture in each of its first places in an epoch.
  private func vary(_ picture: [UInt8], by keys: String, count: Int = 200) throws -> [[Float]] {
    let text = """
      epochs: 1
      network: {layers: [flatten, dense: 7]}
      optimizer: {learning_rate: 0.1}
      augmentation: {\(keys)}
      """
    let augmentation = try Recipe(text: text, path: "test.yaml").augmentation
    return (0..<count).map { index in
      var generator = CounterGenerator(seed: 1, stream: .augmentation, index: index)
      // The picture lies between two margins of its own size.
      var samples = [Float](repeating: -1, count: 3 * Face.pixelCount)
      let place = Face.pixelCount..<2 * Face.pixelCount
      picture.withUnsafeBufferPointer { source in
        samples.withUnsafeMutableBufferPointer { all in
          augmentation.apply(
            to: source, into: UnsafeMutableBufferPointer(rebasing: all[place]), using: &generator)
        }
      }
      let margins = samples[..<place.lowerBound] + samples[place.upperBound...]
      #expect(margins.allSatisfy { $0 == -1 }, "writes beyond the picture")
      return Array(samples[place])
    }
  }

  @Test func `without a key a picture stays as it is`() throws {
    let picture = (0..<Face.pixelCount).map { UInt8($0 % 251) }
    #expect(try vary(picture, by: "", count: 1) == [picture.map { Float($0) }])
  }

  @Test func `a cutout grays a square, of which at least a quarter lies in the picture`() throws {
    for picture in try vary(black, by: "cutout: {probability: 1, smallest: 48, largest: 48}") {
      #expect(picture.allSatisfy { $0 == 0 || $0 == 127.5 })
      let gray = picture.indices.filter { picture[$0] == 127.5 }
      let rows = Set(gray.map { $0 / Face.side })
      let columns = Set(gray.map { $0 % Face.side })
      #expect(rows.count >= 24 && columns.count >= 24)
      // One rectangle: no row of the square runs over into the next one of the picture.
      #expect(gray.count == rows.count * columns.count)
    }
  }

  @Test func `a cutout's side is drawn from the smallest to the largest`() throws {
    let areas = try vary(black, by: "cutout: {probability: 1, smallest: 8, largest: 18}").map { picture in
      picture.count { $0 == 127.5 }
    }
    // A quarter of the smallest in a corner; the largest whole.
    #expect(areas.allSatisfy { $0 >= 4 * 4 })
    #expect(areas.max() == 18 * 18)
  }

  @Test(arguments: [0, 0.3, 1])
  func `a cutout comes with its probability`(probability: Double) throws {
    let pictures = try vary(black, by: "cutout: {probability: \(probability), smallest: 8, largest: 8}")
    let share = Double(pictures.count { $0.contains(127.5) }) / Double(pictures.count)
    #expect(abs(share - probability) < 0.1)
  }

  @Test(arguments: [false, true])
  func `height and width draw one zoom, or each its own where axes are apart`(apart: Bool) throws {
    // Each row is 2 levels above the one before, each column 3.
    let ramp = (0..<Face.pixelCount).map { UInt8(2 * ($0 / Face.side) + 3 * ($0 % Face.side)) }
    let zooms = try vary(ramp, by: "zoom: 0.2, zoom_axes_apart: \(apart)").map { picture in
      let centre = Face.side / 2 * (Face.side + 1)
      return (
        height: (picture[centre] - picture[centre - Face.side]) / 2,
        width: (picture[centre] - picture[centre - 1]) / 3
      )
    }
    for zooms in [zooms.map(\.height), zooms.map(\.width)] {
      let (least, most) = (zooms.min() ?? 0, zooms.max() ?? 0)
      #expect(least > 0.799 && least < 0.85 && most > 1.15 && most < 1.201)
    }
    let distance = zooms.map { abs($0.height - $0.width) }.max() ?? 0
    #expect(apart ? distance > 0.2 : distance < 1e-3)
  }

  @Test func `gamma darkens and lightens, and leaves black and white alone`() throws {
    // A fifth of white becomes a twenty-fifth by the exponent 2, 0.447 by 1 / 2.
    var picture = [UInt8](repeating: 51, count: Face.pixelCount)
    picture[0] = 0
    picture[1] = 255
    let pictures = try vary(picture, by: "gamma: 1")
    #expect(pictures.allSatisfy { $0[0] == 0 && abs($0[1] - 255) < 1e-3 })
    let levels = pictures.map { $0[2] }
    #expect(levels.allSatisfy { (10.1...114.1).contains($0) })
    #expect(levels.contains { $0 < 20 } && levels.contains { $0 > 90 })
  }
}
