/// Where a value lies: a slot of the working memory, or a constant of its own. Several values may share a slot.
enum Place {
  case slot(Int, Layout)
  case constant(Memory)

  var layout: Layout {
    switch self {
    case .slot(_, let layout): layout
    case .constant(let memory): memory.layout
    }
  }
}

/// What a program does next.
enum Instruction {
  case primitive(PrimitiveDescription, [Argument: Place])
  case fill(Place, value: Float)

  var places: [Place] {
    switch self {
    case .primitive(_, let arguments): Array(arguments.values)
    case .fill(let place, _): [place]
    }
  }
}

/// Turns a graph's steps into oneDNN's primitives for one shape of input. Each primitive chooses the layout that
/// suits it best; where two neighbours disagree, a reorder goes between.
struct Compilation {
  let graph: Graph
  let processor: Processor
  /// What layers with weights multiply, and what passes from layer to layer.
  let precision: ElementType
  let shapes: [String: [Int]]
  private(set) var instructions: [Instruction] = []
  private(set) var slotSizes: [Int] = []
  private(set) var input: Place
  private(set) var outputs: [Place] = []
  private var places: [String: Place] = [:]
  let plan: CodePlan
  /// Values as integers; one may lie here and among the floats.
  var codedPlaces: [String: Place] = [:]

  /// Bytes that constants may still take.
  private var constantBudget: Int

  /// Bytes of constants at most: they are made for every node that uses one, before the working memory is planned.
  static let largestConstants = 1 << 31
  /// Floats of one value at most: a network that needs more is refused rather than tried.
  static let largestValue = 1 << 28

  init(
    _ graph: Graph, input shape: [Int], _ form: InferenceForm, on processor: Processor,
    constants budget: Int = largestConstants
  ) throws {
    guard graph.inputs.count == 1 else {
      throw GraphError(
        source: graph.name, "takes \(graph.inputs.count) inputs; networks of one input are run")
    }
    self.graph = graph
    constantBudget = budget
    self.processor = processor
    precision = form.precision.elementType
    shapes = try graph.shapes(input: shape).compactMapValues(\.known)
    let steps = graph.fused(shapes: shapes)
    plan = CodePlan(
      form.precision == .int8 ? graph.ranges : [:], steps, outputs: graph.outputs,
      floats: graph.narrowWeights(below: form.fewestWeights))
    input = .slot(0, try Layout(shape))
    for (name, shape) in shapes {
      guard let count = Tensor.count(of: shape), 1...Self.largestValue ~= count else {
        throw GraphError(
          source: graph.name, "has a value \"\(name)\" of shape \(shape), which cannot be computed")
      }
    }
    input = try newSlot(Layout(shape, .float32, form.channelsLast ? .channelsLast : .rowMajor))
    places[graph.inputs[0].name] = input
    for step in steps {
      do {
        let place = try compile(step)
        if plan.kept.contains(step.output) {
          codedPlaces[step.output] = place
        } else {
          places[step.output] = place
        }
      } catch let error as NetworksError {
        throw GraphError(
          source: graph.name, operatorName: step.node.operation.name, node: step.node.name, "\(error)")
      }
    }
    outputs = try graph.outputs.map { try rowMajor(place(of: $0)) }
  }

  // MARK: Places

  mutating func newSlot(_ layout: Layout) throws -> Place {
    slotSizes.append(layout.byteCount)
    return .slot(slotSizes.count - 1, layout)
  }

  mutating func emit(_ description: PrimitiveDescription, _ arguments: [Argument: Place]) {
    instructions.append(.primitive(description, arguments))
  }

  mutating func fill(_ place: Place, with value: Float) {
    instructions.append(.fill(place, value: value))
  }

  mutating func place(of name: String) throws -> Place {
    if let place = places[name] { return place }
    guard let tensor = graph.parameters[name] else {
      throw GraphError(source: graph.name, "uses \"\(name)\", which nothing gives")
    }
    let place = try constant(tensor)
    places[name] = place
    return place
  }

  /// A constant in row-major order; a scalar becomes one dimension.
  mutating func constant(_ tensor: Tensor, as shape: [Int]? = nil) throws -> Place {
    let shape = shape ?? tensor.shape
    let memory = try constantMemory(Layout(shape.isEmpty ? [1] : shape))
    guard memory.floats.count == tensor.count else {
      throw NetworksError.wrongCount(name: "parameter", expected: memory.floats.count, found: tensor.count)
    }
    _ = memory.floats.update(fromContentsOf: tensor.values)
    return .constant(memory)
  }

  /// A parameter in the layout that a primitive wants, reordered now rather than at every run.
  mutating func constant(_ tensor: Tensor, as shape: [Int], in layout: Layout) throws -> Place {
    let plain = try constant(tensor, as: shape)
    guard case .constant(let memory) = plain, layout != memory.layout else { return plain }
    // The plain one does not stay.
    constantBudget += memory.layout.byteCount
    let wanted = try constantMemory(layout)
    try Primitive.reorder(memory, to: wanted, on: processor).run()
    return .constant(wanted)
  }

  mutating func zeros(_ shape: [Int]) throws -> Place {
    let memory = try constantMemory(Layout(shape))
    memory.floats.update(repeating: 0)
    return .constant(memory)
  }

  private mutating func constantMemory(_ layout: Layout) throws -> Memory {
    constantBudget -= layout.byteCount
    guard constantBudget >= 0 else {
      throw GraphError(
        source: graph.name, "needs more constants than memory is for; export a smaller network")
    }
    return try Memory(layout, on: processor)
  }

  func parameter(_ name: String, of node: Graph.Node) throws -> Tensor {
    guard let tensor = graph.parameters[name] else {
      throw GraphError(
        source: graph.name, operatorName: node.operation.name, node: node.name,
        "has weights that are computed while it runs, which is not supported")
    }
    return tensor
  }

  /// The value in another layout; the same place where it is in that layout already.
  mutating func reordered(_ place: Place, to layout: Layout) throws -> Place {
    if place.layout == layout { return place }
    let result = try newSlot(layout)
    emit(
      try .reorder(place.layout, to: layout, on: processor), [.source: place, .destination: result])
    return result
  }

  mutating func rowMajor(_ place: Place) throws -> Place {
    try reordered(place, to: Layout(place.layout.shape))
  }

  /// The same memory in another shape of as many elements; both in row-major order.
  mutating func reshaped(_ place: Place, to shape: [Int]) throws -> Place {
    let plain = try rowMajor(place)
    let layout = try Layout(shape)
    return switch plain {
    case .slot(let index, _): .slot(index, layout)
    case .constant(let memory): .constant(try memory.viewed(as: layout, on: processor))
    }
  }
}
