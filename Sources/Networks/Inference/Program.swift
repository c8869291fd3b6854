/// A network compiled for input of one shape: primitives in order, over memory that was planned once.
final class Program {
  private let processor: Processor
  private let actions: [() throws -> Void]
  private let input: Memory
  private let outputs: [Memory]
  let outputShapes: [[Int]]
  /// Bytes of working memory, without weights.
  let byteCount: Int

  /// Bytes of working memory at most.
  static let largestByteCount = 1 << 31

  init(_ graph: Graph, input shape: [Int], _ form: InferenceForm, on processor: Processor) throws {
    processor.claimThreads()
    let compilation = try Compilation(graph, input: shape, form, on: processor)
    let plan = MemoryPlan(compilation.lifetimes)
    guard plan.byteCount <= Self.largestByteCount else {
      throw GraphError(
        source: graph.name, "needs \(plan.byteCount >> 20) MiB of working memory for an input of \(shape)")
    }
    let block = Buffer(byteCount: plan.byteCount)
    func memory(_ place: Place) throws -> Memory {
      switch place {
      case .constant(let memory): return memory
      case .slot(let index, let layout):
        return try Memory(layout, on: processor, in: block, at: plan.offsets[index])
      }
    }
    actions = try compilation.instructions.map { instruction in
      switch instruction {
      case .primitive(let description, let arguments):
        let primitive = try Primitive(description, arguments.mapValues(memory), on: processor)
        return primitive.run
      case .fill(let place, let value):
        let memory = try memory(place)
        return { memory.floats.update(repeating: value) }
      }
    }
    input = try memory(compilation.input)
    outputs = try compilation.outputs.map(memory)
    outputShapes = outputs.map(\.layout.shape)
    byteCount = plan.byteCount
    self.processor = processor
  }

  /// Runs one item; each output's numbers are appended to the result at its position.
  func run(_ numbers: UnsafeBufferPointer<Float>, appendingTo results: inout [[Float]]) throws {
    guard numbers.count == input.floats.count else {
      throw NetworksError.wrongCount(name: "input", expected: input.floats.count, found: numbers.count)
    }
    processor.claimThreads()
    _ = input.floats.update(fromContentsOf: numbers)
    for action in actions { try action() }
    for (index, output) in outputs.enumerated() { results[index].append(contentsOf: output.floats) }
  }
}

extension Compilation {
  /// From when to when each slot holds something that is still to be read. Input and outputs are copied in
  /// before the first instruction and out after the last.
  var lifetimes: [MemoryPlan.Lifetime] {
    let never = MemoryPlan.Lifetime(byteCount: 0, first: Int.max, last: 0)
    var lifetimes = slotSizes.map { size in
      var lifetime = never
      lifetime.byteCount = size
      return lifetime
    }
    func touch(_ place: Place, at time: Int) {
      guard case .slot(let index, _) = place else { return }
      lifetimes[index].first = min(lifetimes[index].first, time)
      lifetimes[index].last = max(lifetimes[index].last, time)
    }
    touch(input, at: 0)
    for (time, instruction) in instructions.enumerated() {
      for place in instruction.places { touch(place, at: time) }
    }
    for output in outputs { touch(output, at: instructions.count) }
    return lifetimes
  }
}
