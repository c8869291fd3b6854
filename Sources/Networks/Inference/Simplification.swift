extension Graph {
  /// The same function with less to compute: what does nothing goes, constants move into weights.
  func simplified() throws -> Graph {
    var graph = self
    graph.removeIdentities()
    graph.foldPadding()
    let shapes = try graph.shapes()
    graph.foldBatchNormalizations(shapes: shapes)
    graph.turnProductsIntoDenseLayers(shapes: shapes)
    return graph
  }

  /// Nodes that read each value, as positions in `nodes`.
  var consumers: [String: [Int]] {
    var result: [String: [Int]] = [:]
    for (position, node) in nodes.enumerated() {
      for input in Set(node.inputs) { result[input, default: []].append(position) }
    }
    return result
  }

  /// The one node that reads a value, where the value is nothing's result besides.
  func onlyConsumer(of value: String, in consumers: [String: [Int]]) -> Int? {
    guard let found = consumers[value], found.count == 1, !outputs.contains(value) else { return nil }
    return found[0]
  }

  /// Drops what passes its input on: identities, and dropout, which does nothing outside training.
  mutating func removeIdentities() {
    var sources: [String: String] = [:]
    var kept: [Node] = []
    for var node in nodes {
      node.inputs = node.inputs.map { sources[$0] ?? $0 }
      switch node.operation {
      case .identity, .dropout:
        // A result keeps its name, so its node stays.
        guard outputs.contains(node.outputs[0]) else {
          sources[node.outputs[0]] = node.inputs[0]
          continue
        }
        node.operation = .identity
        kept.append(node)
      default: kept.append(node)
      }
    }
    nodes = kept
  }

  /// Zero padding in front of a convolution becomes the convolution's own.
  mutating func foldPadding() {
    let readers = consumers
    var dropped = Set<Int>()
    for (position, node) in nodes.enumerated() {
      guard case .pad(let pads, value: 0) = node.operation, pads.count == 8,
        [0, 1, 4, 5].allSatisfy({ pads[$0] == 0 }),
        let reader = onlyConsumer(of: node.outputs[0], in: readers),
        case .convolution(var window, let groups) = nodes[reader].operation,
        nodes[reader].inputs[0] == node.outputs[0]
      else { continue }
      window.pads = zip(window.pads, [pads[2], pads[3], pads[6], pads[7]]).map { $0 + $1 }
      nodes[reader].operation = .convolution(window, groups: groups)
      nodes[reader].inputs[0] = node.inputs[0]
      dropped.insert(position)
    }
    remove(dropped)
  }

  /// A matrix product with constant weights, and a constant addition behind it, become one dense layer.
  mutating func turnProductsIntoDenseLayers(shapes: [String: PartialShape]) {
    let readers = consumers
    var dropped = Set<Int>()
    for (position, node) in nodes.enumerated() where node.operation == .matMul {
      guard let weight = parameters[node.inputs[1]], shapes[node.inputs[0]]?.count == 2 else { continue }
      nodes[position].operation = .gemm(alpha: 1, beta: 1, transposesA: false, transposesB: false)
      guard let reader = onlyConsumer(of: node.outputs[0], in: readers), nodes[reader].operation == .add,
        let bias = nodes[reader].inputs.first(where: { $0 != node.outputs[0] }),
        let values = parameters[bias], values.count == weight.shape[1], values.shape.last == values.count
      else { continue }
      nodes[position].inputs.append(bias)
      nodes[position].outputs = nodes[reader].outputs
      dropped.insert(reader)
    }
    remove(dropped)
  }

  mutating func remove(_ positions: Set<Int>) {
    nodes = nodes.indices.filter { !positions.contains($0) }.map { nodes[$0] }
  }

  /// A name for a new parameter that nothing bears yet.
  mutating func addParameter(_ tensor: Tensor, for name: String) -> String {
    var unused = name
    while parameters[unused] != nil { unused += "'" }
    parameters[unused] = tensor
    return unused
  }
}
