import Faces
import Foundation
import Imaging
import Vocabulary

extension LabelledFace {
  /// A face known by its five points, in the box that a detector draws about such a face: in FER2013's
  /// framing that box is 0.783 wide and 1.044 tall, its middle at (0.508, 0.514)
  /// (Reports/Measurements, "FER2013's framing").
  init?(five: [Point]) {
    guard let map = ChipTemplate.fer2013.registration(of: five, side: 1)?.inverse else { return nil }
    let centre = map(Point(x: 0.508, y: 0.514))
    let (width, height) = (0.783 * map.scale, 1.044 * map.scale)
    self.init(
      box: Box(x: centre.x - width / 2, y: centre.y - height / 2, width: width, height: height), five: five)
  }
}

extension LandmarkFolder {
  /// The pictures as a detector learns from them: one face each, shrunk where that is taller than `tallest`.
  func portraits(_ entries: [Entry], tallest: Double) throws -> [LabelledPicture] {
    try entries.compactMap { entry in
      guard let face = LabelledFace(five: entry.five) else { return nil }
      let picture = LabelledPicture(image: try picture(entry), faces: [face])
      guard face.box.height > tallest else { return picture }
      let scale = tallest / face.box.height
      return try picture.moved(
        by: AffineTransform(scale: scale), width: max(1, Int(Double(picture.image.width) * scale)),
        height: max(1, Int(Double(picture.image.height) * scale)), smallest: 0)
    }
  }
}
