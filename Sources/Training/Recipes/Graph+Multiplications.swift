public import Networks

extension Graph {
  /// Multiplications of one pass through convolutions and dense layers: what people call MACs.
  ///
  /// - Parameter inputShape: of the first input, with its batch.
  /// - Throws: `GraphError` where the shapes do not fit.
  public func multiplications(inputShape: [Int]) throws -> Int {
    let shapes = try shapes(input: inputShape)
    return nodes.reduce(0) { sum, node in
      guard node.inputs.count > 1, let output = node.outputs.first.flatMap({ shapes[$0] })?.known else {
        return sum
      }
      let outputs = output.reduce(1, *)
      switch node.operation {
      case .convolution:
        let weight = parameters[node.inputs[1]]?.shape ?? []
        return sum + outputs * weight.dropFirst().reduce(1, *)
      case .gemm(_, _, let transposes, _):
        let inner = shapes[node.inputs[0]]?.known.map { transposes ? $0.first ?? 1 : $0.last ?? 1 } ?? 1
        return sum + outputs * inner
      case .matMul:
        return sum + outputs * (shapes[node.inputs[0]]?.known?.last ?? 1)
      default: return sum
      }
    }
  }
}
