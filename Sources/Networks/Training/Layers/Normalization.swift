extension TrainingPlan {
  /// Batch normalization with the batch's own statistics in training and the running ones in evaluation;
  /// `relu` names the output of a rectifier that is done in the same pass.
  func batchNormalization(_ node: Graph.Node, epsilon: Float, momentum: Float, relu: String?) throws {
    let (scale, shift, mean, variance) = try normalizationSegments(node)
    let source = try value(node.inputs[0], at: node)
    let shape = source.layout.shape
    let channels = try Layout([shape.count > 1 ? shape[1] : 0])
    guard [scale, shift, mean, variance].allSatisfy({ $0.shape == channels.shape }) else {
      throw mismatch(node, [shape, scale.shape, shift.shape, mean.shape, variance.shape])
    }
    let name = relu ?? node.outputs[0]
    let output = try memory(source.layout)
    let affine: [Argument: Memory] = [
      .scale: try weights.memory(scale, as: channels, on: processor),
      .shift: try weights.memory(shift, as: channels, on: processor),
    ]
    var flags: NormalizationFlags = .scaleAndShift
    if relu != nil { flags.insert(.fusedRelu) }

    let evaluation = try PrimitiveDescription.batchNormalization(
      source.layout, epsilon: epsilon, flags: flags.union(.globalStatistics), training: false,
      on: processor)
    let running: [Argument: Memory] = [
      .mean: try statistics.memory(mean, as: channels, on: processor),
      .variance: try statistics.memory(variance, as: channels, on: processor),
    ]
    let data: [Argument: Memory] = [.source: source, .destination: output]
    try append(evaluation, data.adding(affine).adding(running), to: .evaluation)

    let forward = try PrimitiveDescription.batchNormalization(
      source.layout, epsilon: epsilon, flags: flags, training: true, on: processor)
    var kept: [Argument: Memory] = [.mean: try memory(channels), .variance: try memory(channels)]
    if let workspace = forward.layout(.workspace) { kept[.workspace] = try memory(workspace) }
    try append(forward, data.adding(affine).adding(kept), to: .training)
    append(
      RunningStatistics(
        momentum: momentum, pairs: [.mean, .variance].compactMap { pair(running[$0], kept[$0]) }),
      to: .training)
    define(name, output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: name, as: output.layout) else { return }
      let backward = try PrimitiveDescription.batchNormalizationGradient(
        gradient: gradient.layout, data: source.layout, epsilon: epsilon, flags: flags, of: forward,
        on: processor)
      let result = try memory(source.layout)
      let arguments: [Argument: Memory] = [
        .source: source, .destinationGradient: gradient, .sourceGradient: result,
      ]
      try appendGradient(
        backward, arguments.adding(affine).adding(kept), scale: scale, shift: shift, as: channels)
      contribute(result, to: node.inputs[0])
    }
  }

  private func normalizationSegments(_ node: Graph.Node) throws -> (
    scale: ParameterArena.Segment, shift: ParameterArena.Segment, mean: ParameterArena.Segment,
    variance: ParameterArena.Segment
  ) {
    guard node.inputs.count == 5, let mean = statistics[node.inputs[3]],
      let variance = statistics[node.inputs[4]]
    else {
      throw NetworksError.invalidGraph(
        node: node.name, reason: "batch normalization needs data, scale, bias, mean and variance")
    }
    return (try segment(node, 1), try segment(node, 2), mean, variance)
  }

  /// Appends the backward pass of a batch normalization, which writes the gradients of scale and shift besides.
  private func appendGradient(
    _ backward: PrimitiveDescription, _ arguments: [Argument: Memory], scale: ParameterArena.Segment,
    shift: ParameterArena.Segment, as channels: Layout
  ) throws {
    try parameterGradient(scale, as: channels) { scaleGradient in
      try parameterGradient(shift, as: channels) { shiftGradient in
        let gradients: [Argument: Memory] = [
          .scaleGradient: scaleGradient, .shiftGradient: shiftGradient,
        ]
        try append(backward, arguments.adding(gradients), to: .backward)
      }
    }
  }

  private func pair(_ running: Memory?, _ batch: Memory?) -> (running: Memory, batch: Memory)? {
    guard let running, let batch else { return nil }
    return (running, batch)
  }
}

extension [Argument: Memory] {
  func adding(_ others: [Argument: Memory]) -> [Argument: Memory] {
    merging(others) { _, other in other }
  }
}

/// Moves running statistics towards those of the batch: running = momentum × running + (1 - momentum) ×
/// batch, the variance being the population's, as in Keras and ONNX.
final class RunningStatistics: Step {
  private let momentum: Float
  private let pairs: [(running: Memory, batch: Memory)]

  init(momentum: Float, pairs: [(running: Memory, batch: Memory)]) {
    self.momentum = momentum
    self.pairs = pairs
  }

  func run() {
    for (running, batch) in pairs {
      let (running, batch) = (running.floats, batch.floats)
      for channel in running.indices {
        running[channel] = momentum * running[channel] + (1 - momentum) * batch[channel]
      }
    }
  }
}
