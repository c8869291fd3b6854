import Vocabulary

@testable import Training

/// Faces that are soon learned: happy ones are bright at the top, sad ones at the bottom.
func faces(_ count: Int) -> FaceSet {
  var set = FaceSet()
  for index in 0..<count {
    let isHappy = index % 2 == 0
    let pixels = (0..<Face.pixelCount).map {
      UInt8(($0 < Face.pixelCount / 2) == isHappy ? 220 : 20 + index)
    }
    set.append(Face(expression: isHappy ? .happy : .sad, split: .training, pixels: pixels))
  }
  return set
}
