extension ONNXNode {
  /// What the node computes, in our words. The operator takes the node's first inputs, as many as it knows;
  /// those behind them are constants that became part of the operator.
  ///
  /// - Throws: `GraphError` where operator, version or attribute is not supported.
  func operation() throws -> Operation {
    switch proto.opType {
    case "Conv": try convolution()
    case "BatchNormalization": try batchNormalization()
    case "Relu": .relu
    case "LeakyRelu": try .leakyRelu(slope: float("alpha", default: 0.01))
    case "Elu": try .elu(alpha: float("alpha", default: 1))
    case "Sigmoid": .sigmoid
    case "Tanh": .tanh
    case "HardSigmoid":
      try .hardSigmoid(alpha: float("alpha", default: 0.2), beta: float("beta", default: 0.5))
    case "HardSwish": .hardSwish
    case "Clip":
      try .clip(
        low: number(attribute: "min", orInput: 1, default: -.greatestFiniteMagnitude),
        high: number(attribute: "max", orInput: 2, default: .greatestFiniteMagnitude))
    case "MaxPool": try .maxPool(window(), ceiling: int("ceil_mode", default: 0) != 0)
    case "AveragePool":
      try .averagePool(
        window(), ceiling: int("ceil_mode", default: 0) != 0,
        countsPadding: int("count_include_pad", default: 0) != 0)
    case "GlobalAveragePool": .globalAveragePool
    case "ReduceMean": try reduceMean()
    case "Gemm":
      try .gemm(
        alpha: float("alpha", default: 1), beta: float("beta", default: 1),
        transposesA: int("transA", default: 0) != 0, transposesB: int("transB", default: 0) != 0)
    case "MatMul": .matMul
    case "Add", "Sum": .add
    case "Sub": .subtract
    case "Mul": .multiply
    case "Div": .divide
    case "Concat": try .concatenate(axis: required(int: "axis"))
    case "Upsample", "Resize": try upsample()
    case "Softmax": try softmax()
    case "Flatten": try .flatten(axis: int("axis", default: 1))
    case "Reshape": try reshape()
    case "Transpose": try .transpose(ints("perm") ?? Array(dataShape.indices.reversed()))
    case "Squeeze": try .squeeze(axes: squeezedAxes())
    case "Unsqueeze": try .unsqueeze(axes: required(integers(attribute: "axes", orInput: 1), "axes"))
    case "Pad": try pad()
    case "Dropout": .dropout(ratio: try droppedRatio())
    case "Identity": .identity
    case "Cast": try cast()
    default: throw GraphError("is not an operator that this program supports")
    }
  }

