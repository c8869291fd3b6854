import Testing

@testable import Networks

/// Every operator's backward pass against numerical differentiation, with random shapes.
@Suite struct GradientTests {
  @Test(arguments: 0..<6) func ofConvolutionEqualsDifferences(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(100 + seed))
    let groups = [1, 2, 1, 4, 16, 1][seed]
    let (input, output) = (
      groups * Int.random(in: 1...5, using: &random), groups * [3, 16, 1, 2, 1, 20][seed]
    )
    let kernel = [3, 1, 5, 3, 3, 2][seed]
    let size = Int.random(in: kernel...9, using: &random)
    var check = GradientCheck(seed: seed, input: [2, input, size, size + 1])
    check.addRandom("weight", [output, input / groups, kernel, kernel])
    check.addRandom("bias", [output])
    let window = Window(
      kernel: [kernel, kernel], strides: [1 + seed % 2, 1 + seed % 2],
      pads: [kernel / 2, kernel / 2, (kernel - 1) / 2, (kernel - 1) / 2])
    check.append(
      .convolution(window, groups: groups), seed == 0 ? ["data", "weight"] : ["data", "weight", "bias"],
      output: "y")
    try check.run()
  }

  @Test func ofADilatedConvolutionEqualsDifferences() throws {
    var check = GradientCheck(seed: 21, input: [2, 3, 7, 6])
    check.addRandom("weight", [5, 3, 3, 3])
    let window = Window(kernel: [3, 3], pads: [2, 2, 2, 2], dilations: [2, 2])
    check.append(.convolution(window, groups: 1), ["data", "weight"], output: "y")
    try check.run()
  }

  @Test func ofAMatrixProductEqualsDifferences() throws {
    var check = GradientCheck(seed: 22, input: [3, 8])
    check.addRandom("weight", [8, 5])
    check.append(.matMul, ["data", "weight"], output: "y")
    try check.run()
  }

  @Test(arguments: [Operation.squeeze(axes: [2, 3]), .unsqueeze(axes: [1])])
  func ofAChangeOfShapeEqualsDifferences(operation: Operation) throws {
    var check = GradientCheck(seed: 23, input: [3, 6, 1, 1])
    check.append(operation, ["data"], output: "y")
    try check.run()
  }

  @Test(arguments: [false, true]) func ofBatchNormalizationEqualsDifferences(rectified: Bool) throws {
    var check = GradientCheck(seed: 11, input: [4, 17, 3, 4])
    check.addRandom("scale", [17], in: 0.5...1.5)
    check.addRandom("shift", [17], in: 0.2...0.5)
    check.add("mean", [17], Array(repeating: 0, count: 17))
    check.add("variance", [17], Array(repeating: 1, count: 17))
    check.append(
      .batchNormalization(epsilon: 1e-3, momentum: 0.9), ["data", "scale", "shift", "mean", "variance"],
      output: "normal")
    if rectified { check.append(.relu, ["normal"], output: "y") }
    try check.run(tolerance: rectified ? 0.05 : 0.02, epsilon: 0.002)
  }

  @Test(arguments: [
    Operation.relu, .leakyRelu(slope: 0.1), .elu(alpha: 1), .sigmoid, .tanh, .hardSwish,
    .clip(low: 0, high: 1.5), .identity,
    .dropout(ratio: 0.4), .flatten(axis: 1), .reshape([0, 12, -1]), .globalAveragePool,
    .upsample(height: 2, width: 3),
  ]) func ofAFunctionOfOneInputEqualsDifferences(operation: Operation) throws {
    var check = GradientCheck(seed: 3, input: [2, 6, 4, 5])
    check.append(operation, ["data"], output: "y")
    try check.run(epsilon: 0.003)
  }

  @Test(arguments: [2, 3], [false, true]) func ofPoolingEqualsDifferences(kernel: Int, ceiling: Bool) throws {
    let window = Window(
      kernel: [kernel, kernel], strides: [2, 2], pads: [kernel / 2, kernel / 2, 0, kernel / 2])
    for operation in [
      Operation.maxPool(window, ceiling: ceiling),
      .averagePool(window, ceiling: ceiling, countsPadding: false),
      .averagePool(window, ceiling: ceiling, countsPadding: true),
    ] {
      var check = GradientCheck(seed: 5, input: [2, 18, 6, 7])
      check.append(operation, ["data"], output: "y")
      try check.run(epsilon: 0.002)
    }
  }

  @Test(arguments: [true, false]) func ofADenseLayerEqualsDifferences(transposed: Bool) throws {
    var check = GradientCheck(seed: 9, input: [3, 21])
    check.addRandom("weight", transposed ? [7, 21] : [21, 7])
    check.addRandom("bias", [7])
    check.append(
      .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: transposed), ["data", "weight", "bias"],
      output: "logits")
    try check.run()
    check.append(.softmax(axis: -1), ["logits"], output: "y")
    try check.run()
  }

  @Test(arguments: [[2, 5, 3, 4], [1, 5, 1, 1], [5, 1, 1], [2, 5, 1, 1], [1]])
  func ofBroadcastArithmeticEqualsDifferences(shape: [Int]) throws {
    for operation in [Operation.add, .subtract, .multiply] {
      var check = GradientCheck(seed: 13, input: [2, 5, 3, 4])
      check.addRandom("other", shape)
      check.append(operation, ["data", "other"], output: "y")
      try check.run()
    }
  }

  @Test func ofConcatenationEqualsDifferences() throws {
    var check = GradientCheck(seed: 17, input: [2, 5, 3, 4])
    check.append(.sigmoid, ["data"], output: "a")
    check.append(.tanh, ["data"], output: "b")
    check.append(.concatenate(axis: 1), ["a", "data", "b"], output: "y")
    try check.run()
  }

  @Test(arguments: [16, 21]) func ofASqueezeExcitationBlockEqualsDifferences(channels: Int) throws {
    var check = GradientCheck(seed: 19, input: [2, channels, 4, 4])
    check.addRandom("weight", [channels, channels, 1, 1])
    check.append(.globalAveragePool, ["data"], output: "mean")
    check.append(.convolution(Window(kernel: [1, 1]), groups: 1), ["mean", "weight"], output: "gate")
    check.append(.sigmoid, ["gate"], output: "share")
    check.append(.multiply, ["data", "share"], output: "y")
    try check.run()
  }

  @Test func ofAValueUsedTwiceIsTheSum() throws {
    var check = GradientCheck(seed: 23, input: [2, 16, 5, 5])
    check.addRandom("weight", [16, 16, 3, 3], in: -0.3...0.3)
    let window = Window(kernel: [3, 3], pads: [1, 1, 1, 1])
    check.append(.convolution(window, groups: 1), ["data", "weight"], output: "a")
    check.append(.convolution(window, groups: 1), ["a", "weight"], output: "b")
    check.append(.add, ["a", "b"], output: "c")
    check.append(.add, ["c", "data"], output: "y")
    check.graph.outputs = ["y", "a"]
    try check.run()
  }
}
