extension Tensor {
  /// The same numbers with dimension `order[i]` of this tensor as dimension `i` of the result.
  ///
  /// `order` must be a permutation of the dimensions.
  func transposed(_ order: [Int]) -> Tensor {
    var strides = Array(repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * shape[axis + 1] }
    var result = Tensor(zeros: order.map { shape[$0] })
    let steps = order.map { strides[$0] }
    var index = Array(repeating: 0, count: order.count)
    var source = 0
    for target in result.values.indices {
      result.values[target] = values[source]
      // Counts up like an odometer: the last dimension first.
      for axis in index.indices.reversed() {
        index[axis] += 1
        source += steps[axis]
        if index[axis] < result.shape[axis] { break }
        source -= steps[axis] * result.shape[axis]
        index[axis] = 0
      }
    }
    return result
  }
}
