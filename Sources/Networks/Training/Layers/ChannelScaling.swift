extension TrainingPlan {
  /// Whether a product is that of squeeze-excitation: `[N, C, H, W] × [N, C, 1, 1]`.
  func scalesChannels(_ node: Graph.Node) throws -> Bool {
    guard node.inputs.count == 2, weights[node.inputs[1]] == nil else { return false }
    let shapes = try node.inputs.map { try value($0, at: node).layout.shape }
    return shapes[0].count == 4 && shapes[1] == Array(shapes[0][..<2]) + [1, 1]
  }

  /// oneDNN repeats an operand along height and width only in its slow reference kernel: these are loops of our
  /// own over blocks of 16 channels.
  func channelScaling(_ node: Graph.Node) throws {
    let (name, factorName) = (node.inputs[0], node.inputs[1])
    let shape = try value(name, at: node).layout.shape
    let layout = try Layout(shape, type, .channelBlocks)
    let factorLayout = try Layout(Array(shape[..<2]) + [1, 1], type, .channelBlocks)
    let source = try value(name, at: node, as: layout)
    let factor = try value(factorName, at: node, as: factorLayout)
    let output = try memory(layout)
    append(ChannelScaling(of: source, by: factor, into: output))
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: layout) else { return }
      if needsGradient(name) {
        let result = try memory(layout)
        append(ChannelScaling(of: gradient, by: factor, into: result), to: .backward)
        contribute(result, to: name)
      }
      if needsGradient(factorName) {
        let result = try memory(factorLayout)
        append(ChannelProducts(of: gradient, and: source, into: result), to: .backward)
        contribute(result, to: factorName)
      }
    }
  }
}

/// Vectors of 16 channels in a memory of `.channelBlocks`.
private struct ChannelVectors {
  private let floats: UnsafeMutablePointer<SIMD16<Float>>?
  private let halves: UnsafeMutablePointer<SIMD16<UInt16>>
  let count: Int

  init(_ memory: Memory) {
    let half = memory.layout.type == .bfloat16
    halves = memory.address.assumingMemoryBound(to: SIMD16<UInt16>.self)
    floats = half ? nil : memory.address.assumingMemoryBound(to: SIMD16<Float>.self)
    count = memory.layout.byteCount / (half ? 32 : 64)
  }

  subscript(index: Int) -> SIMD16<Float> {
    @inline(__always) get { floats?[index] ?? BFloat16Vector.widened(halves[index]) }
    @inline(__always) nonmutating set {
      if let floats { floats[index] = newValue } else { halves[index] = BFloat16Vector.narrowed(newValue) }
    }
  }
}

/// result[n, c, h, w] = source[n, c, h, w] × factor[n, c].
private final class ChannelScaling: Step {
  private let memories: (source: Memory, factor: Memory, result: Memory)

  init(of source: Memory, by factor: Memory, into result: Memory) {
    memories = (source, factor, result)
  }

  func run() {
    let (source, result) = (ChannelVectors(memories.source), ChannelVectors(memories.result))
    let factors = ChannelVectors(memories.factor)
    let positions = source.count / max(1, factors.count)
    for block in 0..<factors.count {
      let factor = factors[block]
      for index in block * positions..<(block + 1) * positions { result[index] = source[index] * factor }
    }
  }
}

/// result[n, c] = Σ first[n, c, h, w] × second[n, c, h, w].
private final class ChannelProducts: Step {
  private let memories: (first: Memory, second: Memory, result: Memory)

  init(of first: Memory, and second: Memory, into result: Memory) {
    memories = (first, second, result)
  }

  func run() {
    let (first, second) = (ChannelVectors(memories.first), ChannelVectors(memories.second))
    let result = ChannelVectors(memories.result)
    let positions = first.count / max(1, result.count)
    for block in 0..<result.count {
      var sum = SIMD16<Float>.zero
      for index in block * positions..<(block + 1) * positions { sum += first[index] * second[index] }
      result[block] = sum
    }
  }
}
