import Faces
import Foundation
import Imaging
import Vocabulary

/// Chips to train a landmark network on: marked faces in badly placed, turned and spoilt crops, and crops
/// beside the face. Each is a pure function of seed, epoch and position.
struct LandmarkChipSource: Sendable {
  /// A picture with one marked face.
  struct Face: Sendable {
    let image: Image
    /// 68 or five points in pixels.
    let points: [Point]
    let five: [Point]
  }

  struct Chip: Sendable {
    /// Normalised samples, 64 x 64.
    let values: [Float]
    /// As shares of the side from the middle, x and y in turn; empty beside a face.
    let points: [Float]
  }

  /// Faces with 68 points make up half of what is drawn, however few they are.
  let complete: [Face]
  let sparse: [Face]
  let seed: UInt64

  func chip(_ position: Int, epoch: Int) throws -> Chip {
    var generator = CounterGenerator(seed: seed, stream: .augmentation, epoch: epoch, index: position)
    let faces = sparse.isEmpty || (!complete.isEmpty && generator.uniform() < 0.5) ? complete : sparse
    let face = faces[generator.index(below: faces.count)]
    let isBeside = generator.uniform() < 0.06
    let map = try place(face, isBeside: isBeside, &generator)
    let side = LandmarkNetwork.side
    let isMirrored = generator.uniform() < 0.5
    var image = try face.image.warped(by: map, width: side, height: side).gray()
    var points = face.points.map { map($0) }
    if isMirrored {
      image = image.mirrored
      points = LandmarkShape.mirrored(points, width: Double(side))
    }
    image = try spoilt(image, &generator)
    var shares: [Float] = []
    for point in points {
      shares.append(Float(point.x / Double(side)) - 0.5)
      shares.append(Float(point.y / Double(side)) - 0.5)
    }
    return Chip(values: image.normalized(), points: isBeside ? [] : shares)
  }

  /// The face's box, misplaced as a detector might, in the network's framing.
  private func place(
    _ face: Face, isBeside: Bool, _ generator: inout CounterGenerator
  ) throws -> Imaging.AffineTransform {
    guard let box = LabelledFace(five: face.five)?.box else {
      throw FaceError("a face whose points coincide")
    }
    let side = box.area.squareRoot()
    func shift() -> Double {
      isBeside
        ? side * Double(generator.uniform(0.6, 1.2)) * (generator.uniform() < 0.5 ? -1 : 1)
        : side * Double(generator.normal()) * 0.06
    }
    let centre = box.centre + Point(x: shift(), y: shift())
    let scaled = side * exp(Double(generator.normal()) * 0.09)
    let moved = Box(x: centre.x - scaled / 2, y: centre.y - scaled / 2, width: scaled, height: scaled)
    guard let map = LandmarkNetwork.framing.registration(of: moved, side: LandmarkNetwork.side) else {
      throw FaceError("a face whose points coincide")
    }
    let middle = Point(x: Double(LandmarkNetwork.side) / 2, y: Double(LandmarkNetwork.side) / 2)
    return map.affine.followed(by: AffineTransform(translation: middle * -1))
      .followed(by: AffineTransform(rotation: Double(generator.normal()) * 0.22))
      .followed(by: AffineTransform(translation: middle))
  }

  /// Fewer pixels, blur, light, noise, and now and then something before the face.
  private func spoilt(_ image: Image, _ generator: inout CounterGenerator) throws -> Image {
    var image = image
    let side = image.width
    if generator.uniform() < 0.4 {
      let small = 20 + generator.index(below: side - 20)
      image = try image.resized(width: small, height: small).resized(width: side, height: side, .linear)
    }
    if generator.uniform() < 0.2 { image = try image.blurred(sigma: Double(generator.uniform(0.4, 1.5))) }
    image = try image.gammaCorrected(Double(exp(generator.normal() * 0.3)))
    if generator.uniform() < 0.2 {
      let (width, height) = (Double(8 + generator.index(below: 20)), Double(8 + generator.index(below: 20)))
      let value = UInt8(generator.index(below: 256))
      try image.fill(
        Box(
          x: Double(generator.index(below: side)), y: Double(generator.index(below: side)), width: width,
          height: height), Colour(red: value, green: value, blue: value))
    }
    if generator.uniform() < 0.3 {
      let noise = generator.uniform(1, 10)
      for index in image.pixels.indices {
        image.pixels[index] = UInt8(clamping: Int(Float(image.pixels[index]) + noise * generator.normal()))
      }
    }
    return image
  }
}
