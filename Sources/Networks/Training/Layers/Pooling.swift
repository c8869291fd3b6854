extension TrainingPlan {
  func pooling(_ node: Graph.Node, _ pooling: Pooling, window: Window, ceiling: Bool) throws {
    let source = try value(node.inputs[0], at: node)
    let shape = source.layout.shape
    guard shape.count == 4, window.isValid else { throw mismatch(node, [shape]) }
    let size = try window.output(of: Array(shape[2...]), ceiling: ceiling, at: node)
    let after = (0..<2).map { axis in
      let reach = (window.kernel[axis] - 1) * window.dilations[axis] + 1
      return (size[axis] - 1) * window.strides[axis] + reach - shape[axis + 2] - window.pads[axis]
    }
    let sliding = SlidingWindow(window, after: after)
    let forward = try PrimitiveDescription.pooling(
      pooling, source: source.layout, destination: Layout(Array(shape[..<2]) + size, type, .any),
      window: sliding, training: true, on: processor)
    let output = try memory(forward.requiredLayout(.destination))
    var kept: [Argument: Memory] = [:]
    if let workspace = forward.layout(.workspace) { kept[.workspace] = try memory(workspace) }
    try append(forward, kept.adding([.source: source, .destination: output]))
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: output.layout),
        needsGradient(node.inputs[0])
      else { return }
      let backward = try PrimitiveDescription.poolingGradient(
        pooling, source: source.layout, destination: gradient.layout, window: sliding, of: forward,
        on: processor)
      let result = try memory(source.layout)
      try append(
        backward, kept.adding([.destinationGradient: gradient, .sourceGradient: result]), to: .backward)
      contribute(result, to: node.inputs[0])
    }
  }

  /// The mean over height and width, which stay as extents of 1.
  func globalAveragePooling(_ node: Graph.Node) throws {
    let shape = try value(node.inputs[0], at: node).layout.shape
    guard shape.count == 4 else { throw mismatch(node, [shape]) }
    try pooling(
      node, .averageWithoutPadding, window: Window(kernel: Array(shape[2...])), ceiling: false)
  }
}
