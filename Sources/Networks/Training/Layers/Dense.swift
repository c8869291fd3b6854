extension TrainingPlan {
  /// A dense layer: `data × weights + bias`. Weights are `[out, in]` where `transposed`, else `[in, out]`.
  func dense(_ node: Graph.Node, transposed: Bool) throws {
    let source = try value(node.inputs[0], at: node)
    let parameter = try segment(node, 1)
    let bias = node.inputs.count > 2 ? try segment(node, 2) : nil
    let shape = source.layout.shape
    guard shape.count == 2, parameter.shape.count == 2 else {
      throw mismatch(node, [shape, parameter.shape])
    }
    let kernelShape = transposed ? parameter.shape : [parameter.shape[1], parameter.shape[0]]
    guard kernelShape[1] == shape[1], bias?.count ?? kernelShape[0] == kernelShape[0] else {
      throw mismatch(node, [shape, parameter.shape] + (bias.map { [$0.shape] } ?? []))
    }
    let masterLayout = transposed ? try Layout(kernelShape) : try Layout(transposed: kernelShape)
    let biasLayout = try bias.map { _ in try Layout([kernelShape[0]]) }
    let forward = try PrimitiveDescription.innerProduct(
      source: Layout(shape, type, .any), weights: Layout(kernelShape, type, .any), bias: biasLayout,
      destination: Layout([shape[0], kernelShape[0]], type, .any), training: true, on: processor)
    let input = try value(node.inputs[0], at: node, as: forward.requiredLayout(.source))
    let master = try weights.memory(parameter, as: masterLayout, on: processor)
    let kernel = try convert(master, to: forward.requiredLayout(.weights), pass: .both)
    let output = try memory(forward.requiredLayout(.destination))
    var arguments: [Argument: Memory] = [.source: input, .weights: kernel, .destination: output]
    if let bias, let biasLayout {
      arguments[.bias] = try weights.memory(bias, as: biasLayout, on: processor)
    }
    try append(forward, arguments)
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: output.layout) else { return }
      try denseWeightsGradient(
        input: input, parameter: parameter, masterLayout: masterLayout, bias: bias, gradient: gradient,
        forward: forward)
      guard needsGradient(node.inputs[0]) else { return }
      let backward = try PrimitiveDescription.innerProductSourceGradient(
        source: input.layout, weights: Layout(kernelShape, type, .any), destination: output.layout,
        of: forward, on: processor)
      let weights = try convert(master, to: backward.requiredLayout(.weights), pass: .backward)
      let result = try memory(backward.requiredLayout(.sourceGradient))
      try append(
        backward, [.weights: weights, .destinationGradient: gradient, .sourceGradient: result],
        to: .backward)
      contribute(result, to: node.inputs[0])
    }
  }

  private func denseWeightsGradient(
    input: Memory, parameter: ParameterArena.Segment, masterLayout: Layout,
    bias: ParameterArena.Segment?, gradient: Memory, forward: PrimitiveDescription
  ) throws {
    let biasLayout = try bias.map { try Layout([$0.count]) }
    let backward = try PrimitiveDescription.innerProductWeightsGradient(
      source: input.layout, weights: Layout(masterLayout.shape, .float32, .any), bias: biasLayout,
      destination: gradient.layout, of: forward, on: processor)
    let result = try memory(backward.requiredLayout(.weightsGradient))
    var arguments: [Argument: Memory] = [
      .source: input, .destinationGradient: gradient, .weightsGradient: result,
    ]
    if let bias, let biasLayout {
      try parameterGradient(bias, as: biasLayout) {
        arguments[.biasGradient] = $0
        try append(backward, arguments, to: .backward)
      }
    } else {
      try append(backward, arguments, to: .backward)
    }
    try parameterGradient(parameter, as: masterLayout) {
      append(try Primitive.reorder(result, to: $0, on: processor), to: .backward)
    }
  }
}
