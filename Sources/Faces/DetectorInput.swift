import Imaging
import Vocabulary

/// A picture made to fit a network whose sides must be multiples of a stride.
///
/// Black is added at the right and at the bottom.
struct DetectorInput {
  let image: Image
  /// Pixels of the input per pixel of the picture.
  let scale: Point
  private let bounds: Box

  /// - Parameter factor: pixels of the input for one of the picture.
  init(_ picture: Image, scale factor: Double, multiple: Int = 32) throws(ImagingError) {
    let width = max(1, Int((Double(picture.width) * factor).rounded()))
    let height = max(1, Int((Double(picture.height) * factor).rounded()))
    scale = Point(x: Double(width) / Double(picture.width), y: Double(height) / Double(picture.height))
    bounds = picture.bounds
    // Down to 0.35 linear interpolation skips few pixels, in a seventh of the time that areas take.
    let shrunk = try picture.resized(width: width, height: height, factor < 0.35 ? .area : .linear)
    func padded(_ side: Int) -> Int { (side + multiple - 1) / multiple * multiple }
    image = shrunk.padded(width: padded(width), height: padded(height))
  }

  /// A face of the input as one of the picture; `nil` where its centre lies outside.
  func inPicture(_ face: FaceDetection) -> FaceDetection? {
    func place(_ point: Point) -> Point { Point(x: point.x / scale.x, y: point.y / scale.y) }
    var moved = face
    moved.box = Box(
      x: face.box.x / scale.x, y: face.box.y / scale.y, width: face.box.width / scale.x,
      height: face.box.height / scale.y)
    moved.five = face.five?.map(place)
    return bounds.contains(moved.box.centre) ? moved : nil
  }
}
