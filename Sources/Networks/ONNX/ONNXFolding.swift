extension ONNXNode {
  /// The node's result where all that it needs is known from the file, else `nil`: exporters compute shapes
  /// and reorder weights with the same operators as pictures.
  func folded() throws -> ONNXConstant? {
    switch proto.opType {
    case "Constant": return try constant()
    case "Shape": return .integers(dataShape, rank: 1)
    default: break
    }
    guard let first = constants.first ?? nil else { return nil }
    switch first {
    case .integers(let values, let rank): return try folded(integers: values, rank: rank)
    case .floats(let tensor): return try folded(tensor)
    }
  }

  private func constant() throws -> ONNXConstant {
    if let tensor = try attribute("value", .tensor)?.t { return try ONNXConstant(tensor) }
    if let number = try attribute("value_float", .float)?.f {
      return .floats(Tensor(shape: [], values: [number]) ?? Tensor(zeros: []))
    }
    if let number = try attribute("value_int", .int) {
      return .integers([Int(clamping: number.i)], rank: 0)
    }
    if let numbers = try ints("value_ints") { return .integers(numbers, rank: 1) }
    throw GraphError("holds neither a tensor nor a number")
  }

  // MARK: Integers: the arithmetic of shapes

  private func folded(integers values: [Int?], rank: Int) throws -> ONNXConstant? {
    switch proto.opType {
    case "Identity": return .integers(values, rank: rank)
    case "Cast":
      guard try int("to", default: 0) == Onnx_TensorProto.DataType.float.rawValue else {
        return .integers(values, rank: rank)
      }
      guard let known = values.known,
        let tensor = Tensor(shape: rank == 0 ? [] : [known.count], values: known.map(Float.init))
      else { return nil }
      return .floats(tensor)
    case "Unsqueeze": return .integers(values, rank: 1)
    case "Squeeze": return .integers(values, rank: values.count == 1 ? 0 : rank)
    case "Gather": return try gathered(values)
    case "Slice": return try sliced(values)
    case "Concat": return joined()
    case "Add": return try combined(values, rank) { $0.addingReportingOverflow($1) }
    case "Sub": return try combined(values, rank) { $0.subtractingReportingOverflow($1) }
    case "Mul": return try combined(values, rank) { $0.multipliedReportingOverflow(by: $1) }
    case "Div": return try combined(values, rank) { $0.dividedReportingOverflow(by: $1) }
    default: return nil
    }
  }

  private func gathered(_ values: [Int?]) throws -> ONNXConstant? {
    guard case .integers(let chosen, let rank)? = constants.dropFirst().first ?? nil else { return nil }
    let result = try chosen.map { index -> Int? in
      guard let index, index >= -values.count, index < values.count else {
        throw GraphError("picks from outside a list of \(values.count)")
      }
      return values[index < 0 ? index + values.count : index]
    }
    return .integers(result, rank: rank)
  }

  private func sliced(_ values: [Int?]) throws -> ONNXConstant? {
    guard let start = try integers(attribute: "starts", orInput: 1)?.first,
      let end = try integers(attribute: "ends", orInput: 2)?.first
    else { return nil }
    if isGiven(4), constants[4]?.knownIntegers != [1] { return nil }
    func place(_ index: Int) -> Int { min(max(index < 0 ? index + values.count : index, 0), values.count) }
    return .integers(Array(values[min(place(start), place(end))..<place(end)]), rank: 1)
  }

  private func joined() -> ONNXConstant? {
    var result: [Int?] = []
    for constant in constants {
      guard case .integers(let values, _)? = constant, result.count + values.count <= 1024 else { return nil }
      result += values
    }
    return .integers(result, rank: 1)
  }

  private func combined(
    _ values: [Int?], _ rank: Int, _ compute: (Int, Int) -> (partialValue: Int, overflow: Bool)
  ) throws -> ONNXConstant? {
    guard case .integers(let others, let otherRank)? = constants.dropFirst().first ?? nil,
      values.count == others.count || values.count == 1 || others.count == 1,
      !values.isEmpty, !others.isEmpty
    else { return nil }
    let result = try (0..<max(values.count, others.count)).map { index -> Int? in
      guard let left = values[values.count == 1 ? 0 : index],
        let right = others[others.count == 1 ? 0 : index]
      else { return nil }
      let (value, overflow) = compute(left, right)
      guard !overflow else { throw GraphError("overflows in the arithmetic of shapes") }
      return value
    }
    return .integers(result, rank: max(rank, otherRank))
  }

  // MARK: Weights that are stored in another order

  private func folded(_ tensor: Tensor) throws -> ONNXConstant? {
    switch proto.opType {
    case "Identity", "Dropout": return .floats(tensor)
    case "Cast":
      return try int("to", default: 0) == Onnx_TensorProto.DataType.float.rawValue ? .floats(tensor) : nil
    case "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Flatten":
      let operation = try operation()
      guard let shape = try operation.outputShape(of: [tensor.shape]).known else { return nil }
      if case .transpose(let order) = operation { return .floats(tensor.transposed(order)) }
      return Tensor(shape: shape, values: tensor.values).map(ONNXConstant.floats)
    default: return nil
    }
  }
}
