extension TrainingPlan {
  func activation(_ node: Graph.Node, _ activation: Activation) throws {
    let source = try value(node.inputs[0], at: node)
    let forward = try PrimitiveDescription.activation(
      activation, source.layout, training: true, on: processor)
    let output = try memory(source.layout)
    try append(forward, [.source: source, .destination: output])
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: source.layout),
        needsGradient(node.inputs[0])
      else { return }
      let backward = try PrimitiveDescription.activationGradient(
        activation, gradient: gradient.layout, data: source.layout, of: forward, on: processor)
      let result = try memory(source.layout)
      try append(
        backward, [.source: source, .destinationGradient: gradient, .sourceGradient: result],
        to: .backward)
      contribute(result, to: node.inputs[0])
    }
  }

  /// `first + second` or `first - second`, extents of 1 being repeated.
  func addition(_ node: Graph.Node, subtracts: Bool) throws {
    let operands = try broadcast(node, subtracts ? .subtract : .add)
    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: operands.output.layout) else { return }
      try contributeReduced(gradient, to: operands.names[0], shaped: operands.shapes[0])
      guard needsGradient(operands.names[1]) else { return }
      let second =
        subtracts ? try applied(.linear(scale: -1, shift: 0), to: gradient, pass: .backward) : gradient
      try contributeReduced(second, to: operands.names[1], shaped: operands.shapes[1])
    }
  }

  /// `first × second`, extents of 1 being repeated; the squeeze-excitation of `[N, C, H, W] × [N, C, 1, 1]`.
  func multiplication(_ node: Graph.Node) throws {
    if try scalesChannels(node) { return try channelScaling(node) }
    let operands = try broadcast(node, .multiply)
    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: operands.output.layout) else { return }
      for position in 0..<2 where needsGradient(operands.names[position]) {
        let other = operands.memories[1 - position]
        let product = try memory(gradient.layout)
        let description = try PrimitiveDescription.binary(
          .multiply, gradient.layout, other.layout, destination: product.layout, on: processor)
        try append(
          description, [.source: gradient, .secondSource: other, .destination: product], to: .backward)
        try contributeReduced(product, to: operands.names[position], shaped: operands.shapes[position])
      }
    }
  }

  private struct Operands {
    let names: [String]
    /// As the graph has them, before extents of 1 were put in front.
    let shapes: [[Int]]
    let memories: [Memory]
    let output: Memory
  }

  /// Compiles the operation with both operands of one rank, the larger of which comes first in memory order.
  private func broadcast(_ node: Graph.Node, _ operation: BinaryOperation) throws -> Operands {
    guard node.inputs.count == 2 else { throw mismatch(node, []) }
    let plain = try node.inputs.map { try value($0, at: node) }
    let shapes = plain.map(\.layout.shape)
    let rank = max(shapes[0].count, shapes[1].count)
    let full = shapes.map { Array(repeating: 1, count: rank - $0.count) + $0 }
    let result = zip(full[0], full[1]).map { max($0, $1) }
    guard full.contains(result),
      full.allSatisfy({ zip($0, result).allSatisfy { $0 == 1 || $0 == $1 } })
    else { throw mismatch(node, shapes) }
    // The operand that has the result's shape gives the layout.
    let leader = full[0] == result ? 0 : 1
    let layout = try aligned(plain[leader], to: result).layout
    let memories = try plain.indices.map { position in
      let memory = try aligned(plain[position], to: full[position])
      let wanted =
        full[position] == result ? layout : try Layout(full[position], type, .rowMajor)
      return try convert(memory, to: wanted, pass: .both)
    }
    let output = try memory(layout)
    // oneDNN repeats the second operand only.
    let (first, second) = (memories[leader], memories[1 - leader])
    guard leader == 0 || operation != .subtract else { throw mismatch(node, shapes) }
    let description = try PrimitiveDescription.binary(
      operation, first.layout, second.layout, destination: layout, on: processor)
    try append(description, [.source: first, .secondSource: second, .destination: output])
    define(node.outputs[0], output, from: node.inputs)
    return Operands(names: node.inputs, shapes: shapes, memories: memories, output: output)
  }

  /// The same values in a shape with extents of 1 put in front.
  private func aligned(_ memory: Memory, to shape: [Int]) throws -> Memory {
    if memory.layout.shape == shape { return memory }
    let plain = try convert(memory, to: memory.layout.ordered(.rowMajor), pass: .both)
    return try plain.viewed(as: Layout(shape, memory.layout.type), on: processor)
  }

  private func applied(_ activation: Activation, to memory: Memory, pass: Pass) throws -> Memory {
    let result = try self.memory(memory.layout)
    let description = try PrimitiveDescription.activation(
      activation, memory.layout, training: false, on: processor)
    try append(description, [.source: memory, .destination: result], to: pass)
    return result
  }

  /// Contributes a gradient after summing over the extents that were repeated.
  private func contributeReduced(_ gradient: Memory, to name: String, shaped shape: [Int]) throws {
    guard needsGradient(name) else { return }
    var reduced = gradient
    let rank = gradient.layout.shape.count
    let full = Array(repeating: 1, count: rank - shape.count) + shape
    if full != gradient.layout.shape {
      reduced = try memory(Layout(full, .float32))
      let description = try PrimitiveDescription.reduction(
        source: gradient.layout, destination: reduced.layout, on: processor)
      try append(description, [.source: gradient, .destination: reduced], to: .backward)
    }
    if let parameter = weights[name] {
      try parameterGradient(parameter, as: Layout(full)) {
        append(try Primitive.reorder(reduced, to: $0, on: processor), to: .backward)
      }
      return
    }
    if shape != reduced.layout.shape {
      reduced = try convert(reduced, to: Layout(full, type), pass: .backward)
        .viewed(as: Layout(shape, type), on: processor)
    }
    contribute(reduced, to: name)
  }
}
