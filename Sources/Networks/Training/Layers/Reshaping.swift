extension TrainingPlan {
  /// Another shape for the same row-major values.
  func reshape(_ node: Graph.Node, to shape: [Int]) throws {
    let source = try value(node.inputs[0], at: node)
    let before = source.layout.shape
    guard shape.reduce(1, *) == before.reduce(1, *), !shape.isEmpty else {
      throw mismatch(node, [before, shape])
    }
    let type = source.layout.type
    let plain = try convert(source, to: Layout(before, type), pass: .both)
    let after = try Layout(shape, type)
    define(node.outputs[0], try plain.viewed(as: after, on: processor), from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: after), needsGradient(node.inputs[0])
      else { return }
      contribute(try gradient.viewed(as: Layout(before, type), on: processor), to: node.inputs[0])
    }
  }

  func identity(_ node: Graph.Node) throws {
    let source = try value(node.inputs[0], at: node)
    define(node.outputs[0], source, from: node.inputs)
    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: source.layout) else { return }
      contribute(gradient, to: node.inputs[0])
    }
  }

  func concatenation(_ node: Graph.Node, axis: Int) throws {
    let sources = try node.inputs.map { try value($0, at: node) }
    guard let first = sources.first?.layout.shape else { throw mismatch(node, []) }
    let axis = axis < 0 ? axis + first.count : axis
    let shapes = sources.map(\.layout.shape)
    guard first.indices.contains(axis),
      shapes.allSatisfy({ shape in
        shape.count == first.count && first.indices.allSatisfy { $0 == axis || shape[$0] == first[$0] }
      })
    else { throw mismatch(node, shapes) }
    var shape = first
    shape[axis] = shapes.reduce(0) { $0 + $1[axis] }
    let forward = try PrimitiveDescription.concatenation(
      sources.map(\.layout), axis: axis, destination: Layout(shape, type, .any), on: processor)
    let output = try memory(forward.requiredLayout(.destination))
    var arguments: [Argument: Memory] = [.destination: output]
    for (position, source) in sources.enumerated() { arguments[.source(position)] = source }
    try append(forward, arguments)
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      // Parts of a blocked layout need not start at a block: take the gradient apart in row-major order.
      let plain = try Layout(shape, type)
      guard let gradient = try gradient(of: node.outputs[0], as: plain) else { return }
      var offset = Array(repeating: 0, count: shape.count)
      for (name, source) in zip(node.inputs, sources) {
        let part = try plain.part(offset: offset, shape: source.layout.shape)
        offset[axis] += source.layout.shape[axis]
        guard needsGradient(name) else { continue }
        let view = try gradient.viewed(as: part, on: processor)
        let result = try memory(source.layout)
        append(try Primitive.reorder(view, to: result, on: processor), to: .backward)
        contribute(result, to: name)
      }
    }
  }

  func upsampling(_ node: Graph.Node, height: Int, width: Int) throws {
    let source = try value(node.inputs[0], at: node)
    let shape = source.layout.shape
    guard shape.count == 4, (1...64).contains(height), (1...64).contains(width) else {
      throw mismatch(node, [shape])
    }
    let forward = try PrimitiveDescription.upsampling(
      source: source.layout,
      destination: Layout([shape[0], shape[1], shape[2] * height, shape[3] * width], type, .any),
      training: true, on: processor)
    let output = try memory(forward.requiredLayout(.destination))
    try append(forward, [.source: source, .destination: output])
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: output.layout),
        needsGradient(node.inputs[0])
      else { return }
      let backward = try PrimitiveDescription.upsamplingGradient(
        source: source.layout, destination: gradient.layout, of: forward, on: processor)
      let result = try memory(source.layout)
      try append(
        backward, [.destinationGradient: gradient, .sourceGradient: result], to: .backward)
      contribute(result, to: node.inputs[0])
    }
  }
}
