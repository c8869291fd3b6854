/// A network ready to run, for one task at a time: make one for each worker from a graph that they share.
///
/// Batch normalizations are folded, activations and residual sums fused, and memory is planned once for each
/// shape of input. Every item of a batch is computed alone: its numbers are the same, bit for bit, in whatever
/// company it comes, and one thread is fastest that way too.
public final class Network {
  public let graph: Graph
  public let form: InferenceForm
  private let simplified: Graph
  private let processor: Processor
  private var programs: [(shape: [Int], program: Program)] = []
  private var observer: RangeObserver?

  /// Of a network in `Precision.observing`: `graph.ranges` as they would be after what it ran so far.
  public var ranges: [String: ClosedRange<Float>] { observer?.ranges ?? [:] }

  /// Shapes of input for which compiled programs are kept.
  private static let programLimit = 8

  /// - Parameters:
  ///   - form: the numbers that it computes with, and the order of those that it is given.
  ///   - threads: threads of this network's own; leave it at 1 where workers run side by side.
  /// - Throws: `GraphError` where the graph does not hold together.
  public init(_ graph: Graph, _ form: InferenceForm = InferenceForm(), threads: Int = 1) throws {
    self.graph = graph
    self.form = form
    var simplified = try graph.simplified()
    if form.precision == .observing {
      let observer = RangeObserver(simplified)
      simplified.outputs += observer.names
      self.observer = observer
    }
    self.simplified = simplified
    processor = try Processor(threads: threads)
  }

  /// Runs a batch.
  ///
  /// - Parameter input: `[batch, …]`; what follows the batch may be of any size that the graph allows. With
  ///   `channelsLast` its numbers stand row by row, the channels of a pixel together; the shape stays
  ///   `[batch, channels, height, width]`.
  /// - Returns: the graph's outputs in order, the batch first. For outputs that have no batch dimension in
  ///   front, items follow each other along the first dimension.
  /// - Throws: `GraphError` where the size does not suit the network, `NetworksError` from oneDNN.
  public func run(_ input: Tensor) throws -> [Tensor] {
    try input.values.withUnsafeBufferPointer { try run($0, shape: input.shape) }
  }

  /// As `run(_:)`, on numbers that stay where they are.
  public func run(_ numbers: UnsafeBufferPointer<Float>, shape: [Int]) throws -> [Tensor] {
    guard let batch = shape.first, batch >= 0, Tensor.count(of: shape) == numbers.count else {
      throw NetworksError.wrongCount(
        name: "input of shape \(shape)", expected: Tensor.count(of: shape) ?? 0, found: numbers.count)
    }
    let program = try program(for: [1] + shape.dropFirst())
    let count = batch == 0 ? 0 : numbers.count / batch
    var results = program.outputShapes.map { _ in [Float]() }
    for item in 0..<batch {
      let start = item * count
      try program.run(UnsafeBufferPointer(rebasing: numbers[start..<start + count]), appendingTo: &results)
    }
    let tensors = zip(program.outputShapes, results).compactMap { shape, values in
      Tensor(shape: [batch * (shape.first ?? 1)] + shape.dropFirst(), values: values)
    }
    observer?.observe(tensors.dropFirst(graph.outputs.count))
    return Array(tensors.prefix(graph.outputs.count))
  }

  private func program(for shape: [Int]) throws -> Program {
    if let index = programs.firstIndex(where: { $0.shape == shape }) {
      // The last used stays longest.
      programs.append(programs.remove(at: index))
      return programs[programs.count - 1].program
    }
    let program = try Program(simplified, input: shape, form, on: processor)
    if programs.count == Self.programLimit { programs.removeFirst() }
    programs.append((shape, program))
    return program
  }
}
