import Foundation
import Imaging
import Vocabulary

/// Drawn tiles that show no face: names, initials, slides, and round avatars with dots for eyes, which a
/// detector must learn to leave alone.
enum CameraOffTile {
  static func draw(width: Int, height: Int, _ generator: inout CounterGenerator) throws -> Image {
    var image = Image(width: width, height: height, channels: 3)
    try image.fill(image.bounds, colour(&generator, below: 120))
    switch generator.index(below: 4) {
    case 0: try drawName(on: &image, &generator)
    case 1: try drawInitial(on: &image, &generator)
    case 2: try drawCartoon(on: &image, &generator)
    default: try drawSlide(on: &image, &generator)
    }
    return image
  }

  /// The bar with a participant's name in the lower left corner.
  static func drawLabel(on image: inout Image, _ generator: inout CounterGenerator) throws {
    let height = max(4, Double(image.height) * Double(generator.uniform(0.08, 0.16)))
    let width = Double(image.width) * Double(generator.uniform(0.3, 0.7))
    let top = Double(image.height) - height
    try image.fill(Box(x: 0, y: top, width: width, height: height), .black)
    try image.draw(name(&generator), at: Point(x: 2, y: top + height * 0.8), height: height * 0.6, .white)
  }

  private static func drawName(on image: inout Image, _ generator: inout CounterGenerator) throws {
    let height = Double(image.height) * Double(generator.uniform(0.08, 0.2))
    let origin = Point(x: Double(image.width) * 0.15, y: Double(image.height) * 0.55)
    try image.draw(name(&generator), at: origin, height: height, .white)
  }

  private static func drawInitial(on image: inout Image, _ generator: inout CounterGenerator) throws {
    let size = Double(min(image.width, image.height))
    let centre = image.bounds.centre
    try image.draw([centre], colour(&generator, below: 256), radius: size * 0.3)
    let height = size * 0.25
    try image.draw(
      String(name(&generator).prefix(1)), at: centre + Point(x: -height * 0.4, y: height * 0.5),
      height: height,
      .white)
  }

  /// A disc with two dots and a line: a face to nobody but a careless detector.
  private static func drawCartoon(on image: inout Image, _ generator: inout CounterGenerator) throws {
    let size = Double(min(image.width, image.height)) * Double(generator.uniform(0.25, 0.42))
    let centre = image.bounds.centre
    try image.draw([centre], colour(&generator, from: 100), radius: size)
    let ink = colour(&generator, below: 90)
    let eyes = [-0.35, 0.35].map { centre + Point(x: $0 * size, y: -0.2 * size) }
    if generator.uniform() < 0.5 {
      try image.draw(eyes, .white, radius: size * 0.2)
    }
    try image.draw(eyes, ink, radius: size * 0.1)
    let bend = Double(generator.uniform(-0.2, 0.3))
    let mouth = stride(from: -0.4, through: 0.4, by: 0.1).map { x in
      centre + Point(x: x * size, y: (0.4 + bend * (1 - x * x / 0.16)) * size)
    }
    try image.drawLine(mouth, ink, thickness: max(1, Int(size * 0.1)))
    if generator.uniform() < 0.5 {
      let hair = [-0.8, -0.5, -0.2, 0.2, 0.5, 0.8].map { centre + Point(x: $0 * size, y: -0.85 * size) }
      try image.draw(hair, ink, radius: size * 0.3)
    }
  }

  private static func drawSlide(on image: inout Image, _ generator: inout CounterGenerator) throws {
    try image.fill(image.bounds, colour(&generator, from: 200))
    let ink = colour(&generator, below: 140)
    let lines = 2 + generator.index(below: 5)
    let pitch = Double(image.height) / Double(lines + 1)
    for line in 0..<lines {
      let text = name(&generator) + " " + name(&generator)
      try image.draw(text, at: Point(x: pitch * 0.4, y: pitch * Double(line + 1)), height: pitch * 0.45, ink)
    }
    if generator.uniform() < 0.5 {
      for bar in 0..<4 {
        let height = Double(image.height) * Double(generator.uniform(0.1, 0.5))
        let step = Double(image.width) / 10
        try image.fill(
          Box(
            x: Double(image.width) / 2 + Double(bar) * step, y: Double(image.height) * 0.9 - height,
            width: step * 0.7, height: height), colour(&generator, below: 256))
      }
    }
  }

  private static func colour(_ generator: inout CounterGenerator, from low: Int = 0, below high: Int = 256)
    -> Colour
  {
    func channel() -> UInt8 { UInt8(clamping: low + generator.index(below: high - low)) }
    return Colour(red: channel(), green: channel(), blue: channel())
  }

  private static func name(_ generator: inout CounterGenerator) -> String {
    let letters = Array("aeinorstlmkdbvuhc")
    let length = 3 + generator.index(below: 7)
    return String((0..<length).map { _ in letters[generator.index(below: letters.count)] }).capitalized
  }
}
