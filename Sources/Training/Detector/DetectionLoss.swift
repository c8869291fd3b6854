import Foundation

/// The losses of one cell of a detection head, each with its gradient.
enum DetectionLoss {
  /// Quality focal loss (Li et al., NeurIPS 2020), beta 2: `|t - p|² (-t log p - (1 - t) log(1 - p))` for the
  /// probability `p` of `logit`; what is already right counts little.
  ///
  /// - Parameter target: 0 for no face, the wanted overlap of the box for one.
  static func score(logit: Float, target: Float) -> (loss: Float, gradient: Float) {
    let logit = min(max(logit, -30), 30)
    let p = 1 / (1 + exp(-logit))
    // log(1 + e^x), without overflow; the cross-entropy is softplus(x) - t x.
    let softplus = max(logit, 0) + log1p(exp(-abs(logit)))
    let entropy = softplus - target * logit
    let gap = p - target
    return (gap * gap * entropy, gap * gap * gap + 2 * gap * p * (1 - p) * entropy)
  }

  /// EIoU (Zhang et al. 2021): one minus the overlap, plus the squared distance of the centres over the
  /// diagonal of the common hull, plus the squared differences of width and height over the hull's.
  ///
  /// - Parameters:
  ///   - raw: `dx, dy, log w, log h` in strides, as the network gives them.
  ///   - target: centre x, centre y, width, height in strides from the cell's corner.
  static func box(raw: SIMD4<Float>, target: SIMD4<Float>) -> (loss: Float, gradient: SIMD4<Float>) {
    let (x, y) = (Dual(raw[0], variable: 0), Dual(raw[1], variable: 1))
    func size(_ position: Int) -> Dual {
      let value = exp(min(max(raw[position], -6), 6))
      var dual = Dual(value)
      dual.slope[position] = value
      return dual
    }
    let (w, h) = (size(2), size(3))
    let half = Dual(0.5)
    let (left, right, top, bottom) = (x - w * half, x + w * half, y - h * half, y + h * half)
    let goal = (
      left: Dual(target[0] - target[2] / 2), right: Dual(target[0] + target[2] / 2),
      top: Dual(target[1] - target[3] / 2), bottom: Dual(target[1] + target[3] / 2)
    )
    let zero = Dual(0)
    let across = Dual.max(zero, Dual.min(right, goal.right) - Dual.max(left, goal.left))
    let down = Dual.max(zero, Dual.min(bottom, goal.bottom) - Dual.max(top, goal.top))
    let common = across * down
    let union = w * h + Dual(target[2] * target[3]) - common
    let hullWidth = Dual.max(right, goal.right) - Dual.min(left, goal.left)
    let hullHeight = Dual.max(bottom, goal.bottom) - Dual.min(top, goal.top)
    let distance = (x - Dual(target[0])).squared + (y - Dual(target[1])).squared
    let loss =
      Dual(1) - common / union + distance / (hullWidth.squared + hullHeight.squared)
      + (w - Dual(target[2])).squared / hullWidth.squared
      + (h - Dual(target[3])).squared / hullHeight.squared
    return (loss.value, loss.slope)
  }

  /// Smooth L1 (Girshick 2015): a parabola up to `width`, straight beyond.
  static func smooth(_ difference: Float, width: Float = 0.1) -> (loss: Float, gradient: Float) {
    let size = abs(difference)
    return size < width
      ? (difference * difference / (2 * width), difference / width)
      : (size - width / 2, difference < 0 ? -1 : 1)
  }
}
