import Imaging
import Vocabulary

/// A picture made to fit a network whose sides must be multiples of a stride.
///
/// The picture is shrunk, never enlarged, so that its long side is at most `longSide`, and black is added at
/// the right and at the bottom.
struct DetectorInput {
  let image: Image
  /// Pixels of the input per pixel of the picture.
  let scale: Point
  private let bounds: Box

  init(_ picture: Image, longSide: Int, multiple: Int = 32) throws(ImagingError) {
    let long = max(picture.width, picture.height)
    let factor = min(1, Double(longSide) / Double(long))
    let width = max(1, Int((Double(picture.width) * factor).rounded()))
    let height = max(1, Int((Double(picture.height) * factor).rounded()))
    scale = Point(x: Double(width) / Double(picture.width), y: Double(height) / Double(picture.height))
    bounds = picture.bounds
    let shrunk = try picture.resized(width: width, height: height)
    func padded(_ side: Int) -> Int { (side + multiple - 1) / multiple * multiple }
    image = try shrunk.cropped(
      to: Box(x: 0, y: 0, width: Double(padded(width)), height: Double(padded(height))), border: .constant(0))
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
