/// Eight-bit integers in place of a value's numbers: number = scale × code from 0 to 255, cut off at the end.
///
/// Zero is always exact, which padding and ReLU need.
struct Code: Hashable {
  let scale: Float

  /// `nil` where numbers are negative (behind ReLU none is; elsewhere processors without VNNI would halve the
  /// weights' precision), and where the range has no extent or one that products of scales could not bear.
  init?(_ range: ClosedRange<Float>) {
    guard range.lowerBound >= 0, 1e-9...1e9 ~= range.upperBound else { return nil }
    scale = range.upperBound / 255
  }

  /// A convolution's weights `[out, in, h, w]` as integers, with a scale for each output channel.
  ///
  /// - Parameter inPairs: for processors without VNNI, which add the products of two neighbouring input channels in
  ///   16 bits before they widen (`vpmaddubsw`): the scale leaves no two weights of one sign that would overflow
  ///   there, which costs a fraction of a bit.
  static func weights(
    _ tensor: Tensor, inPairs: Bool = !Processor.sumsInt8In32Bits
  ) -> (integers: Tensor, scales: [Float]) {
    var integers = tensor
    let run = tensor.count / max(1, tensor.shape.first ?? 1)
    let scales = (0..<(tensor.shape.first ?? 0)).map { channel -> Float in
      let places = channel * run..<(channel + 1) * run
      let weights = tensor.values[places]
      let largest =
        inPairs
        ? largestPair(weights, plane: run / max(1, tensor.shape[1]))
        : weights.reduce(0) { max($0, abs($1)) }
      // 127, so that two that are rounded up still keep 128 × 255 below 2^15.
      let scale = largest > 1e-9 ? largest / 127 : 1
      for place in places { integers.values[place] = (tensor.values[place] / scale).rounded() }
      return scale
    }
    return (integers, scales)
  }

  /// The largest sum, in size, of a weight and its neighbour of the same sign: input channels 2n and 2n + 1, one tap.
  private static func largestPair(_ weights: ArraySlice<Float>, plane: Int) -> Float {
    stride(from: weights.startIndex, to: weights.endIndex, by: 2 * plane).reduce(0) { largest, first in
      (first..<first + plane).reduce(largest) { largest, place in
        let one = weights[place]
        let other = place + plane < weights.endIndex ? weights[place + plane] : 0
        return max(largest, one * other > 0 ? abs(one + other) : max(abs(one), abs(other)))
      }
    }
  }
}

/// Which convolutions multiply integers, and which values pass between them without becoming floats.
struct CodePlan {
  /// How to write the values whose range is known.
  let codes: [String: Code]
  /// Values that exist as codes alone.
  private(set) var kept: Set<String> = []
  /// Weights that stay floats.
  private let floats: Set<String>

  init(
    _ ranges: [String: ClosedRange<Float>], _ steps: [FusedNode], outputs: [String], floats: Set<String> = []
  ) {
    codes = ranges.compactMapValues { Code($0) }
    self.floats = floats
    var readers: [String: [FusedNode]] = [:]
    for step in steps {
      for name in Set(step.node.inputs + [step.residual].compactMap(\.self)) {
        readers[name, default: []].append(step)
      }
    }
    // From the end, since whether a sum takes a code depends on whether it gives one.
    for step in steps.reversed() where !outputs.contains(step.output) && canGiveCode(step) {
      let all = readers[step.output, default: []].allSatisfy { reader in
        let isSource = step.output == reader.node.inputs[0] && code(readBy: reader) != nil
        let isSummand = step.output == reader.residual && kept.contains(reader.output)
        return isSource || isSummand
      }
      if all { kept.insert(step.output) }
    }
  }

  /// The code in which a step reads its input; `nil` where it computes with floats.
  func code(readBy step: FusedNode) -> Code? {
    guard case .convolution(_, groups: 1) = step.node.operation, !floats.contains(step.node.inputs[1])
    else { return nil }
    return codes[step.node.inputs[0]]
  }

  private func canGiveCode(_ step: FusedNode) -> Bool {
    guard code(readBy: step) != nil, codes[step.output] != nil else { return false }
    // The functions are applied to number ÷ scale: only those that scale along may be.
    let scalesAlong = step.activations.allSatisfy {
      switch $0 {
      case .relu, .leakyRelu: true
      default: false
      }
    }
    return scalesAlong && step.residual.map { codes[$0] != nil } ?? true
  }
}

extension Graph {
  /// Weights of convolutions that have fewer than `least` at a tap.
  func narrowWeights(below least: Int) -> Set<String> {
    Set(parameters.filter { $1.shape.count == 4 && $1.shape[0] * $1.shape[1] < least }.keys)
  }
}
