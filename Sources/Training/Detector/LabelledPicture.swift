import Imaging
import Vocabulary

/// A face that somebody marked in a picture.
struct LabelledFace: Hashable, Sendable {
  var box: Box
  /// Right eye, left eye, nose tip, right and left mouth corner, where they are known.
  var five: [Point]?
  /// Too small or too unsure to be learned either as a face or as none.
  var isIgnored = false
}

/// A picture with all its faces.
struct LabelledPicture: Hashable, Sendable {
  var image: Image
  var faces: [LabelledFace]

  /// The picture moved into another of the given size, with its labels; faces whose centre leaves it are
  /// dropped, and those left less than `smallest` pixels tall are ignored.
  ///
  /// - Parameter map: a similarity that turns little, so that an upright box stays one.
  func moved(
    by map: Imaging.AffineTransform, width: Int, height: Int, smallest: Double, border: Border = .constant(0)
  ) throws -> LabelledPicture {
    let moved = try image.warped(by: map, width: width, height: height, border: border)
    return LabelledPicture(
      image: moved,
      faces: faces.compactMap { face in
        let centre = map(face.box.centre)
        let (width, height) = (face.box.width * map.scale, face.box.height * map.scale)
        guard moved.bounds.contains(centre) else { return nil }
        return LabelledFace(
          box: Box(x: centre.x - width / 2, y: centre.y - height / 2, width: width, height: height),
          five: face.five?.map { map($0) }, isIgnored: face.isIgnored || height < smallest)
      })
  }

  /// Seen in a mirror: the subject's right becomes the left.
  func mirrored() -> LabelledPicture {
    let width = Double(image.width)
    return LabelledPicture(
      image: image.mirrored,
      faces: faces.map { face in
        var face = face
        face.box.x = width - face.box.maxX
        face.five = face.five.map { LandmarkShape.mirrored($0, width: width) }
        return face
      })
  }
}
