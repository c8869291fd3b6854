public import Networks

extension Graph {
  /// Multiplications of one pass through convolutions and dense layers: what people call MACs.
  ///
  /// - Parameter inputShape: of the first input, with its batch.
  /// - Throws: `GraphError` where the shapes do not fit, or give more than can be counted.
  public func multiplications(inputShape: [Int]) throws -> Int {
    let shapes = try shapes(input: inputShape)
    return try nodes.reduce(0) { sum, node in
      guard node.inputs.count > 1, let output = node.outputs.first.flatMap({ shapes[$0] })?.known,
        let each = factors(of: node, shapes)
      else { return sum }
      guard let count = Tensor.count(of: output + each),
        case let (total, overflow) = sum.addingReportingOverflow(count), !overflow
      else {
        throw GraphError(
          source: name, operatorName: node.operation.name, node: node.name,
          "multiplies more often than can be counted")
      }
      return total
    }
  }

  /// Whose product each number of a layer's output takes; `nil` for what is no layer with weights.
  private func factors(of node: Node, _ shapes: [String: PartialShape]) -> [Int]? {
    let input = shapes[node.inputs[0]]?.known
    return switch node.operation {
    case .convolution: Array(parameters[node.inputs[1]]?.shape.dropFirst() ?? [])
    case .gemm(_, _, let transposes, _): [(transposes ? input?.first : input?.last) ?? 1]
    case .matMul: [input?.last ?? 1]
    default: nil
    }
  }
}
