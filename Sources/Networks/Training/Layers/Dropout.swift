extension TrainingPlan {
  func dropout(_ node: Graph.Node, ratio: Float) throws {
    guard ratio >= 0, ratio < 1 else {
      throw NetworksError.invalidGraph(node: node.name, reason: "dropout ratio \(ratio) is not in 0..<1")
    }
    if ratio == 0 { return try identity(node) }
    let source = try value(node.inputs[0], at: node)
    let output = try memory(source.layout)
    let layer = randomness.nextLayer()
    append(
      Dropout(from: source, to: output, ratio: ratio, layer: layer, randomness: randomness),
      to: .training)
    append(try Primitive.reorder(source, to: output, on: processor), to: .evaluation)
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: output.layout),
        needsGradient(node.inputs[0])
      else { return }
      let result = try memory(gradient.layout)
      append(
        Dropout(from: gradient, to: result, ratio: ratio, layer: layer, randomness: randomness),
        to: .backward)
      contribute(result, to: node.inputs[0])
    }
  }
}

/// Where dropout's randomness comes from: a function of seed, layer, pass and element, so that the backward
/// pass draws the same mask again and a resumed training the same masks as an uninterrupted one.
final class DropoutRandomness {
  var seed: UInt64
  /// Forward passes in training so far.
  var pass: UInt64 = 0
  private var layers: UInt64 = 0

  init(seed: UInt64) { self.seed = seed }

  func nextLayer() -> UInt64 {
    layers += 1
    return layers
  }

  /// SplitMix64's finalizer (Steele, Lea and Flood 2014) over seed, pass and layer.
  func key(layer: UInt64) -> UInt32 {
    var state = seed
    for part in [pass, layer] {
      state = (state ^ part) &+ 0x9E37_79B9_7F4A_7C15
      state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
      state ^= state >> 31
    }
    return UInt32(truncatingIfNeeded: state ^ (state >> 32))
  }
}

/// Sets a share `ratio` of the elements to zero and divides the others by what is left, 1 - ratio.
final class Dropout: Step {
  private let source: Memory
  private let destination: Memory
  private let layer: UInt64
  private let randomness: DropoutRandomness
  private let threshold: UInt32
  private let factor: Float

  init(
    from source: Memory, to destination: Memory, ratio: Float, layer: UInt64,
    randomness: DropoutRandomness
  ) {
    self.source = source
    self.destination = destination
    self.layer = layer
    self.randomness = randomness
    threshold = UInt32(Double(ratio) * 0x1p32)
    factor = 1 / (1 - ratio)
  }

  func run() {
    let key = randomness.key(layer: layer)
    let size = min(source.layout.byteCount, destination.layout.byteCount)
    // Buffers end on a multiple of 64 bytes, so whole vectors may be read and written.
    if source.layout.type == .bfloat16 {
      let from = source.address.assumingMemoryBound(to: SIMD16<UInt16>.self)
      let to = destination.address.assumingMemoryBound(to: SIMD16<UInt16>.self)
      for index in 0..<(size + 31) / 32 {
        let kept = Self.hash(UInt32(truncatingIfNeeded: index), key) .>= threshold
        let values = BFloat16Vector.widened(from[index]) * factor
        to[index] = BFloat16Vector.narrowed(values).replacing(with: 0, where: .!BFloat16Vector.mask(kept))
      }
    } else {
      let from = source.address.assumingMemoryBound(to: SIMD16<Float>.self)
      let to = destination.address.assumingMemoryBound(to: SIMD16<Float>.self)
      for index in 0..<(size + 63) / 64 {
        let kept = Self.hash(UInt32(truncatingIfNeeded: index), key) .>= threshold
        to[index] = (from[index] * factor).replacing(with: 0, where: .!kept)
      }
    }
  }

  /// MurmurHash3's 32-bit finalizer (Appleby) over sixteen neighbouring counters.
  @inline(__always)
  private static func hash(_ index: UInt32, _ key: UInt32) -> SIMD16<UInt32> {
    let lanes = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    var state = (lanes &+ (index &* 16)) &* 0x9E37_79B9 ^ SIMD16(repeating: key)
    state = (state ^ (state &>> 16)) &* 0x85EB_CA6B
    state = (state ^ (state &>> 13)) &* 0xC2B2_AE35
    return state ^ (state &>> 16)
  }
}
