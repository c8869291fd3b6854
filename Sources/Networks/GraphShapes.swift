extension Graph {
  /// The shape of every value, walked from the inputs through all nodes; also the check that the graph holds
  /// together: every value is there before it is read, bears one name, and fits its operator.
  ///
  /// - Parameter input: in place of the declared shape of the first input.
  /// - Throws: `GraphError` naming the node.
  public func shapes(input: PartialShape? = nil) throws -> [String: PartialShape] {
    var shapes = parameters.mapValues { PartialShape($0.shape) }
    for (position, value) in inputs.enumerated() {
      try define(value.name, as: position == 0 ? input ?? value.shape : value.shape, in: &shapes)
    }
    for node in nodes {
      do {
        let known = try node.inputs.map { name in
          guard let shape = shapes[name] else {
            throw GraphError("uses \"\(name)\", which nothing before it gives")
          }
          return shape
        }
        guard node.outputs.count == 1 else {
          throw GraphError("gives \(node.outputs.count) values in place of one")
        }
        try define(node.outputs[0], as: node.operation.outputShape(of: known), in: &shapes)
      } catch var error as GraphError {
        error.source = name
        error.operatorName = node.operation.name
        error.node = node.name.isEmpty ? node.outputs.first : node.name
        throw error
      }
    }
    for output in outputs where shapes[output] == nil {
      throw GraphError(source: name, "has an output \"\(output)\" that no node gives")
    }
    return shapes
  }

  private func define(_ name: String, as shape: PartialShape, in shapes: inout [String: PartialShape]) throws
  {
    guard shapes.updateValue(shape, forKey: name) == nil else {
      throw GraphError(source: self.name, "names two values \"\(name)\"")
    }
  }
}

extension Operation {
  /// The operator's name as ONNX spells it.
  public var name: String {
    switch self {
    case .convolution: "Conv"
    case .batchNormalization: "BatchNormalization"
    case .relu: "Relu"
    case .leakyRelu: "LeakyRelu"
    case .elu: "Elu"
    case .sigmoid: "Sigmoid"
    case .tanh: "Tanh"
    case .hardSigmoid: "HardSigmoid"
    case .hardSwish: "HardSwish"
    case .clip: "Clip"
    case .maxPool: "MaxPool"
    case .averagePool: "AveragePool"
    case .globalAveragePool: "GlobalAveragePool"
    case .reduceMean: "ReduceMean"
    case .gemm: "Gemm"
    case .matMul: "MatMul"
    case .add: "Add"
    case .subtract: "Sub"
    case .multiply: "Mul"
    case .divide: "Div"
    case .concatenate: "Concat"
    case .upsample: "Resize"
    case .softmax: "Softmax"
    case .flatten: "Flatten"
    case .reshape: "Reshape"
    case .transpose: "Transpose"
    case .squeeze: "Squeeze"
    case .unsqueeze: "Unsqueeze"
    case .pad: "Pad"
    case .dropout: "Dropout"
    case .identity: "Identity"
    }
  }
}
