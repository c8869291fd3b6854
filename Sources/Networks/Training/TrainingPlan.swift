/// Anything that a pass runs in its turn.
protocol Step: AnyObject {
  func run() throws
}

extension Primitive: Step {}

/// The element type of activations and of weights in products; sums, statistics and master weights are
/// always float32.
public enum Precision: String, Sendable, Codable, CaseIterable {
  case float32, bfloat16

  /// What a training computes in that asks for it: float32 where bfloat16 would be slower on this CPU.
  public var onThisProcessor: Precision {
    Processor.gainsByBFloat16 ? self : .float32
  }
}

/// A graph compiled for one batch size: the steps of each pass, with all their memories.
///
/// Layers are compiled in the graph's order. Each leaves behind how its backward pass is compiled, and
/// those run in the opposite order, when the gradients of a layer's outputs are known.
final class TrainingPlan {
  let processor: Processor
  let type: ElementType
  let weights: ParameterArena
  /// Running means and variances.
  let statistics: ParameterArena
  let gradientBuffer: Buffer
  /// Whether small pictures are convolved side by side.
  let usesStrips: Bool
  let randomness: DropoutRandomness

  private(set) var trainingSteps: [Step] = []
  private(set) var evaluationSteps: [Step] = []
  private(set) var backwardSteps: [Step] = []

  /// By the name of their output.
  var softmaxLayers: [String: Softmax] = [:]
  /// Values that are batch normalized and nothing else. A bias in front has the gradient zero, since the mean is taken
  /// off: what rounding would leave of it, Adam makes steps of the full rate of, and the running means lag behind a
  /// bias that wanders.
  var normalizedAlone: Set<String> = []

  private var values: [String: Memory] = [:]
  private var needingGradient: Set<String> = []
  private var gradients: [String: [Memory]] = [:]
  private var backwardCompilers: [() throws -> Void] = []
  private var parametersWithGradient: Set<String> = []

  enum Pass { case both, training, evaluation, backward }

  init(
    processor: Processor, precision: Precision, weights: ParameterArena, statistics: ParameterArena,
    seed: UInt64, usesStrips: Bool
  ) {
    self.processor = processor
    type = precision == .bfloat16 ? .bfloat16 : .float32
    self.weights = weights
    self.statistics = statistics
    self.usesStrips = usesStrips
    gradientBuffer = weights.companion()
    randomness = DropoutRandomness(seed: seed)
  }

  // MARK: Steps

  func append(_ step: Step, to pass: Pass = .both) {
    switch pass {
    case .both:
      trainingSteps.append(step)
      evaluationSteps.append(step)
    case .training: trainingSteps.append(step)
    case .evaluation: evaluationSteps.append(step)
    case .backward: backwardSteps.append(step)
    }
  }

  func append(
    _ description: PrimitiveDescription, _ arguments: [Argument: Memory], to pass: Pass = .both
  ) throws {
    append(try Primitive(description, arguments, on: processor), to: pass)
  }

  /// Leaves behind how the backward pass of the layer at hand is compiled.
  func whenBackward(_ compile: @escaping () throws -> Void) {
    backwardCompilers.append(compile)
  }

  func compileBackward() throws {
    while let compile = backwardCompilers.popLast() { try compile() }
    gradients = [:]
  }

  // MARK: Values

  func memory(_ layout: Layout) throws -> Memory { try Memory(layout, on: processor) }

  func value(_ name: String, at node: Graph.Node) throws -> Memory {
    if let value = values[name] { return value }
    guard let segment = weights[name] else {
      throw NetworksError.invalidGraph(node: node.name, reason: "input \(name) is not known")
    }
    let shape = segment.shape.isEmpty ? [1] : segment.shape
    return try weights.memory(segment, as: Layout(shape), on: processor)
  }

  /// The value in the given layout, converted once where it is in another.
  func value(_ name: String, at node: Graph.Node, as layout: Layout) throws -> Memory {
    let value = try value(name, at: node)
    return try convert(value, to: layout, pass: .both)
  }

  /// Sets the result of a node; `sources` are the values on which its gradient depends.
  func define(_ name: String, _ memory: Memory, from sources: [String]) {
    values[name] = memory
    if sources.contains(where: needsGradient) { needingGradient.insert(name) }
  }

  /// Whether anything before the value is trained.
  func needsGradient(_ name: String) -> Bool {
    needingGradient.contains(name) || weights[name] != nil
  }

  /// A result of the graph in row-major float32.
  func output(_ name: String) throws -> Memory {
    guard let value = values[name] else {
      throw NetworksError.invalidGraph(node: name, reason: "no node computes this output")
    }
    return try convert(value, to: Layout(value.layout.shape), pass: .both)
  }

  func convert(_ memory: Memory, to layout: Layout, pass: Pass) throws -> Memory {
    guard memory.layout != layout else { return memory }
    let target = try self.memory(layout)
    append(try Primitive.reorder(memory, to: target, on: processor), to: pass)
    return target
  }

  // MARK: Gradients

  /// Adds to the gradient of a value; each of its users calls this once.
  func contribute(_ gradient: Memory, to name: String) {
    gradients[name, default: []].append(gradient)
  }

  /// The sum of what the value's users contributed; `nil` where nobody did.
  func gradient(of name: String, as layout: Layout) throws -> Memory? {
    guard let contributions = gradients.removeValue(forKey: name), let first = contributions.first
    else { return nil }
    if contributions.count == 1 { return try convert(first, to: layout, pass: .backward) }
    let aligned = try contributions.map { try convert($0, to: layout, pass: .backward) }
    let total = try memory(layout)
    let description = try PrimitiveDescription.sum(
      aligned.map(\.layout), destination: layout, on: processor)
    var arguments: [Argument: Memory] = [.destination: total]
    for (position, memory) in aligned.enumerated() { arguments[.source(position)] = memory }
    try append(description, arguments, to: .backward)
    return total
  }

  /// Compiles what writes a parameter's gradient. `write` gets a memory of the layout to write to; where a
  /// parameter is used more than once, the later gradients are added to the first.
  func parameterGradient(
    _ segment: ParameterArena.Segment, as layout: Layout, _ write: (Memory) throws -> Void
  ) throws {
    let own = try weights.memory(segment, as: layout, in: gradientBuffer, on: processor)
    if parametersWithGradient.insert(segment.name).inserted { return try write(own) }
    let other = try memory(layout)
    try write(other)
    append(Accumulation(of: other, into: own), to: .backward)
  }
}

/// Adds one float32 memory to another.
final class Accumulation: Step {
  private let addend: Memory
  private let sum: Memory

  init(of addend: Memory, into sum: Memory) {
    self.addend = addend
    self.sum = sum
  }

  func run() {
    let (addend, sum) = (addend.floats, sum.floats)
    for index in sum.indices { sum[index] += addend[index] }
  }
}
