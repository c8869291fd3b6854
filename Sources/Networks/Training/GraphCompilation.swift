extension TrainingPlan {
  /// Compiles every node; afterwards the values of all names are known.
  func compile(_ graph: Graph) throws {
    var uses: [String: [Graph.Node]] = [:]
    for node in graph.nodes { for name in node.inputs { uses[name, default: []].append(node) } }
    for (name, users) in uses where users.count == 1 && !graph.outputs.contains(name) {
      if case .batchNormalization = users[0].operation { normalizedAlone.insert(name) }
    }
    var fused: Set<String> = []
    for node in graph.nodes {
      guard !node.inputs.isEmpty, let output = node.outputs.first else { throw mismatch(node, []) }
      if fused.contains(output) { continue }
      var relu: String?
      if case .batchNormalization = node.operation, !graph.outputs.contains(output), let users = uses[output],
        users.count == 1, users[0].operation == .relu, let rectified = users[0].outputs.first
      {
        relu = rectified
        fused.insert(rectified)
      }
      try compile(node, relu: relu)
    }
  }

  private func compile(_ node: Graph.Node, relu: String?) throws {
    switch node.operation {
    case .convolution(let window, let groups): try convolution(node, window: window, groups: groups)
    case .batchNormalization(let epsilon, let momentum):
      try batchNormalization(node, epsilon: epsilon, momentum: momentum, relu: relu)
    case .relu: try activation(node, .relu)
    case .leakyRelu(let slope): try activation(node, .leakyRelu(slope: slope))
    case .elu(let alpha): try activation(node, .elu(alpha: alpha))
    case .sigmoid: try activation(node, .sigmoid)
    case .tanh: try activation(node, .tanh)
    case .hardSwish: try activation(node, .hardSwish)
    case .clip(let low, let high): try activation(node, .clip(low: low, high: high))
    case .maxPool(let window, let ceiling): try pooling(node, .max, window: window, ceiling: ceiling)
    case .averagePool(let window, let ceiling, let countsPadding):
      try pooling(
        node, countsPadding ? .averageWithPadding : .averageWithoutPadding, window: window,
        ceiling: ceiling)
    case .globalAveragePool: try globalAveragePooling(node)
    case .gemm(alpha: 1, beta: 1, transposesA: false, let transposesB):
      try dense(node, transposed: transposesB)
    case .matMul: try dense(node, transposed: false)
    case .add: try addition(node, subtracts: false)
    case .subtract: try addition(node, subtracts: true)
    case .multiply: try multiplication(node)
    case .concatenate(let axis): try concatenation(node, axis: axis)
    case .upsample(let height, let width): try upsampling(node, height: height, width: width)
    case .softmax(let axis): try softmax(node, axis: axis)
    case .flatten, .reshape, .squeeze, .unsqueeze: try compileReshape(node)
    case .dropout(let ratio): try dropout(node, ratio: ratio)
    case .identity: try identity(node)
    case .hardSigmoid, .reduceMean, .gemm, .divide, .transpose, .pad:
      throw NetworksError.unsupported(
        operator: "\(node.operation) (in training)", node: node.name)
    }
  }

  private func compileReshape(_ node: Graph.Node) throws {
    let shape = try value(node.inputs[0], at: node).layout.shape
    var result = shape
    switch node.operation {
    case .flatten(let axis):
      let axis = axis < 0 ? axis + shape.count : axis
      guard (0...shape.count).contains(axis) else { throw mismatch(node, [shape]) }
      result = [shape[..<axis].reduce(1, *), shape[axis...].reduce(1, *)]
    case .reshape(let wanted):
      result = wanted.enumerated().map { position, extent in
        extent == 0 && position < shape.count ? shape[position] : extent
      }
      if let free = result.firstIndex(of: -1) {
        result[free] = 1
        let known = result.reduce(1, *)
        guard known > 0 else { throw mismatch(node, [shape, wanted]) }
        result[free] = shape.reduce(1, *) / known
      }
    case .squeeze(let axes):
      let dropped = Set(axes.map { $0 < 0 ? $0 + shape.count : $0 })
      result = shape.indices.filter { !dropped.contains($0) }.map { shape[$0] }
    case .unsqueeze(let axes):
      let rank = shape.count + axes.count
      for axis in axes.map({ $0 < 0 ? $0 + rank : $0 }).sorted() {
        guard (0...result.count).contains(axis) else { throw mismatch(node, [shape]) }
        result.insert(1, at: axis)
      }
    default: break
    }
    try reshape(node, to: result)
  }
}
