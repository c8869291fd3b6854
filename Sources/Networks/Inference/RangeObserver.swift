/// Watches what a network's convolutions read, to find the ranges with which `Precision.int8` may compute.
struct RangeObserver {
  /// Values that are watched besides the network's results.
  let names: [String]
  private var extremes: [String: [ClosedRange<Float>]] = [:]

  /// Of so many items one may have numbers beyond the range, which are cut off: a few outliers would cost all
  /// others precision.
  private static let beyond = 100

  init(_ graph: Graph) {
    var names: [String] = []
    for node in graph.nodes {
      guard case .convolution(_, groups: 1) = node.operation, graph.parameters[node.inputs[1]] != nil,
        !names.contains(node.inputs[0]), !graph.outputs.contains(node.inputs[0])
      else { continue }
      names.append(node.inputs[0])
    }
    self.names = names
  }

  /// - Parameter tensors: the values of `names` for one batch.
  mutating func observe(_ tensors: some Sequence<Tensor>) {
    for (name, tensor) in zip(names, tensors) {
      // A convolution at a single place is no work, and squeeze-excitation's are delicate.
      guard tensor.shape.count == 4, tensor.shape[2] * tensor.shape[3] > 1, let low = tensor.values.min(),
        let high = tensor.values.max(), low.isFinite, high.isFinite
      else { continue }
      extremes[name, default: []].append(low...high)
    }
  }

  var ranges: [String: ClosedRange<Float>] {
    let ranges = extremes.compactMapValues { items -> ClosedRange<Float>? in
      let rank = items.count / Self.beyond
      let low = items.map(\.lowerBound).sorted()[rank]
      return low...items.map(\.upperBound).sorted(by: >)[rank]
    }
    return ranges.filter { Code($0.value) != nil }
  }
}
