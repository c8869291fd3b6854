extension Graph {
  /// Makes every batch normalization part of the convolution or dense layer before it. One that stands alone
  /// becomes a convolution of each channel with itself, which can take an activation in turn, or for rows a
  /// product and a sum.
  mutating func foldBatchNormalizations(shapes: [String: PartialShape]) {
    var producers: [String: Int] = [:]
    let readers = consumers
    var dropped = Set<Int>()
    for position in nodes.indices {
      let node = nodes[position]
      defer { producers[nodes[position].outputs[0]] = position }
      guard let line = channelLine(of: node) else { continue }
      if let producer = producers[node.inputs[0]],
        onlyConsumer(of: node.inputs[0], in: readers) == position, fold(line, into: producer)
      {
        nodes[producer].outputs = node.outputs
        dropped.insert(position)
        producers[node.outputs[0]] = producer
      } else {
        standAlone(line, at: position, rank: shapes[node.inputs[0]]?.count ?? 4)
      }
    }
    remove(dropped)
    unfoldRows()
  }

  /// `scale × x + shift` by channel.
  private struct ChannelLine {
    var scale: [Float]
    var shift: [Float]
  }

  /// What a batch normalization does once its statistics stand (Ioffe and Szegedy 2015).
  private func channelLine(of node: Node) -> ChannelLine? {
    guard case .batchNormalization(let epsilon, _) = node.operation else { return nil }
    let given = node.inputs.dropFirst().compactMap { parameters[$0]?.values }
    guard given.count == 4, Set(given.map(\.count)).count == 1 else { return nil }
    // In double precision: the fold must not cost accuracy.
    let scale = zip(given[0], given[3]).map { Double($0) / (Double($1) + Double(epsilon)).squareRoot() }
    let shift = given[1].indices.map { Double(given[1][$0]) - Double(given[2][$0]) * scale[$0] }
    return ChannelLine(scale: scale.map(Float.init), shift: shift.map(Float.init))
  }

  private mutating func fold(_ line: ChannelLine, into position: Int) -> Bool {
    let node = nodes[position]
    guard let weight = parameters[node.inputs[1]] else { return false }
    let outer: Bool
    switch node.operation {
    case .convolution: outer = true
    case .gemm(alpha: 1, beta: 1, transposesA: false, let transposesB): outer = transposesB
    default: return false
    }
    let channels = line.scale.count
    let bias =
      node.inputs.count > 2 ? parameters[node.inputs[2]]?.values : Array(repeating: 0, count: channels)
    guard let bias, bias.count == channels, (outer ? weight.shape.first : weight.shape.last) == channels
    else {
      return false
    }
    var scaled = weight
    let run = weight.count / max(1, channels)
    for index in scaled.values.indices {
      scaled.values[index] *= line.scale[outer ? index / max(1, run) : index % channels]
    }
    let shifted = channels == 0 ? [] : (0..<channels).map { line.scale[$0] * bias[$0] + line.shift[$0] }
    guard let newBias = Tensor(shape: [channels], values: shifted) else { return false }
    nodes[position].inputs = [
      node.inputs[0], addParameter(scaled, for: node.outputs[0] + ".weight"),
      addParameter(newBias, for: node.outputs[0] + ".bias"),
    ]
    return true
  }

  private mutating func standAlone(_ line: ChannelLine, at position: Int, rank: Int) {
    let node = nodes[position]
    let channels = line.scale.count
    guard let scale = Tensor(shape: rank == 4 ? [channels, 1, 1, 1] : [channels], values: line.scale),
      let shift = Tensor(shape: [channels], values: line.shift)
    else { return }
    let names = [
      addParameter(scale, for: node.outputs[0] + ".scale"),
      addParameter(shift, for: node.outputs[0] + ".shift"),
    ]
    nodes[position].operation =
      rank == 4 ? .convolution(Window(kernel: [1, 1]), groups: channels) : .multiply
    nodes[position].inputs = [node.inputs[0]] + names
  }

  /// Splits the products that `standAlone` left with three inputs into a product and a sum.
  private mutating func unfoldRows() {
    nodes = nodes.flatMap { node -> [Node] in
      guard node.operation == .multiply, node.inputs.count == 3 else { return [node] }
      let product = node.outputs[0] + ".scaled"
      return [
        Node(name: node.name, operation: .multiply, inputs: Array(node.inputs.prefix(2)), outputs: [product]),
        Node(name: node.name, operation: .add, inputs: [product, node.inputs[2]], outputs: node.outputs),
      ]
    }
  }
}
