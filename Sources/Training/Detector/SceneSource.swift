import Faces
import Foundation
import Imaging
import Vocabulary

/// Pictures to train a detector on: crops of labelled photographs at many scales, four of them side by side,
/// and made gallery views. Each is a pure function of seed, epoch and position.
struct SceneSource: Sendable {
  /// Photographs with all their faces, and faces with landmarks and little around them.
  let photographs: [LabelledPicture]
  let portraits: [LabelledPicture]
  let side: Int
  let seed: UInt64

  /// Faces smaller than this after scaling are neither learned nor punished.
  static let smallest = 9.0

  func scene(_ position: Int, epoch: Int) throws -> LabelledPicture {
    var generator = CounterGenerator(seed: seed, stream: .augmentation, epoch: epoch, index: position)
    let kind = generator.uniform()
    var scene: LabelledPicture
    if portraits.isEmpty || kind < 0.55 {
      scene = try crop(side, &generator)
    } else if kind < 0.70 {
      scene = try mosaic(&generator)
    } else {
      scene = try gallery(&generator)
    }
    if generator.uniform() < 0.5 { scene = scene.mirrored() }
    scene.image = try PhotographicChange(&generator).applied(to: scene.image, &generator)
    return scene
  }

  /// A crop about a randomly chosen face, scaled so that the face gets a size drawn evenly over octaves
  /// (data-anchor sampling; Tang et al., PyramidBox, 2018); anywhere where a photograph has no face.
  private func crop(_ side: Int, _ generator: inout CounterGenerator) throws -> LabelledPicture {
    let picture = photographs[generator.index(below: photographs.count)]
    let faces = picture.faces.filter { !$0.isIgnored && $0.box.height >= 8 }
    var scale: Double
    var target = Point(
      x: Double(generator.uniform()) * Double(picture.image.width),
      y: Double(generator.uniform()) * Double(picture.image.height))
    if faces.isEmpty || generator.uniform() < 0.1 {
      scale = Double(exp(generator.uniform(log(0.5), log(1.6))))
    } else {
      let face = faces[generator.index(below: faces.count)]
      let wanted = Double(exp(generator.uniform(log(12), log(Float(side) * 0.7))))
      scale = min(max(wanted / face.box.height, 0.3), 2.5)
      target = face.box.centre
    }
    // Never smaller than what fills most of the crop.
    let least = 0.8 * Double(side) / Double(max(picture.image.width, picture.image.height))
    scale = max(scale, least)
    let place = Point(
      x: Self.placed(target.x, of: Double(picture.image.width), scale, side, generator.uniform(0.15, 0.85)),
      y: Self.placed(target.y, of: Double(picture.image.height), scale, side, generator.uniform(0.15, 0.85)))
    let angle = Double(generator.normal()) * 0.07
    let map = AffineTransform(translation: target * -1).followed(by: AffineTransform(rotation: angle))
      .followed(by: AffineTransform(scale: scale)).followed(by: AffineTransform(translation: place))
    return try picture.moved(by: map, width: side, height: side, smallest: Self.smallest)
  }

  /// Where `target`, of a picture `length` long, goes along a crop: near `share` of it, but so that the crop
  /// shows as little of what lies beyond the picture as can be.
  private static func placed(
    _ target: Double, of length: Double, _ scale: Double, _ side: Int, _ share: Float
  ) -> Double {
    let (side, before, after) = (Double(side), target * scale, (length - target) * scale)
    let bounds = [side - after, before].sorted()
    return min(max(side * Double(share), bounds[0]), bounds[1])
  }

  /// Four crops of half the side.
  private func mosaic(_ generator: inout CounterGenerator) throws -> LabelledPicture {
    var scene = LabelledPicture(image: Image(width: side, height: side, channels: 3), faces: [])
    for quarter in 0..<4 {
      let part = try crop(side / 2, &generator)
      scene.paste(part, x: quarter % 2 * side / 2, y: quarter / 2 * side / 2)
    }
    return scene
  }

  /// A gallery view: a dark grid of portraits, of rooms without a face, and of tiles with the camera off.
  private func gallery(_ generator: inout CounterGenerator) throws -> LabelledPicture {
    let background = UInt8(generator.index(below: generator.uniform() < 0.8 ? 60 : 256))
    var scene = LabelledPicture(
      image: Image(width: side, height: side, channels: 3, filledWith: background), faces: [])
    let columns = 2 + generator.index(below: 7)
    let width = side / columns
    let height = generator.uniform() < 0.5 ? width : max(24, width * 9 / 16)
    let gap = generator.index(below: 5)
    for row in 0..<(side / height) {
      for column in 0..<columns {
        let (w, h) = (max(16, width - gap), max(16, height - gap))
        let tile = try tile(w, h, &generator)
        scene.paste(tile, x: column * width, y: row * height)
      }
    }
    return scene
  }

  private func tile(_ width: Int, _ height: Int, _ generator: inout CounterGenerator) throws
    -> LabelledPicture
  {
    let kind = generator.uniform()
    var tile: LabelledPicture
    if kind < 0.75 {
      let portrait = portraits[generator.index(below: portraits.count)]
      let fill = max(
        Double(width) / Double(portrait.image.width), Double(height) / Double(portrait.image.height))
      let scale = fill * Double(generator.uniform(1, 1.35))
      let middle = portrait.image.bounds.centre
      let shift = Point(
        x: Double(width) * (0.5 + Double(generator.uniform(-0.12, 0.12))),
        y: Double(height) * (0.5 + Double(generator.uniform(-0.12, 0.12))))
      let map = AffineTransform(translation: middle * -1).followed(by: AffineTransform(scale: scale))
        .followed(by: AffineTransform(rotation: Double(generator.normal()) * 0.1))
        .followed(by: AffineTransform(translation: shift))
      tile = try portrait.moved(by: map, width: width, height: height, smallest: Self.smallest, border: .edge)
    } else {
      tile = LabelledPicture(
        image: try CameraOffTile.draw(width: width, height: height, &generator), faces: [])
    }
    if generator.uniform() < 0.5 { try CameraOffTile.drawLabel(on: &tile.image, &generator) }
    return tile
  }
}

extension LabelledPicture {
  /// Copies `part` onto this picture with its top left corner at (x, y).
  mutating func paste(_ part: LabelledPicture, x: Int, y: Int) {
    let columns = min(part.image.width, image.width - x)
    guard columns > 0, x >= 0, y >= 0, part.image.channels == image.channels else { return }
    for row in 0..<min(part.image.height, image.height - y) {
      let from = row * part.image.bytesPerRow
      let to = (y + row) * image.bytesPerRow + x * image.channels
      image.pixels.replaceSubrange(
        to..<to + columns * image.channels, with: part.image.pixels[from..<from + columns * image.channels])
    }
    let shift = Point(x: Double(x), y: Double(y))
    faces += part.faces.map { face in
      var face = face
      face.box.x += shift.x
      face.box.y += shift.y
      face.five = face.five?.map { $0 + shift }
      return face
    }
  }
}
