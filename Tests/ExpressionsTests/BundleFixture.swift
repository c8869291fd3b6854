import Foundation

@testable import Expressions
@testable import Networks

/// A folder that goes with the test.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("afterclass-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }
}

extension Graph {
  /// A network of gray 12 × 12 chips with a residual block, batch normalization, pooling and a dense layer.
  static func expressions(probabilities: Bool = true, outputs: Int = 7) -> Graph {
    var numbers = (0..<100_000).lazy.map { Float(sin(Double($0 * $0 % 9973))) * 0.5 }.makeIterator()
    var graph = Graph(
      name: "expressions", inputs: [Value(name: "chip", shape: [nil, 1, 12, 12])], outputs: ["out"])
    func add(
      _ operation: Networks.Operation, _ inputs: [String], _ shapes: [[Int]] = [], giving output: String
    ) {
      let names = shapes.indices.map { "\(output).\($0)" }
      for (name, shape) in zip(names, shapes) {
        var tensor = Tensor(zeros: shape)
        for index in tensor.values.indices { tensor.values[index] = numbers.next() ?? 0 }
        graph.parameters[name] = tensor
      }
      graph.nodes.append(Node(name: output, operation: operation, inputs: inputs + names, outputs: [output]))
    }
    let window = Window(kernel: [3, 3], pads: [1, 1, 1, 1])
    add(.convolution(window, groups: 1), ["chip"], [[8, 1, 3, 3], [8]], giving: "a")
    add(.batchNormalization(epsilon: 1, momentum: 0.9), ["a"], Array(repeating: [8], count: 4), giving: "b")
    add(.relu, ["b"], giving: "c")
    add(.convolution(window, groups: 1), ["c"], [[8, 8, 3, 3]], giving: "d")
    add(.add, ["d", "c"], giving: "e")
    add(.relu, ["e"], giving: "f")
    add(.maxPool(Window(kernel: [2, 2], strides: [2, 2]), ceiling: false), ["f"], giving: "g")
    add(.dropout(ratio: 0.25), ["g"], giving: "h")
    add(.globalAveragePool, ["h"], giving: "i")
    add(.flatten(axis: 1), ["i"], giving: "j")
    add(
      .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: true), ["j"], [[outputs, 8], [outputs]],
      giving: probabilities ? "k" : "out")
    if probabilities { add(.softmax(axis: -1), ["k"], giving: "out") }
    return graph
  }
}
