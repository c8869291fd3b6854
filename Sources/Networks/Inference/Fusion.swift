/// A node with what follows it at once, while the result is still in registers.
struct FusedNode {
  var node: Graph.Node
  /// Added before the activations, in place: the step writes its result where this value stood.
  var residual: String?
  var activations: [Activation] = []
  /// The name of the result: that of the last node that became part of the step.
  var output: String
}

extension Operation {
  /// The operator as functions of one number, applied one after the other; `nil` for any other operator.
  var activations: [Activation]? {
    switch self {
    case .relu: [.relu]
    case .leakyRelu(let slope): [.leakyRelu(slope: slope)]
    case .elu(let alpha): [.elu(alpha: alpha)]
    case .sigmoid: [.sigmoid]
    case .tanh: [.tanh]
    case .hardSigmoid(let alpha, let beta): [.linear(scale: alpha, shift: beta), .clip(low: 0, high: 1)]
    case .hardSwish: [.hardSwish]
    case .clip(let low, let high): [.clip(low: low, high: high)]
    default: nil
    }
  }

  /// Whether the result is the input's memory, seen in another shape.
  var isView: Bool {
    switch self {
    case .flatten, .reshape, .squeeze, .unsqueeze, .transpose, .identity: true
    default: false
    }
  }

  fileprivate var takesPostOperations: Bool {
    switch self {
    case .convolution, .gemm, .matMul: true
    default: false
    }
  }
}

extension Graph {
  /// The nodes as steps: activations and the sum of a residual block become part of the convolution or dense
  /// layer before them.
  func fused(shapes: [String: [Int]]) -> [FusedNode] {
    let readers = consumers
    var producers: [String: Int] = [:]
    for (position, node) in nodes.enumerated() { producers[node.outputs[0]] = position }
    var taken = Set<Int>()
    var steps: [FusedNode] = []
    for (position, node) in nodes.enumerated() where !taken.contains(position) {
      var step = FusedNode(node: node, output: node.outputs[0])
      while node.operation.takesPostOperations,
        let next = onlyConsumer(of: step.output, in: readers), !taken.contains(next)
      {
        if let functions = nodes[next].operation.activations {
          step.activations += functions
        } else if step.residual == nil, step.activations.isEmpty,
          let other = residual(of: nodes[next], besides: step.output, shapes),
          isFree(other, before: position, adder: next, readers, producers)
        {
          step.residual = other
        } else {
          break
        }
        taken.insert(next)
        step.output = nodes[next].outputs[0]
      }
      steps.append(step)
    }
    return steps
  }

  /// The other operand of a plain addition of equal shapes.
  private func residual(of node: Node, besides value: String, _ shapes: [String: [Int]]) -> String? {
    guard node.operation == .add, let other = node.inputs.first(where: { $0 != value }),
      shapes[other] == shapes[value], parameters[other] == nil
    else { return nil }
    return other
  }

  /// Whether a value is complete before a node runs, and may be overwritten by it.
  private func isFree(
    _ value: String, before position: Int, adder: Int, _ readers: [String: [Int]], _ producers: [String: Int]
  ) -> Bool {
    guard let producer = producers[value], producer < position, !nodes[producer].operation.isView,
      !outputs.contains(value)
    else { return false }
    return (readers[value] ?? []).allSatisfy {
      $0 == adder || ($0 < position && !nodes[$0].operation.isView)
    }
  }
}
