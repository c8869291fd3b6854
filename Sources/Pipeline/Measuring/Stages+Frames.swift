import Faces
import Imaging
public import Vocabulary

/// What was measured in one frame.
struct MeasuredFrame {
  var layout: FrameLayout
  var faces: [FaceObservation] = []
}

extension Stages {
  /// Finds the layout of a frame and measures its tiles, each as a picture of its own: no face is searched
  /// across tiles, and nothing of a neighbour gets into a face's chip. Without tiles the frame is that picture.
  ///
  /// - Parameter seen: the tiles of the frame before; those of this one afterwards.
  func measure(
    frame image: Image, sample: Int64, _ wanted: Definition.Detection, _ seen: inout SeenPictures,
    _ account: inout Account
  ) throws -> MeasuredFrame {
    var frame = MeasuredFrame(
      layout: try account.time(.layout) { try layout.layout(of: image, sample: sample) })
    let parts = frame.layout.parts(of: image)
    let pictures = try parts.map { part in
      let isTile = part != image.bounds
      // In a tile a face that matters is no smaller than an eighth; in a scene it may be of any size.
      return PictureToMeasure(
        image: isTile ? try image.cropped(to: part) : image,
        smallest: isTile ? max(Double(wanted.minimumHeight), part.height / 8) : nil)
    }
    let known = zip(pictures, parts).map { seen.measured($0.image, at: $1) }
    let new = known.indices.filter { known[$0] == nil }
    var fresh = try measure(new.map { pictures[$0] }, wanted, &account).makeIterator()
    seen = SeenPictures()
    for (index, part) in parts.enumerated() {
      guard let measured = known[index] ?? fresh.next() else { continue }
      seen.remember(pictures[index].image, at: part, measured)
      frame.faces += measured.faces.map { $0.moved(to: Point(x: part.x, y: part.y)) }
      account.unreadableFaces += measured.unreadable
    }
    return frame
  }

  /// The faces of one frame of a recording by itself.
  public func faces(ofFrame image: Image, _ wanted: Definition.Detection) throws -> [FaceObservation] {
    var (seen, account) = (SeenPictures(), Account())
    return try measure(frame: image, sample: 0, wanted, &seen, &account).faces
  }
}

extension FrameLayout {
  /// What is measured by itself: the tiles with a camera, or the whole frame. What stands in place of a camera
  /// may be somebody's portrait: a face that nobody shows.
  fileprivate func parts(of image: Image) -> [Box] {
    tiles.isEmpty ? [image.bounds] : tiles.filter(\.cameraOn).map(\.box)
  }
}
