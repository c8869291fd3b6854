import Testing

@testable import Networks

/// Every operator against the reference, on random shapes and numbers.
@Suite struct OperatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// The operator, the shape of its input without the batch, and the shapes of its parameters.
    let make: @Sendable (inout SeededGenerator) -> (Operation, [Int], [[Int]])
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "Conv") { generator in
      let groups = Int.random(in: 1...3, using: &generator)
      let (inner, outer) = (
        Int.random(in: 1...9, using: &generator), Int.random(in: 1...20, using: &generator)
      )
      let window = window(using: &generator)
      return (
        .convolution(window, groups: groups), picture(groups * inner, using: &generator),
        [[groups * outer, inner] + window.kernel, [groups * outer]]
      )
    },
    Case(name: "Conv of each channel alone") { generator in
      let channels = Int.random(in: 1...40, using: &generator)
      let window = window(using: &generator)
      return (
        .convolution(window, groups: channels), picture(channels, using: &generator),
        [[channels, 1] + window.kernel]
      )
    },
    Case(name: "BatchNormalization") { generator in
      let channels = Int.random(in: 1...20, using: &generator)
      return (
        .batchNormalization(epsilon: 2, momentum: 0.9), picture(channels, using: &generator),
        Array(repeating: [channels], count: 4)
      )
    },
    Case(name: "BatchNormalization of rows") { generator in
      let channels = Int.random(in: 1...20, using: &generator)
      return (
        .batchNormalization(epsilon: 2, momentum: 0.9), [channels], Array(repeating: [channels], count: 4)
      )
    },
    elementwise("Relu", .relu), elementwise("LeakyRelu", .leakyRelu(slope: 0.3)),
    elementwise("Elu", .elu(alpha: 1.5)), elementwise("Sigmoid", .sigmoid), elementwise("Tanh", .tanh),
    elementwise("HardSigmoid", .hardSigmoid(alpha: 1.2, beta: 0.4)), elementwise("HardSwish", .hardSwish),
    elementwise("Clip", .clip(low: -0.4, high: 0.3)), elementwise("Dropout", .dropout(ratio: 0.5)),
    elementwise("Identity", .identity), elementwise("GlobalAveragePool", .globalAveragePool),
    elementwise("Flatten", .flatten(axis: 1)), elementwise("Transpose", .transpose([0, 2, 3, 1])),
    elementwise("Unsqueeze", .unsqueeze(axes: [1, -1])), elementwise("Reshape", .reshape([0, -1, 1])),
    elementwise("Softmax", .softmax(axis: 1)), elementwise("Softmax of the last axis", .softmax(axis: -1)),
    elementwise("ReduceMean", .reduceMean(axes: [2, 3], keepsDimensions: true)),
    elementwise("ReduceMean of channels last", .reduceMean(axes: [1, -2], keepsDimensions: false)),
    elementwise("Resize", .upsample(height: 2, width: 3)),
    elementwise("Pad", .pad([0, 0, 1, 2, 0, 1, 0, 3], value: 0.7)),
    Case(name: "MaxPool") { generator in
      let window = window(using: &generator)
      return (.maxPool(window, ceiling: .random(using: &generator)), picture(using: &generator), [])
    },
    Case(name: "AveragePool") { generator in
      let window = window(using: &generator, dilated: false)
      return (
        .averagePool(window, ceiling: false, countsPadding: .random(using: &generator)),
        picture(using: &generator), []
      )
    },
    Case(name: "AveragePool that rounds up") { generator in
      var window = window(using: &generator, dilated: false)
      window.pads = [0, 0, 0, 0]
      return (.averagePool(window, ceiling: true, countsPadding: false), picture(using: &generator), [])
    },
    Case(name: "Gemm") { generator in
      let (width, count) = (
        Int.random(in: 1...90, using: &generator), Int.random(in: 1...40, using: &generator)
      )
      let transposed = Bool.random(using: &generator)
      return (
        .gemm(alpha: 0.7, beta: 1.3, transposesA: false, transposesB: transposed), [width],
        [transposed ? [count, width] : [width, count], [count]]
      )
    },
    Case(name: "MatMul of rows") { generator in
      let (width, count) = (
        Int.random(in: 1...9, using: &generator), Int.random(in: 1...9, using: &generator)
      )
      return (.matMul, [3, width], [[width, count]])
    },
    arithmetic("Add", .add), arithmetic("Sub", .subtract), arithmetic("Mul", .multiply),
    arithmetic("Div", .divide),
    Case(name: "Concat") { generator in
      let shape = picture(using: &generator)
      return (.concatenate(axis: -1), shape, [[1, shape[0], shape[1], 2], [1, shape[0], shape[1], 5]])
    },
  ]

  @Test(arguments: cases) func anOperatorEqualsItsDefinition(_ operatorCase: Case) throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<6 {
      let (operation, shape, parameters) = operatorCase.make(&generator)
      let graph = Graph.single(operation, shape, parameters: parameters, using: &generator)
      let input = Tensor(random: [1] + shape, using: &generator)
      let expected = try Reference.run(graph, on: input)[0]
      let found = try Network(graph).run(input)[0]
      let tolerance = 1e-5 * max(1, expected.values.reduce(0) { max($0, abs($1)) })
      #expect(found.distance(to: expected) <= tolerance, "\(operation) of \(shape), \(parameters)")
    }
  }

  static func elementwise(_ name: String, _ operation: Operation) -> Case {
    Case(name: name) { generator in (operation, picture(using: &generator), []) }
  }

  static func arithmetic(_ name: String, _ operation: Operation) -> Case {
    Case(name: name) { generator in
      let shape = picture(using: &generator)
      let other = [[1] + shape, [shape[0], 1, 1], [shape[2]], [1], [shape[1], shape[2]]]
      return (operation, shape, [other.randomElement(using: &generator) ?? [1]])
    }
  }

  static func picture(_ channels: Int? = nil, using generator: inout SeededGenerator) -> [Int] {
    [
      channels ?? .random(in: 1...35, using: &generator), .random(in: 6...13, using: &generator),
      .random(in: 6...13, using: &generator),
    ]
  }

  static func window(using generator: inout SeededGenerator, dilated: Bool = true) -> Window {
    let kernel = [Int.random(in: 1...3, using: &generator), Int.random(in: 1...3, using: &generator)]
    return Window(
      kernel: kernel, strides: (0..<2).map { _ in .random(in: 1...2, using: &generator) },
      pads: (0..<4).map { .random(in: 0..<kernel[$0 % 2], using: &generator) },
      dilations: (0..<2).map { _ in dilated ? .random(in: 1...2, using: &generator) : 1 })
  }
}
