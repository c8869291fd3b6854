extension TrainingPlan {
  /// Sets a share `ratio` of the elements to zero and divides the others by what is left, 1 - ratio.
  func dropout(_ node: Graph.Node, ratio: Float) throws {
    guard ratio >= 0, ratio < 1 else {
      throw NetworksError.invalidGraph(node: node.name, reason: "dropout ratio \(ratio) is not in 0..<1")
    }
    if ratio == 0 { return try identity(node) }
    let source = try value(node.inputs[0], at: node)
    let (mask, output) = (try memory(source.layout), try memory(source.layout))
    let description = try PrimitiveDescription.binary(
      .multiply, source.layout, mask.layout, destination: output.layout,
      attributes: Attributes([.activation(.linear(scale: 1 / (1 - ratio), shift: 0))]), on: processor)
    append(
      DropoutMask(mask, ratio: ratio, layer: randomness.nextLayer(), randomness: randomness),
      to: .training)
    try append(
      description, [.source: source, .secondSource: mask, .destination: output], to: .training)
    append(try Primitive.reorder(source, to: output, on: processor), to: .evaluation)
    define(node.outputs[0], output, from: node.inputs)

    whenBackward { [unowned self] in
      guard let gradient = try gradient(of: node.outputs[0], as: output.layout),
        needsGradient(node.inputs[0])
      else { return }
      let result = try memory(output.layout)
      try append(
        description, [.source: gradient, .secondSource: mask, .destination: result], to: .backward)
      contribute(result, to: node.inputs[0])
    }
  }
}

/// Where dropout's randomness comes from: a function of seed, pass and layer alone, so that a resumed training
/// draws the same masks as an uninterrupted one.
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

  /// Sixteen states that are not zero, by SplitMix64 (Steele, Lea and Flood 2014) over seed, pass and layer.
  func states(layer: UInt64) -> SIMD16<UInt32> {
    var state = seed
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    for part in [pass, layer] { state = next() ^ part }
    var states = SIMD16<UInt32>()
    for lane in states.indices { states[lane] = UInt32(truncatingIfNeeded: next() >> 32) | 1 }
    return states
  }
}

/// Draws ones and zeros: zero with probability `ratio`, in steps of 2⁻¹⁶.
///
/// Sixteen xorshift generators (Marsaglia 2003) side by side: shifts and exclusive ors are what every processor
/// does to whole vectors. Each number serves two elements.
final class DropoutMask: Step {
  private let mask: Memory
  private let layer: UInt64
  private let randomness: DropoutRandomness
  private let threshold: Int32

  init(_ mask: Memory, ratio: Float, layer: UInt64, randomness: DropoutRandomness) {
    self.mask = mask
    self.layer = layer
    self.randomness = randomness
    threshold = Int32(ratio * 0x1p16)
  }

  func run() {
    // Buffers are whole cache lines, so that whole vectors may be written.
    if mask.layout.type == .bfloat16 { drawHalves() } else { drawFloats() }
  }

  /// Two neighbouring elements of 16 bits lie in each lane of 32.
  private func drawHalves() {
    let pairs = mask.address.assumingMemoryBound(to: SIMD16<UInt32>.self)
    var states = randomness.states(layer: layer)
    let one = SIMD16<UInt32>(repeating: 0x3F80)
    for index in 0..<(mask.layout.byteCount + 63) / 64 {
      Self.advance(&states)
      let low = one & kept(states & 0xFFFF)
      let high = one & kept(states &>> 16)
      pairs[index] = low | high &<< 16
    }
  }

  private func drawFloats() {
    let elements = mask.address.assumingMemoryBound(to: SIMD16<UInt32>.self)
    var states = randomness.states(layer: layer)
    let one = SIMD16<UInt32>(repeating: Float(1).bitPattern)
    let count = (mask.layout.byteCount + 63) / 64
    for index in stride(from: 0, to: count, by: 2) {
      Self.advance(&states)
      elements[index] = one & kept(states & 0xFFFF)
      guard index + 1 < count else { return }
      elements[index + 1] = one & kept(states &>> 16)
    }
  }

  @inline(__always)
  private static func advance(_ states: inout SIMD16<UInt32>) {
    states ^= states &<< 13
    states ^= states &>> 17
    states ^= states &<< 5
  }

  /// All ones where a number of 16 bits is not below the threshold: the sign of their difference, spread. A SIMD
  /// mask would say the same, but the compiler takes such a mask apart lane by lane (sixteen times as long).
  @inline(__always)
  private func kept(_ numbers: SIMD16<UInt32>) -> SIMD16<UInt32> {
    let difference = SIMD16<Int32>(truncatingIfNeeded: numbers) &- threshold
    return ~SIMD16<UInt32>(truncatingIfNeeded: difference &>> 31)
  }
}
