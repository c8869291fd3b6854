/// Follows a picture through a recipe's layers, so that layers which cannot follow one another are told by their line
/// and before any data are read.
struct LayerOrder {
  /// More would take gigabytes and days.
  private static let mostWeights = 100_000_000

  private var side = Face.side
  private var channels = 1
  private var weights = 0
  private var isFlat = false

  /// - Returns: why `layer` cannot be the next one; nothing where it can.
  mutating func fault(of layer: NetworkSection.Layer) -> String? {
    switch layer {
    case .convolution(let width, let kernel, let stride, _):
      if isFlat { return "a convolution cannot follow flatten or dense: it needs rows and columns" }
      convolve(width: width, kernel: kernel, stride: stride)
    case .residual(let width, let stride, _):
      if isFlat { return "a residual block cannot follow flatten or dense: it needs rows and columns" }
      convolve(width: width, kernel: 3, stride: stride)
      convolve(width: width, kernel: 3, stride: 1)
    case .maxPool(let size):
      if isFlat { return "max_pool cannot follow flatten or dense: it needs rows and columns" }
      if side < size { return "max_pool: \(size) is larger than the \(side) × \(side) that are left there" }
      side /= size
    case .globalPool:
      if isFlat { return "global_pool cannot follow flatten or dense: it needs rows and columns" }
      side = 1
    case .dropout: break
    case .flatten: flatten()
    case .dense(let width):
      flatten()
      weights += channels * width
      channels = width
    }
    return weights > Self.mostWeights
      ? "the network has more than \(Self.mostWeights / 1_000_000) million weights up to here; make it narrower"
      : nil
  }

  private mutating func convolve(width: Int, kernel: Int, stride: Int) {
    weights += channels * kernel * kernel * width
    channels = width
    side = (side + stride - 1) / stride
  }

  private mutating func flatten() {
    channels *= side * side
    side = 1
    isFlat = true
  }
}
