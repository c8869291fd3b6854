extension Compilation {
  /// Emits a convolution of integers: sums of products are exact, then scaled, added to the residual, activated,
  /// and rounded to the result's code where it is kept as one.
  mutating func convolution(_ step: FusedNode, _ window: Window, reading source: Code) throws -> Place {
    let node = step.node
    let (weight, scales) = Code.weights(try parameter(node.inputs[1], of: node))
    let products = scales.map { $0 * source.scale }
    let bias = try node.inputs.count > 2 ? parameter(node.inputs[2], of: node) : nil
    let result = plan.kept.contains(step.output) ? plan.codes[step.output] : nil
    let residual = try step.residual.map { try result == nil ? place(of: $0) : coded($0) }
    let share = result.flatMap { result in
      step.residual.flatMap { plan.codes[$0] }.map { $0.scale / result.scale }
    }
    let attributes = try Attributes(
      (residual == nil ? [] : [.sum(scale: share ?? 1)]) + step.activations.map(PostOperation.activation),
      scales: products.map { $0 / (result?.scale ?? 1) })
    let description = try PrimitiveDescription.convolution(
      source: Layout(shapes[node.inputs[0]] ?? [], .uint8, .any),
      weights: Layout(weight.shape, .int8, .any), bias: bias.map { try Layout([$0.count]) },
      destination: residual?.layout
        ?? Layout(shapes[node.outputs[0]] ?? [], result == nil ? precision : .uint8, .any),
      window: SlidingWindow(window), training: false, attributes: attributes, on: processor)

    var arguments: [Argument: Place] = [
      .source: try reordered(coded(node.inputs[0]), to: description.requiredLayout(.source)),
      .weights: try constant(weight, as: weight.shape, in: description.requiredLayout(.weights)),
    ]
    if var bias {
      // It is added before the scales are applied.
      for channel in bias.values.indices { bias.values[channel] /= products[channel] }
      arguments[.bias] = try constant(bias, as: [bias.count])
    }
    arguments[.destination] = try residual ?? newSlot(description.requiredLayout(.destination))
    emit(description, arguments)
    return arguments[.destination] ?? input
  }

  /// A value as codes, written once for all that read it.
  private mutating func coded(_ name: String) throws -> Place {
    if let place = codedPlaces[name] { return place }
    guard let code = plan.codes[name] else {
      throw GraphError(source: graph.name, "has no range of \"\(name)\"")
    }
    let source = try place(of: name)
    let result = try newSlot(Layout(source.layout.shape, .uint8, .channelsLast))
    emit(
      try .reorder(source.layout, to: result.layout, scale: 1 / code.scale, on: processor),
      [.source: source, .destination: result])
    codedPlaces[name] = result
    return result
  }
}
