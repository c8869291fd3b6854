extension Compilation {
  /// Emits what a step does and returns where its result lies.
  mutating func compile(_ step: FusedNode) throws -> Place {
    let node = step.node
    let shape = shapes[node.outputs[0]] ?? []
    if let functions = node.operation.activations {
      return try activated(place(of: node.inputs[0]), functions)
    }
    switch node.operation {
    case .convolution(let window, let groups):
      if let code = plan.code(readBy: step) { return try convolution(step, window, reading: code) }
      return try convolution(step, window, groups)
    case .gemm(let alpha, let beta, let transposesA, let transposesB):
      guard !transposesA else {
        throw NetworksError.unsupported(operator: "Gemm with transA", node: node.name)
      }
      return try dense(step, alpha: alpha, beta: beta, transposed: transposesB)
    case .matMul:
      return try dense(step, alpha: 1, beta: 1, transposed: false)
    case .maxPool(let window, _):
      return try pooled(node, .max, window, shape)
    case .averagePool(let window, _, let countsPadding):
      return try pooled(node, countsPadding ? .averageWithPadding : .averageWithoutPadding, window, shape)
    case .globalAveragePool:
      let size = try place(of: node.inputs[0]).layout.shape.suffix(2)
      return try pooled(node, .averageWithoutPadding, Window(kernel: Array(size)), shape)
    case .reduceMean(let axes, _):
      return try mean(node, over: axes, shape)
    case .add: return try combined(node, .add, shape)
    case .subtract: return try combined(node, .subtract, shape)
    case .multiply: return try combined(node, .multiply, shape)
    case .divide: return try combined(node, .divide, shape)
    case .concatenate(let axis):
      return try concatenated(node, axis: axis < 0 ? axis + shape.count : axis)
    case .upsample:
      let source = try place(of: node.inputs[0])
      let description = try PrimitiveDescription.upsampling(
        source: source.layout, destination: Layout(shape, source.layout.type, .any), training: false,
        on: processor)
      return try emitted(description, [.source: source])
    case .softmax(let axis):
      let source = try rowMajor(place(of: node.inputs[0]))
      let description = try PrimitiveDescription.softmax(
        source.layout, axis: axis < 0 ? axis + shape.count : axis, on: processor)
      return try emitted(description, [.source: source])
    case .flatten, .reshape, .squeeze, .unsqueeze:
      return try reshaped(place(of: node.inputs[0]), to: shape)
    case .transpose(let order):
      return try transposed(place(of: node.inputs[0]), order)
    case .pad(let pads, let value):
      return try padded(node, pads, value, shape)
    case .identity, .dropout:
      return try place(of: node.inputs[0])
    default:
      throw NetworksError.unsupported(operator: node.operation.name, node: node.name)
    }
  }

  /// Emits a primitive with a new slot for its result.
  private mutating func emitted(
    _ description: PrimitiveDescription, _ arguments: [Argument: Place]
  ) throws -> Place {
    let result = try newSlot(description.requiredLayout(.destination))
    emit(description, arguments.merging([.destination: result]) { first, _ in first })
    return result
  }

  private mutating func activated(_ source: Place, _ functions: [Activation]) throws -> Place {
    try functions.reduce(source) { place, function in
      let description = try PrimitiveDescription.activation(
        function, place.layout, training: false, on: processor)
      return try emitted(description, [.source: place])
    }
  }

  // MARK: Layers with weights

  private mutating func convolution(_ step: FusedNode, _ window: Window, _ groups: Int) throws -> Place {
    let node = step.node
    let weight = try parameter(node.inputs[1], of: node)
    let shape =
      groups == 1
      ? weight.shape : [groups, weight.shape[0] / groups] + weight.shape.dropFirst()
    let source = try place(of: node.inputs[0])
    let (output, processor, precision) = (shapes[node.outputs[0]] ?? [], processor, precision)
    return try layer(step, source, weight, as: shape) { source, weights, bias, destination, attributes in
      try .convolution(
        source: Layout(source.shape, precision, .any), weights: weights, bias: bias,
        destination: destination ?? Layout(output, precision, .any), window: SlidingWindow(window),
        training: false, attributes: attributes, on: processor)
    }
  }

  private mutating func dense(_ step: FusedNode, alpha: Float, beta: Float, transposed: Bool) throws -> Place
  {
    let node = step.node
    var weight = try parameter(node.inputs[1], of: node)
    if !transposed { weight = weight.transposed([1, 0]) }
    if alpha != 1 { for index in weight.values.indices { weight.values[index] *= alpha } }
    let rows = try place(of: node.inputs[0])
    let width = rows.layout.shape.last ?? 1
    let source = try reshaped(rows, to: [rows.layout.count / max(1, width), width])
    let (output, processor, precision) = (shapes[node.outputs[0]] ?? [], processor, precision)
    let result = try layer(step, source, weight, as: weight.shape, biasFactor: beta) {
      source, weights, bias, destination, attributes in
      try .innerProduct(
        source: Layout(source.shape, precision), weights: weights, bias: bias,
        destination: destination ?? Layout([source.shape[0], weights.shape[0]]), training: false,
        attributes: attributes, on: processor)
    }
    return output == result.layout.shape ? result : try reshaped(result, to: output)
  }

  /// What convolutions and dense layers share: constants in the wanted layout, a fused sum and activations.
  ///
  /// `describe` takes the layouts of source, weights and bias, that of the residual if there is one, and the
  /// attributes.
  private mutating func layer(
    _ step: FusedNode, _ source: Place, _ weight: Tensor, as weightShape: [Int], biasFactor: Float = 1,
    _ describe: (Layout, Layout, Layout?, Layout?, Attributes) throws -> PrimitiveDescription
  ) throws -> Place {
    let node = step.node
    var bias = node.inputs.count > 2 ? try parameter(node.inputs[2], of: node) : nil
    if biasFactor != 1, let count = bias?.count {
      for index in 0..<count { bias?.values[index] *= biasFactor }
    }
    let biasLayout = try bias.map { try Layout([$0.count]) }
    let residual = try step.residual.map { try place(of: $0) }
    let attributes = try Attributes(
      (residual == nil ? [] : [.sum(scale: 1)]) + step.activations.map(PostOperation.activation))
    let description = try describe(
      source.layout, Layout(weightShape, precision, .any), biasLayout, residual?.layout, attributes)

    var arguments: [Argument: Place] = [
      .source: try reordered(source, to: description.requiredLayout(.source)),
      .weights: try constant(weight, as: weightShape, in: description.requiredLayout(.weights)),
    ]
    if let bias { arguments[.bias] = try constant(bias, as: [bias.count]) }
    if let residual { arguments[.destination] = residual }
    guard let residual else { return try emitted(description, arguments) }
    emit(description, arguments)
    return residual
  }

  // MARK: Layers without weights

  private mutating func pooled(
    _ node: Graph.Node, _ pooling: Pooling, _ window: Window, _ shape: [Int]
  ) throws -> Place {
    let source = try place(of: node.inputs[0])
    // In ceiling mode the last window reaches beyond the padding: oneDNN wants to be told by how much.
    let after = (0..<2).map { axis in
      let span = window.dilations[axis] * (window.kernel[axis] - 1) + 1
      let needed = (shape[axis + 2] - 1) * window.strides[axis] + span
      return needed - source.layout.shape[axis + 2] - window.pads[axis]
    }
    let description = try PrimitiveDescription.pooling(
      pooling, source: source.layout, destination: Layout(shape, source.layout.type, .any),
      window: SlidingWindow(window, after: after), training: false, on: processor)
    return try emitted(description, [.source: source])
  }

  private mutating func mean(_ node: Graph.Node, over axes: [Int], _ shape: [Int]) throws -> Place {
    let source = try place(of: node.inputs[0])
    var kept = source.layout.shape
    for axis in axes { kept[axis < 0 ? axis + kept.count : axis] = 1 }
    let description = try PrimitiveDescription.mean(
      source: source.layout, destination: Layout(kept), on: processor)
    let result = try emitted(description, [.source: source])
    return kept == shape ? result : try reshaped(result, to: shape)
  }

  private mutating func combined(
    _ node: Graph.Node, _ operation: BinaryOperation, _ shape: [Int]
  ) throws -> Place {
    var (first, second) = (
      try padded(place(of: node.inputs[0]), toRank: shape.count),
      try padded(place(of: node.inputs[1]), toRank: shape.count)
    )
    if first.layout.shape != shape, second.layout.shape == shape, operation == .add || operation == .multiply
    {
      swap(&first, &second)
    }
    // oneDNN repeats only the second operand: a first one that must be repeated is added to zeros.
    if first.layout.shape != shape {
      let zeros = try zeros(shape)
      first = try binary(.add, zeros, first)
    }
    return try binary(operation, first, second)
  }

  private mutating func binary(
    _ operation: BinaryOperation, _ first: Place, _ second: Place
  ) throws -> Place {
    let second = try reordered(second, alongside: first.layout)
    let description = try PrimitiveDescription.binary(
      operation, first.layout, second.layout, destination: first.layout, on: processor)
    return try emitted(description, [.source: first, .secondSource: second])
  }

  /// In the order of its partner where that is known to fit: oneDNN walks through two different orders element by
  /// element, a hundred times slower.
  private mutating func reordered(_ place: Place, alongside partner: Layout) throws -> Place {
    let layout = place.layout
    if layout.shape == partner.shape, layout.type == partner.type { return try reordered(place, to: partner) }
    guard try partner == partner.ordered(.channelsLast) else { return place }
    return try reordered(place, to: layout.ordered(.channelsLast))
  }

  private mutating func padded(_ place: Place, toRank rank: Int) throws -> Place {
    let shape = place.layout.shape
    guard shape.count < rank else { return place }
    return try reshaped(place, to: Array(repeating: 1, count: rank - shape.count) + shape)
  }

  private mutating func concatenated(_ node: Graph.Node, axis: Int) throws -> Place {
    let precision = precision
    let sources = try node.inputs.map { name in
      let source = try place(of: name)
      return source.layout.type == precision
        ? source : try reordered(source, to: Layout(source.layout.shape, precision))
    }
    let description = try PrimitiveDescription.concatenation(
      sources.map(\.layout), axis: axis,
      destination: Layout(shapes[node.outputs[0]] ?? [], precision, .any), on: processor)
    let arguments = sources.enumerated().map { (Argument.source($0.offset), $0.element) }
    return try emitted(description, Dictionary(uniqueKeysWithValues: arguments))
  }

  /// No work: the same memory, its dimensions named in another order.
  private func transposed(_ place: Place, _ order: [Int]) throws -> Place {
    let layout = try place.layout.permuted(order)
    return switch place {
    case .slot(let index, _): .slot(index, layout)
    case .constant(let memory): .constant(try memory.viewed(as: layout, on: processor))
    }
  }

  private mutating func padded(
    _ node: Graph.Node, _ pads: [Int], _ value: Float, _ shape: [Int]
  ) throws -> Place {
    let source = try place(of: node.inputs[0])
    let result = try newSlot(Layout(shape))
    fill(result, with: value)
    let part = try result.layout.part(offset: Array(pads.prefix(shape.count)), shape: source.layout.shape)
    guard case .slot(let index, _) = result else { return result }
    emit(
      try .reorder(source.layout, to: part, on: processor),
      [.source: source, .destination: .slot(index, part)])
    return result
  }
}
