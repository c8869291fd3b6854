import Networks

/// Where among a network's outputs the numbers of a face lie.
struct NetworkAnswer: Sendable {
  /// Among the network's outputs.
  let position: Int
  /// Whether the network ends in softmax itself.
  let givesProbabilities: Bool

  /// - Parameters:
  ///   - output: the output's name; a network with one output needs none.
  ///   - count: numbers for a face, one a label.
  /// - Throws: `BundleError` where there is no such output, or it gives another count.
  init(_ graph: Graph, _ input: ChipInput, output: String?, count: Int, file: String) throws {
    guard let name = output ?? (graph.outputs.count == 1 ? graph.outputs.first : nil),
      let position = graph.outputs.firstIndex(of: name)
    else {
      throw BundleError(
        file: file,
        "has the outputs \(graph.outputs.joined(separator: ", ")); name one of them in the manifest's output")
    }
    let given = try graph.shapes(input: [1] + input.shape)[name]?.known.flatMap { Tensor.count(of: $0) }
    guard given == count else {
      throw BundleError(
        file: file,
        "must give \(count) numbers for a face, one a label; \(name) gives \(given.map(String.init) ?? "an unknown count"). "
          + "Name what each stands for, in their order: --labels, or labels in the manifest")
    }
    self.position = position
    givesProbabilities = Self.endsInSoftmax(graph, name)
  }

  private static func endsInSoftmax(_ graph: Graph, _ output: String) -> Bool {
    var name = output
    while let node = graph.nodes.first(where: { $0.outputs.contains(name) }) {
      switch node.operation {
      case .softmax: return true
      case .reshape, .flatten, .squeeze, .unsqueeze, .identity, .dropout: name = node.inputs[0]
      default: return false
      }
    }
    return false
  }
}
