import Foundation
import Imaging
public import Vocabulary

/// OpenCV's frontal cascade with its eye cascade for alignment: what needs no network and no training.
///
/// Finds upright, frontal faces. Five landmarks are given where both eyes are found: the eyes as they are,
/// nose and mouth where the template's similarity puts them.
public final class CascadeDetector: FaceDetector {
  public let name = "cascade"
  private let faces: Cascade
  private let eyes: Cascade
  private let longSide: Int
  private let smallest: Int
  /// Side of the pictures that it was trained on: nothing smaller can be found.
  private static let trained = 20

  /// Where Debian's `opencv-data` puts its cascades.
  public static let debianFolder = "/usr/share/opencv4/haarcascades"

  /// - Parameters:
  ///   - smallest: height of the smallest face in pixels of the picture that is given.
  ///   - longSide: larger pictures are searched at this long side.
  /// - Throws: ``FaceError`` where the cascades are not in `folder`.
  public init(folder: String = debianFolder, smallest: Int = 20, longSide: Int = 1280) throws {
    func cascade(_ file: String) throws -> Cascade {
      do { return try Cascade(path: "\(folder)/\(file)") } catch {
        throw FaceError(
          "\(folder)/\(file): \(error.reason); install opencv-data or name the cascades' folder")
      }
    }
    faces = try cascade("haarcascade_frontalface_alt2.xml")
    eyes = try cascade("haarcascade_eye_tree_eyeglasses.xml")
    self.longSide = longSide
    self.smallest = smallest
  }

  public func detect(in image: Image, smallest: Double?) throws -> [FaceDetection] {
    let input = try DetectorInput(
      image.gray(), scale: min(1, Double(longSide) / Double(max(image.width, image.height))), multiple: 1)
    let least = Int((Double(self.smallest) * Double(input.image.width) / Double(image.width)).rounded(.up))
    let found = try faces.find(in: input.image, smallest: max(Self.trained, least))
    let detections = found.compactMap { finding in
      // The sums of alt2's last stage lie around 40; a logistic curve brings them to 0...1.
      let score = 1 / (1 + exp(-(finding.weight - 35) / 10))
      return input.inPicture(FaceDetection(box: finding.box, score: score))
    }
    return try detections.suppressed().map { face in
      var aligned = face
      aligned.five = try landmarks(of: face.box, in: image)
      return aligned
    }
  }

  /// Five landmarks from the two eyes in the upper part of a face, found at twice the size where it is small.
  private func landmarks(of box: Box, in image: Image) throws -> [Point]? {
    let side = 96.0
    let upper = Box(x: box.x, y: box.y, width: box.width, height: box.height * 0.62)
    let scale = side / box.width
    let map = AffineTransform(translation: Point(x: -upper.x, y: -upper.y))
      .followed(by: AffineTransform(scale: scale))
    let part = try image.warped(by: map, width: Int(side), height: Int(side * 0.62)).gray()
    let found = try eyes.find(in: part, neighbours: 2, smallest: 12, largest: 48)
    guard let pair = Self.pair(found, width: side), let back = map.inverse else { return nil }
    let template = ChipTemplate.fer2013.five
    return SimilarityTransform(from: Array(template[0...1]), to: pair.map { back($0) })
      .map { place in template.map { place($0) } }
  }

  /// The surest finding in each half, where the two stand as eyes do: level and apart.
  private static func pair(_ eyes: [Cascade.Finding], width: Double) -> [Point]? {
    func best(_ isRight: Bool) -> Point? {
      eyes.filter { ($0.box.centre.x < width / 2) == isRight }
        .max { ($0.weight, -$0.box.x) < ($1.weight, -$1.box.x) }?.box.centre
    }
    guard let right = best(true), let left = best(false) else { return nil }
    let apart = left.x - right.x
    guard apart > 0.25 * width, apart < 0.65 * width, abs(left.y - right.y) < 0.4 * apart else { return nil }
    return [right, left]
  }
}
