/// Eight-bit integers in place of a value's numbers: number = scale × code, cut off at the ends.
///
/// Zero is always exact, which padding and ReLU need.
struct Code: Hashable {
  /// Unsigned where no number is negative, as behind ReLU.
  let type: ElementType
  let scale: Float

  /// `nil` where the range has no extent, or one that products of scales could not bear.
  init?(_ range: ClosedRange<Float>) {
    let isSigned = range.lowerBound < 0
    let largest = max(-range.lowerBound, range.upperBound)
    guard 1e-9...1e9 ~= largest else { return nil }
    type = isSigned ? .int8 : .uint8
    scale = largest / (isSigned ? 127 : 255)
  }

  /// A convolution's weights `[out, in, h, w]` as integers from -127 to 127, with a scale for each output channel.
  static func weights(_ tensor: Tensor) -> (integers: Tensor, scales: [Float]) {
    var integers = tensor
    let run = tensor.count / max(1, tensor.shape.first ?? 1)
    let scales = (0..<(tensor.shape.first ?? 0)).map { channel -> Float in
      let places = channel * run..<(channel + 1) * run
      let largest = tensor.values[places].reduce(0) { max($0, abs($1)) }
      let scale = largest > 1e-9 ? largest / 127 : 1
      for place in places { integers.values[place] = (tensor.values[place] / scale).rounded() }
      return scale
    }
    return (integers, scales)
  }
}

/// Which convolutions multiply integers, and which values pass between them without becoming floats.
struct CodePlan {
  /// How to write the values whose range is known.
  let codes: [String: Code]
  /// Values that exist as codes alone.
  private(set) var kept: Set<String> = []

  init(_ ranges: [String: ClosedRange<Float>], _ steps: [FusedNode], outputs: [String]) {
    codes = ranges.compactMapValues { Code($0) }
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
    guard case .convolution(_, groups: 1) = step.node.operation else { return nil }
    return codes[step.node.inputs[0]]
  }

  private func canGiveCode(_ step: FusedNode) -> Bool {
    guard code(readBy: step) != nil, let code = codes[step.output] else { return false }
    // The functions are applied to number ÷ scale: only those that scale along may be.
    let scalesAlong = step.activations.allSatisfy {
      switch $0 {
      case .relu, .leakyRelu: true
      default: false
      }
    }
    return scalesAlong && step.residual.map { codes[$0]?.type == code.type } ?? true
  }
}
