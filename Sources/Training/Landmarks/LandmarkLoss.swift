import Foundation

/// The losses of a chip's landmarks, each with its gradient.
enum LandmarkLoss {
  /// Where the wing loss's logarithm ends, as a share of the chip's side.
  private static let width: Float = 0.08
  /// How sharply it bends before.
  private static let bend: Float = 0.01

  /// Wing loss (Feng et al., CVPR 2018): logarithmic for small errors, so that they still count, and straight
  /// for large ones.
  ///
  /// - Parameter difference: found minus wanted, as a share of the chip's side.
  static func wing(_ difference: Float) -> (loss: Float, gradient: Float) {
    let size = abs(difference)
    let sign: Float = difference < 0 ? -1 : 1
    guard size >= width else {
      return (width * log(1 + size / bend), sign * width / (bend + size))
    }
    let slope = width / (bend + width)
    return (width * log(1 + width / bend) + slope * (size - width), sign * slope)
  }

  /// The wing loss of 136 found coordinates against 136 marked ones, or against ten: then each of the five
  /// points is compared with the mean of those of the 68 that make it. Mean over the coordinates marked.
  static func points(_ found: ArraySlice<Float>, marked: [Float]) -> (loss: Float, gradient: [Float]) {
    var gradient = [Float](repeating: 0, count: found.count)
    var total: Float = 0
    let groups = marked.count == 10 ? LandmarkShape.five : (0..<68).map { [$0] }
    let scale = 1 / Float(marked.count)
    for (number, group) in groups.enumerated() {
      for axis in 0..<2 {
        let mean =
          group.reduce(Float(0)) { $0 + found[found.startIndex + 2 * $1 + axis] } / Float(group.count)
        let result = wing(mean - marked[2 * number + axis])
        total += scale * result.loss
        for member in group { gradient[2 * member + axis] += scale * result.gradient / Float(group.count) }
      }
    }
    return (total, gradient)
  }

  /// Cross-entropy of a logit with a target from 0 to 1.
  static func confidence(_ logit: Float, target: Float) -> (loss: Float, gradient: Float) {
    let logit = min(max(logit, -30), 30)
    let p = 1 / (1 + exp(-logit))
    return (max(logit, 0) + log1p(exp(-abs(logit))) - target * logit, p - target)
  }

  /// How far points with this error can be trusted: `exp(-error / 0.08)`, the error being the mean distance
  /// over the distance of the eyes. What the confidence learns to say; 0 beside a face.
  static func trust(_ found: ArraySlice<Float>, marked: [Float]) -> Float {
    let groups = marked.count == 10 ? LandmarkShape.five : (0..<68).map { [$0] }
    func mean(_ group: [Int], _ axis: Int) -> Float {
      group.reduce(Float(0)) { $0 + found[found.startIndex + 2 * $1 + axis] } / Float(group.count)
    }
    var sum: Float = 0
    for (number, group) in groups.enumerated() {
      let (dx, dy) = (mean(group, 0) - marked[2 * number], mean(group, 1) - marked[2 * number + 1])
      sum += (dx * dx + dy * dy).squareRoot()
    }
    let (right, left) = marked.count == 10 ? (0, 1) : (36, 45)
    let (ex, ey) = (marked[2 * left] - marked[2 * right], marked[2 * left + 1] - marked[2 * right + 1])
    let eyes = max((ex * ex + ey * ey).squareRoot(), 1e-6)
    return exp(-sum / Float(groups.count) / eyes / 0.08)
  }
}
