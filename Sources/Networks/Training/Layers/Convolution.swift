extension TrainingPlan {
  /// Convolution and its two gradients; layouts are the forward primitive's choice, but in strips.
  func convolution(_ node: Graph.Node, window: Window, groups: Int) throws {
    let source = try value(node.inputs[0], at: node)
    let parameter = try segment(node, 1)
    let bias = node.inputs.count > 2 ? try segment(node, 2) : nil
    let shape = source.layout.shape
    guard shape.count == 4, parameter.shape.count == 4, groups > 0, parameter.shape[0] % groups == 0,
      shape[1] == parameter.shape[1] * groups, window.isValid
    else { throw mismatch(node, [shape, parameter.shape]) }
    let size = try window.output(of: Array(shape[2...]), at: node)
    let kernelShape =
      groups == 1
      ? parameter.shape : [groups, parameter.shape[0] / groups] + parameter.shape[1...]
    let resultShape = [shape[0], parameter.shape[0]] + size
    let sliding = SlidingWindow(window)
    let strips = usesStrips && groups == 1 ? Strips(shape, window: window) : nil
    let biasLayout = try bias.map { try Layout($0.shape) }
    let order: Layout.Order = strips == nil ? .any : .channelsLast
    let forward = try PrimitiveDescription.convolution(
      source: Layout(strips?.shape(of: shape) ?? shape, type, order),
      weights: Layout(kernelShape, type, .any), bias: biasLayout,
      destination: Layout(strips?.shape(of: resultShape) ?? resultShape, type, order), window: sliding,
      training: true, on: processor)
    let input =
      try strips.map { try self.strips($0, of: source, pass: .both) }
      ?? value(node.inputs[0], at: node, as: forward.requiredLayout(.source))
    let master = try weights.memory(parameter, as: Layout(kernelShape), on: processor)
    let kernel = try convert(master, to: forward.requiredLayout(.weights), pass: .both)
    let result = try memory(forward.requiredLayout(.destination))
    var arguments: [Argument: Memory] = [.source: input, .weights: kernel, .destination: result]
    if let bias, let biasLayout {
      arguments[.bias] = try weights.memory(bias, as: biasLayout, on: processor)
    }
    try append(forward, arguments)
    let output = try strips.map { try pictures(resultShape, in: result, $0, pass: .both) } ?? result
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard var gradient = try gradient(of: node.outputs[0], as: output.layout) else { return }
      if let strips { gradient = try self.strips(strips, of: gradient, pass: .backward) }
      try convolutionWeightsGradient(
        input: input, parameter: parameter, kernelShape: kernelShape,
        bias: normalizedAlone.contains(node.outputs[0]) ? nil : bias, gradient: gradient, window: sliding,
        forward: forward)
      guard needsGradient(node.inputs[0]) else { return }
      let backward = try PrimitiveDescription.convolutionSourceGradient(
        source: input.layout, weights: Layout(kernelShape, type, .any), destination: result.layout,
        window: sliding, of: forward, on: processor)
      let sourceGradient = try convolutionSourceGradient(
        backward, gradient: gradient, kernel: kernel, master: master)
      contribute(
        try strips.map { try pictures(shape, in: sourceGradient, $0, pass: .backward) } ?? sourceGradient,
        to: node.inputs[0])
    }
  }

  /// Appends what computes the gradient of a convolution's input, and returns that.
  ///
  /// - Parameters:
  ///   - kernel: the weights as the forward pass reads them.
  ///   - master: the weights as they are trained.
  private func convolutionSourceGradient(
    _ backward: PrimitiveDescription, gradient: Memory, kernel: Memory, master: Memory
  ) throws -> Memory {
    let wanted = try backward.requiredLayout(.weights)
    let weights = wanted == kernel.layout ? kernel : try convert(master, to: wanted, pass: .backward)
    let result = try memory(backward.requiredLayout(.sourceGradient))
    try append(
      backward, [.weights: weights, .destinationGradient: gradient, .sourceGradient: result], to: .backward)
    return result
  }

  private func convolutionWeightsGradient(
    input: Memory, parameter: ParameterArena.Segment, kernelShape: [Int], bias: ParameterArena.Segment?,
    gradient: Memory, window: SlidingWindow, forward: PrimitiveDescription
  ) throws {
    let biasLayout = try bias.map { try Layout($0.shape) }
    func describe(_ source: Layout, _ destination: Layout) throws -> PrimitiveDescription {
      try PrimitiveDescription.convolutionWeightsGradient(
        source: source, weights: Layout(kernelShape, .float32, .any), bias: biasLayout,
        destination: destination, window: window, of: forward, on: processor)
    }
    var backward = try describe(input.layout, gradient.layout)
    if backward.isReference {
      // With AVX2 and one input channel oneDNN has no kernel for the forward pass's layouts: its reference code
      // takes three times as long as all other steps of the seed network together.
      backward = try describe(input.layout.ordered(.rowMajor), gradient.layout.ordered(.rowMajor))
    }
    let result = try memory(backward.requiredLayout(.weightsGradient))
    var arguments: [Argument: Memory] = [
      .source: try convert(input, to: backward.requiredLayout(.source), pass: .backward),
      .destinationGradient: try convert(
        gradient, to: backward.requiredLayout(.destinationGradient), pass: .backward),
      .weightsGradient: result,
    ]
    if let bias, let biasLayout {
      try parameterGradient(bias, as: biasLayout) {
        arguments[.biasGradient] = $0
        try append(backward, arguments, to: .backward)
      }
    } else {
      try append(backward, arguments, to: .backward)
    }
    try parameterGradient(parameter, as: Layout(kernelShape)) {
      append(try Primitive.reorder(result, to: $0, on: processor), to: .backward)
    }
  }
}

extension Window {
  /// Two dimensions, positive extents, no negative padding.
  var isValid: Bool {
    kernel.count == 2 && strides.count == 2 && dilations.count == 2 && pads.count == 4
      && (kernel + strides + dilations).allSatisfy { $0 > 0 && $0 < 1 << 20 }
      && pads.allSatisfy { $0 >= 0 && $0 < 1 << 20 }
  }

  /// Height and width of the result for a picture of the given size.
  func output(of size: [Int], ceiling: Bool = false, at node: Graph.Node) throws -> [Int] {
    try (0..<2).map { axis in
      let reach = (kernel[axis] - 1) * dilations[axis] + 1
      let room = size[axis] + pads[axis] + pads[axis + 2] - reach
      guard room >= 0 else {
        throw NetworksError.invalidGraph(
          node: node.name, reason: "the window of \(kernel) is larger than the input of \(size)")
      }
      var steps = ceiling ? (room + strides[axis] - 1) / strides[axis] : room / strides[axis]
      // A window that would start in the padding behind the picture is left out, as in ONNX.
      if ceiling, steps * strides[axis] >= size[axis] + pads[axis] { steps -= 1 }
      return steps + 1
    }
  }
}

extension TrainingPlan {
  /// The trained tensor that a node takes at the given position.
  func segment(_ node: Graph.Node, _ position: Int) throws -> ParameterArena.Segment {
    guard node.inputs.indices.contains(position), let segment = weights[node.inputs[position]] else {
      throw NetworksError.invalidGraph(
        node: node.name, reason: "input \(position) is not a parameter; training needs it to be one")
    }
    return segment
  }

  func mismatch(_ node: Graph.Node, _ shapes: [[Int]]) -> NetworksError {
    NetworksError.invalidGraph(
      node: node.name,
      reason: "shapes do not fit: " + shapes.map { "\($0)" }.joined(separator: ", "))
  }
}