  private func required<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else { throw GraphError("has no \(name)") }
    return value
  }

  private func required(int name: String) throws -> Int {
    try Int(required(attribute(name, .int), name).i.clamped)
  }

  private func convolution() throws -> Operation {
    guard shapes.count > 1, let weight = shapes[1]?.known, constants[1] != nil else {
      throw GraphError("has a weight that is not a constant")
    }
    return try .convolution(window(kernel: Array(weight.dropFirst(2))), groups: int("group", default: 1))
  }

  private func batchNormalization() throws -> Operation {
    guard try int("spatial", default: 1) == 1, try int("training_mode", default: 0) == 0 else {
      throw GraphError("normalizes by the batch; export the network in inference mode")
    }
    return try .batchNormalization(
      epsilon: float("epsilon", default: 1e-5), momentum: float("momentum", default: 0.9))
  }

  // MARK: Windows

  private func window(kernel known: [Int]? = nil) throws -> Window {
    let kernel = try required(ints("kernel_shape") ?? known, "kernel_shape")
    let strides = try ints("strides") ?? [1, 1]
    let dilations = try ints("dilations") ?? [1, 1]
    guard kernel.count == 2, strides.count == 2, dilations.count == 2 else {
      throw GraphError("slides over something else than height and width; only pictures are supported")
    }
    let limits = 1...Operation.largestWindow
    guard (kernel + strides + dilations).allSatisfy({ limits ~= $0 }) else {
      throw GraphError("has a window out of bounds: \(kernel), \(strides), \(dilations)")
    }
    let window = Window(kernel: kernel, strides: strides, dilations: dilations)
    return try padded(window, mode: string("auto_pad", default: "NOTSET"))
  }

  private func padded(_ window: Window, mode: String) throws -> Window {
    var window = window
    switch mode {
    case "NOTSET": window.pads = try ints("pads") ?? [0, 0, 0, 0]
    case "VALID": break
    case "SAME_UPPER", "SAME_LOWER":
      for axis in 0..<2 {
        let span = window.dilations[axis] * (window.kernel[axis] - 1) + 1
        let stride = window.strides[axis]
        var total = max(0, span - stride)
        if stride > 1 {
          guard dataShape.count == 4, let extent = dataShape[axis + 2], extent > 0 else {
            throw GraphError("pads by the size of its input (\(mode)), which the file leaves open")
          }
          total = max(0, ((extent + stride - 1) / stride - 1) * stride + span - extent)
        }
        window.pads[axis] = mode == "SAME_UPPER" ? total / 2 : (total + 1) / 2
        window.pads[axis + 2] = total - window.pads[axis]
      }
    default: throw GraphError("has an unknown auto_pad \(mode)")
    }
    return window
  }

  private func upsample() throws -> Operation {
    let mode = try string("mode", default: "nearest")
    guard mode == "nearest" else { throw GraphError("enlarges by \(mode); only nearest is supported") }
    let factors = try enlargement()
    guard factors.count == 4, factors[0] == 1, factors[1] == 1,
      let height = Int(exactly: factors[2]), let width = Int(exactly: factors[3])
    else {
      throw GraphError("enlarges by \(factors); only whole factors of height and width are supported")
    }
    guard proto.opType == "Upsample" || opset < 11 || repeatsPixels(largest: max(height, width)) else {
      throw GraphError("samples between pixels; only plain repetition is supported")
    }
    return .upsample(height: height, width: width)
  }

  /// Factors of enlargement by dimension: an attribute, an input, or an input with the size that results.
  private func enlargement() throws -> [Float] {
    if let listed = try attribute("scales", .floats)?.floats { return listed }
    let scales = proto.opType == "Upsample" || opset < 11 ? 1 : 2
    if isGiven(scales), let factors = constants[scales]?.floats, !factors.isEmpty { return factors }
    guard isGiven(3), let sizes = constants[3]?.knownIntegers, sizes.count == dataShape.count else {
      throw GraphError("computes its size while it runs, which is not supported")
    }
    return zip(sizes, dataShape).enumerated().map { axis, pair in
      axis == 0 ? 1 : Float(pair.0) / Float(pair.1 ?? 0)
    }
  }

  /// Whether every pixel of the result is the one that plain repetition takes (ONNX's Resize, nearest).
  private func repeatsPixels(largest factor: Int) -> Bool {
    let place = (try? string("coordinate_transformation_mode", default: "half_pixel")) ?? ""
    let rounding = (try? string("nearest_mode", default: "round_prefer_floor")) ?? ""
    switch (place, rounding) {
    case ("asymmetric", "floor"), ("tf_half_pixel_for_nn", "floor"): return true
    case ("asymmetric", "round_prefer_floor"): return factor <= 2
    case ("half_pixel", _), ("pytorch_half_pixel", _), ("half_pixel_symmetric", _):
      return rounding.hasPrefix("round")
    default: return false
    }
  }

  // MARK: Shapes

  private func reduceMean() throws -> Operation {
    let axes = try integers(attribute: "axes", orInput: 1)
    guard let axes, !axes.isEmpty, !axes.contains(where: { $0 == 0 || $0 == -dataShape.count }) else {
      throw GraphError("averages over the batch; name its axes")
    }
    return try .reduceMean(axes: axes, keepsDimensions: int("keepdims", default: 1) != 0)
  }

  private func softmax() throws -> Operation {
    let given = try int("axis", default: opset < 13 ? 1 : -1)
    let axis = try dataShape.checked(axis: given)
    // Before version 13, softmax ran over everything from the axis on.
    let last = axis == dataShape.count - 1
    guard opset >= 13 || last || dataShape.dropFirst(axis + 1).allSatisfy({ $0 == 1 }) else {
      throw GraphError("spans several dimensions; export it with version 13 or later")
    }
    return .softmax(axis: given)
  }

  private func reshape() throws -> Operation {
    guard try int("allowzero", default: 0) == 0 else {
      throw GraphError("uses allowzero, which is not supported")
    }
    if let listed = try ints("shape") { return .reshape(listed) }
    guard isGiven(1), case .integers(let target, _)? = constants[1] else {
      throw GraphError("computes its shape while it runs, which is not supported")
    }
    // The first dimension may be the batch that was read off the input: then it is kept.
    if target.first == .some(nil), let rest = Array(target.dropFirst()).known { return .reshape([0] + rest) }
    guard let known = target.known else {
      throw GraphError("computes its shape while it runs, which is not supported")
    }
    return .reshape(known)
  }

  private func squeezedAxes() throws -> [Int] {
    try integers(attribute: "axes", orInput: 1) ?? dataShape.indices.filter { dataShape[$0] == 1 }
  }

  private func pad() throws -> Operation {
    let mode = try string("mode", default: "constant")
    guard mode == "constant", !isGiven(3) else {
      throw GraphError("pads by \(mode) or along named axes; only constant padding of all is supported")
    }
    return try .pad(
      required(integers(attribute: "pads", orInput: 1), "pads"),
      value: number(attribute: "value", orInput: 2, default: 0))
  }

  private func cast() throws -> Operation {
    let type = try required(int: "to")
    guard type == Onnx_TensorProto.DataType.float.rawValue else {
      throw GraphError("turns numbers into ONNX's type \(type); networks run in floats")
    }
    return .identity
  }

  private func droppedRatio() throws -> Float {
    guard !isGiven(2) || constants[2]?.knownIntegers == [0] else {
      throw GraphError("drops while it runs; export the network in inference mode")
    }
    return try number(attribute: "ratio", orInput: 1, default: 0.5)
  }
}

extension Int64 {
  fileprivate var clamped: Int { Swift.min(Swift.max(Int(clamping: self), -1 << 30), 1 << 30) }
}
