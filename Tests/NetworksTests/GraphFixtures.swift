@testable import Networks

extension Graph {
  /// A graph of one node on a picture or a row, with random parameters.
  static func single(
    _ operation: Operation, _ shape: [Int], parameters: [[Int]] = [], using generator: inout SeededGenerator
  ) -> Graph {
    var graph = Graph(name: "single", inputs: [Value(name: "in", shape: [nil] + shape)], outputs: ["out"])
    graph.add(operation, "in", parameters, giving: "out", using: &generator)
    return graph
  }

  /// Appends a node that reads a value and random parameters.
  mutating func add(
    _ operation: Operation, _ input: String, _ shapes: [[Int]] = [], giving output: String,
    using generator: inout SeededGenerator
  ) {
    var inputs = [input]
    for (position, shape) in shapes.enumerated() {
      let name = "\(output).\(position)"
      parameters[name] = Tensor(random: shape, using: &generator)
      inputs.append(name)
    }
    nodes.append(Node(name: output, operation: operation, inputs: inputs, outputs: [output]))
  }

  /// A small network with what expression networks are made of: a stem, residual blocks with and without a
  /// projection, pooling, a dense layer and softmax.
  static func residual(seed: UInt64 = 3) -> Graph {
    var generator = SeededGenerator(seed: seed)
    var graph = Graph(
      name: "residual", inputs: [Value(name: "in", shape: [nil, 1, 8, 8])], outputs: ["out"])
    func convolution(_ input: String, _ from: Int, _ to: Int, _ size: Int, stride: Int, giving output: String)
    {
      let window = Window(
        kernel: [size, size], strides: [stride, stride], pads: Array(repeating: size / 2, count: 4))
      graph.add(
        .convolution(window, groups: 1), input, [[to, from, size, size]], giving: output + ".conv",
        using: &generator)
      graph.add(
        .batchNormalization(epsilon: 2, momentum: 0.9), output + ".conv", Array(repeating: [to], count: 4),
        giving: output, using: &generator)
    }
    convolution("in", 1, 16, 3, stride: 1, giving: "stem")
    graph.add(.relu, "stem", giving: "a", using: &generator)
    convolution("a", 16, 16, 3, stride: 1, giving: "b")
    graph.add(.relu, "b", giving: "b.relu", using: &generator)
    convolution("b.relu", 16, 16, 3, stride: 1, giving: "c")
    graph.nodes.append(Node(name: "sum", operation: .add, inputs: ["c", "a"], outputs: ["d"]))
    graph.add(.relu, "d", giving: "e", using: &generator)
    convolution("e", 16, 24, 3, stride: 2, giving: "f")
    convolution("e", 16, 24, 1, stride: 2, giving: "g")
    graph.nodes.append(Node(name: "sum2", operation: .add, inputs: ["f", "g"], outputs: ["h"]))
    graph.add(.hardSwish, "h", giving: "i", using: &generator)
    graph.add(.dropout(ratio: 0.25), "i", giving: "j", using: &generator)
    graph.add(.globalAveragePool, "j", giving: "k", using: &generator)
    graph.add(.flatten(axis: 1), "k", giving: "l", using: &generator)
    graph.add(
      .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: true), "l", [[7, 24], [7]], giving: "m",
      using: &generator)
    graph.add(.softmax(axis: -1), "m", giving: "out", using: &generator)
    return graph
  }
}
