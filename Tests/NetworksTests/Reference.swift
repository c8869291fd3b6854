import func Foundation.exp
import func Foundation.tanh
import Testing

@testable import Networks

/// A graph computed operator by operator, straight from ONNX's definitions, in double precision sums.
enum Reference {
  static func run(_ graph: Graph, on input: Tensor) throws -> [Tensor] {
    var values = graph.parameters
    values[graph.inputs[0].name] = input
    for node in graph.nodes {
      let inputs = try node.inputs.map { try #require(values[$0]) }
      let partial = try node.operation.outputShape(of: inputs.map { $0.shape })
      let shape = try #require(partial.known)
      values[node.outputs[0]] = try result(of: node.operation, inputs, shape)
    }
    return try graph.outputs.map { try #require(values[$0]) }
  }

  private static func result(of operation: Operation, _ inputs: [Tensor], _ shape: [Int]) throws -> Tensor {
    let data = inputs[0]
    switch operation {
    case .convolution(let window, let groups):
      return convolution(inputs, window, groups, shape)
    case .batchNormalization(let epsilon, _):
      return normalized(inputs, Double(epsilon), shape)
    case .relu: return data.map { max($0, 0) }
    case .leakyRelu(let slope): return data.map { $0 < 0 ? $0 * Double(slope) : $0 }
    case .elu(let alpha): return data.map { $0 < 0 ? Double(alpha) * (exp($0) - 1) : $0 }
    case .sigmoid: return data.map { 1 / (1 + exp(-$0)) }
    case .tanh: return data.map { Foundation.tanh($0) }
    case .hardSigmoid(let alpha, let beta):
      return data.map { min(max(Double(alpha) * $0 + Double(beta), 0), 1) }
    case .hardSwish: return data.map { $0 * min(max($0 / 6 + 0.5, 0), 1) }
    case .clip(let low, let high): return data.map { min(max($0, Double(low)), Double(high)) }
    case .maxPool(let window, _):
      return pool(data, window, shape) { values, _ in values.max() ?? 0 }
    case .averagePool(let window, _, let countsPadding):
      return pool(data, window, shape) { $0.reduce(0, +) / Double(countsPadding ? $1 : $0.count) }
    case .globalAveragePool:
      return pool(data, Window(kernel: Array(data.shape[2...])), shape) { values, _ in
        values.reduce(0, +) / Double(values.count)
      }
    case .reduceMean(let axes, let keeps):
      return mean(data, Set(axes.map { $0 < 0 ? $0 + data.shape.count : $0 }), keeps, shape)
    case .gemm(let alpha, let beta, let transposesA, let transposesB):
      return product(inputs, Double(alpha), Double(beta), transposesA, transposesB, shape)
    case .matMul: return product(inputs, shape)
    case .add: return Tensor(shape) { data[broadcast: $0] + inputs[1][broadcast: $0] }
    case .subtract: return Tensor(shape) { data[broadcast: $0] - inputs[1][broadcast: $0] }
    case .multiply: return Tensor(shape) { data[broadcast: $0] * inputs[1][broadcast: $0] }
    case .divide: return Tensor(shape) { data[broadcast: $0] / inputs[1][broadcast: $0] }
    case .concatenate(let axis): return concatenated(inputs, axis < 0 ? axis + shape.count : axis, shape)
    case .upsample(let height, let width):
      return Tensor(shape) { data[[$0[0], $0[1], $0[2] / height, $0[3] / width]] }
    case .softmax(let axis): return softmax(data, axis < 0 ? axis + shape.count : axis, shape)
    case .flatten, .reshape, .squeeze, .unsqueeze:
      return try #require(Tensor(shape: shape, values: data.values))
    case .transpose(let order): return transposed(data, order, shape)
    case .pad(let pads, let value): return padded(data, pads, Double(value), shape)
    case .dropout, .identity: return data
    }
  }

  private static func normalized(_ inputs: [Tensor], _ epsilon: Double, _ shape: [Int]) -> Tensor {
    Tensor(shape) { index in
      let channel = [index[1]]
      let normal = (inputs[0][index] - inputs[3][channel]) / (inputs[4][channel] + epsilon).squareRoot()
      return normal * inputs[1][channel] + inputs[2][channel]
    }
  }

  /// ONNX's `Gemm`.
  private static func product(
    _ inputs: [Tensor], _ alpha: Double, _ beta: Double, _ transposesA: Bool, _ transposesB: Bool,
    _ shape: [Int]
  ) -> Tensor {
    Tensor(shape) { index in
      let inner = inputs[0].shape[transposesA ? 0 : 1]
      let product = (0..<inner).reduce(0.0) { sum, k in
        sum + inputs[0][transposesA ? [k, index[0]] : [index[0], k]]
          * inputs[1][transposesB ? [index[1], k] : [k, index[1]]]
      }
      let bias = inputs.count > 2 ? inputs[2][broadcast: index] : 0
      return alpha * product + beta * bias
    }
  }

  /// ONNX's `MatMul`.
  private static func product(_ inputs: [Tensor], _ shape: [Int]) -> Tensor {
    Tensor(shape) { index in
      (0..<inputs[1].shape[0]).reduce(0.0) { sum, k in
        sum + inputs[0][index.dropLast() + [k]] * inputs[1][[k, index[index.count - 1]]]
      }
    }
  }

  private static func softmax(_ data: Tensor, _ axis: Int, _ shape: [Int]) -> Tensor {
    Tensor(shape) { index in
      let line = (0..<shape[axis]).map { place in
        var other = index
        other[axis] = place
        return exp(data[other])
      }
      return line[index[axis]] / line.reduce(0, +)
    }
  }

  private static func concatenated(_ inputs: [Tensor], _ axis: Int, _ shape: [Int]) -> Tensor {
    Tensor(shape) { index in
      var index = index
      for input in inputs {
        if index[axis] < input.shape[axis] { return input[index] }
        index[axis] -= input.shape[axis]
      }
      return .nan
    }
  }

  private static func transposed(_ data: Tensor, _ order: [Int], _ shape: [Int]) -> Tensor {
    Tensor(shape) { index in
      var source = index
      for (position, axis) in order.enumerated() { source[axis] = index[position] }
      return data[source]
    }
  }

  private static func padded(_ data: Tensor, _ pads: [Int], _ value: Double, _ shape: [Int]) -> Tensor {
    Tensor(shape) { index in
      let source = index.enumerated().map { $0.element - pads[$0.offset] }
      return data.contains(source) ? data[source] : value
    }
  }

  private static func convolution(_ inputs: [Tensor], _ window: Window, _ groups: Int, _ shape: [Int])
    -> Tensor
  {
    let (data, weight) = (inputs[0], inputs[1])
    let (perGroup, outPerGroup) = (weight.shape[1], weight.shape[0] / groups)
    let (height, width) = (data.shape[2], data.shape[3])
    return Tensor(shape) { index in
      var sum = inputs.count > 2 ? inputs[2][[index[1]]] : 0
      let firstChannel = index[0] * data.shape[1] + index[1] / outPerGroup * perGroup
      for (y, x, row, column) in positions(window, index)
      where y >= 0 && y < height && x >= 0 && x < width {
        for channel in 0..<perGroup {
          let source = ((firstChannel + channel) * height + y) * width + x
          let tap = ((index[1] * perGroup + channel) * window.kernel[0] + row) * window.kernel[1] + column
          sum += Double(data.values[source]) * Double(weight.values[tap])
        }
      }
      return sum
    }
  }

  /// Every position under a window: in the picture, then in the kernel.
  private static func positions(_ window: Window, _ index: [Int]) -> [(Int, Int, Int, Int)] {
    (0..<window.kernel[0]).flatMap { row in
      (0..<window.kernel[1]).map { column in
        (
          index[2] * window.strides[0] - window.pads[0] + row * window.dilations[0],
          index[3] * window.strides[1] - window.pads[1] + column * window.dilations[1], row, column
        )
      }
    }
  }

  /// `reduce` takes the values under the window, and how many there would be with the padding.
  private static func pool(
    _ data: Tensor, _ window: Window, _ shape: [Int], _ reduce: ([Double], Int) -> Double
  ) -> Tensor {
    Tensor(shape) { index in
      let places = positions(window, index)
      let values = places.map { [index[0], index[1], $0.0, $0.1] }.filter(data.contains).map { data[$0] }
      return reduce(values, places.count)
    }
  }

  private static func mean(_ data: Tensor, _ axes: Set<Int>, _ keeps: Bool, _ shape: [Int]) -> Tensor {
    var sums: [[Int]: (Double, Double)] = [:]
    data.forEachIndex { index in
      let target = index.enumerated().compactMap { axes.contains($0.offset) ? (keeps ? 0 : nil) : $0.element }
      let (sum, count) = sums[target] ?? (0, 0)
      sums[target] = (sum + data[index], count + 1)
    }
    return Tensor(shape) { index in sums[index].map { $0.0 / $0.1 } ?? .nan }
  }
}

extension Tensor {
  /// A tensor of the numbers that a function gives for each index.
  init(_ shape: [Int], _ number: ([Int]) -> Double) {
    self.init(zeros: shape)
    var position = 0
    forEachIndex { index in
      values[position] = Float(number(index))
      position += 1
    }
  }

  func map(_ function: (Double) -> Double) -> Tensor {
    var copy = self
    copy.values = values.map { Float(function(Double($0))) }
    return copy
  }

  func contains(_ index: [Int]) -> Bool {
    zip(index, shape).allSatisfy { $0 >= 0 && $0 < $1 }
  }

  subscript(index: [Int]) -> Double {
    Double(values[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }])
  }

  /// By an index of a larger shape into which this one is repeated.
  subscript(broadcast index: [Int]) -> Double {
    self[zip(index.suffix(shape.count), shape).map { $1 == 1 ? 0 : $0 }]
  }

  func forEachIndex(_ body: ([Int]) -> Void) {
    var index = Array(repeating: 0, count: shape.count)
    for _ in 0..<count {
      body(index)
      for axis in shape.indices.reversed() {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
      }
    }
  }

  /// Numbers between -1 and 1 from a generator that repeats.
  init<Generator: RandomNumberGenerator>(random shape: [Int], using generator: inout Generator) {
    self.init(zeros: shape)
    for index in values.indices { values[index] = .random(in: -1...1, using: &generator) }
  }

  /// The largest difference between numbers at the same place; infinite where the shapes differ.
  func distance(to other: Tensor) -> Float {
    guard shape == other.shape else { return .infinity }
    return zip(values, other.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
