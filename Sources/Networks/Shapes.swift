/// The shape of a value before every extent is known: `nil` stands for a free one, such as the batch.
public typealias PartialShape = [Int?]

extension Operation {
  /// Extents and windows above these are refused, which also keeps every product below within `Int`.
  static let largestExtent = 1 << 24
  static let largestWindow = 1 << 12
  static let largestRank = 8

  /// The shape that the operator gives for inputs of these shapes, in the order of `Graph.Node.inputs`.
  ///
  /// - Throws: `GraphError` with the reason, where the shapes do not fit the operator.
  public func outputShape(of inputs: [PartialShape]) throws -> PartialShape {
    guard inputCounts.contains(inputs.count), let data = inputs.first else {
      throw GraphError("takes \(inputCounts) inputs, not \(inputs.count)")
    }
    let shape = try shape(from: data, inputs)
    guard shape.count <= Self.largestRank, shape.allSatisfy({ $0 ?? 0 <= Self.largestExtent }) else {
      throw GraphError("gives the shape \(text(shape)), which is too large")
    }
    return shape
  }

  /// How many inputs the operator takes.
  public var inputCounts: ClosedRange<Int> {
    switch self {
    case .convolution, .gemm: 2...3
    case .batchNormalization: 5...5
    case .matMul, .add, .subtract, .multiply, .divide: 2...2
    case .concatenate: 1...1024
    default: 1...1
    }
  }

  private func shape(from data: PartialShape, _ inputs: [PartialShape]) throws -> PartialShape {
    switch self {
    case .convolution(let window, let groups):
      try convolutionShape(data, weight: inputs[1], bias: inputs.dropFirst(2).first, window, groups)
    case .batchNormalization:
      try normalizedShape(data, parameters: inputs.dropFirst())
    case .relu, .leakyRelu, .elu, .sigmoid, .tanh, .hardSigmoid, .hardSwish, .clip, .dropout, .identity:
      data
    case .softmax(let axis):
      try data.replacing(axis: axis, with: data[data.checked(axis: axis)])
    case .maxPool(let window, let ceiling), .averagePool(let window, let ceiling, _):
      try pooledShape(data, window, ceiling: ceiling)
    case .globalAveragePool:
      try picture(data).prefix(2) + [1, 1]
    case .reduceMean(let axes, let keeps):
      try reducedShape(data, axes: axes, keeps: keeps)
    case .gemm(_, _, let transposesA, let transposesB):
      try gemmShape(data, inputs[1], bias: inputs.dropFirst(2).first, transposesA, transposesB)
    case .matMul:
      try productShape(data, inputs[1])
    case .add, .subtract, .multiply, .divide:
      try broadcastShape(data, inputs[1])
    case .concatenate(let axis):
      try concatenatedShape(inputs, axis: axis)
    case .upsample(let height, let width):
      try upsampledShape(data, height, width)
    case .flatten(let axis):
      try flattenedShape(data, axis: axis)
    case .reshape(let target):
      try reshapedShape(data, to: target)
    case .transpose(let order):
      try transposedShape(data, order: order)
    case .squeeze(let axes):
      try squeezedShape(data, axes: axes)
    case .unsqueeze(let axes):
      try unsqueezedShape(data, axes: axes)
    case .pad(let pads, _):
      try paddedShape(data, pads: pads)
    }
  }
}

extension PartialShape {
  /// A shape of which every extent is known; `nil` otherwise.
  public var known: [Int]? {
    let extents = compactMap { $0 }
    return extents.count == count ? extents : nil
  }

  /// An axis counted from the front; a negative one counts from the back.
  func checked(axis: Int, rank: Int? = nil) throws -> Int {
    let rank = rank ?? count
    guard axis >= -rank, axis < rank else {
      throw GraphError("names axis \(axis) of a value with \(rank) dimensions")
    }
    return axis < 0 ? axis + rank : axis
  }

  fileprivate func replacing(axis: Int, with extent: Int?) throws -> PartialShape {
    var copy = self
    copy[try checked(axis: axis)] = extent
    return copy
  }
}

private func text(_ shape: PartialShape) -> String {
  "[" + shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", ") + "]"
}

/// Refuses anything but batch, channels, height, width.
private func picture(_ shape: PartialShape) throws -> PartialShape {
  guard shape.count == 4 else {
    throw GraphError("needs pictures [batch, channels, height, width], not \(text(shape))")
  }
  return shape
}

private func agree(_ left: Int?, _ right: Int?) -> Bool {
  left == nil || right == nil || left == right
}

extension Window {
  fileprivate func checked() throws {
    let largest = Operation.largestWindow
    guard kernel.count == 2, strides.count == 2, dilations.count == 2, pads.count == 4 else {
      throw GraphError("slides over something else than height and width; only pictures are supported")
    }
    guard (kernel + strides + dilations).allSatisfy({ 1...largest ~= $0 }),
      pads.allSatisfy({ 0...largest ~= $0 })
    else { throw GraphError("has a window out of bounds: \(self)") }
  }

  /// How many positions the window has along height (0) or width (1).
  fileprivate func positions(along axis: Int, of extent: Int?, ceiling: Bool = false) throws -> Int? {
    guard let extent else { return nil }
    let span = dilations[axis] * (kernel[axis] - 1) + 1
    let room = extent + pads[axis] + pads[axis + 2] - span
    guard room >= 0 else { throw GraphError("has a window of \(span) on an extent of \(extent)") }
    let stride = strides[axis]
    guard ceiling else { return room / stride + 1 }
    let count = (room + stride - 1) / stride + 1
    // A last window that would begin in the padding behind the picture does not count.
    return (count - 1) * stride >= extent + pads[axis] ? count - 1 : count
  }
}

private func convolutionShape(
  _ data: PartialShape, weight: PartialShape, bias: PartialShape?, _ window: Window, _ groups: Int
) throws -> PartialShape {
  let data = try picture(data)
  try window.checked()
  guard let weight = weight.known, weight.count == 4, weight.allSatisfy({ $0 > 0 }),
    Array(weight[2...]) == window.kernel
  else { throw GraphError("has a weight \(text(weight)) that does not fit its kernel \(window.kernel)") }
  guard (1...weight[0]).contains(groups), weight[0] % groups == 0,
    agree(data[1], weight[1].multipliedReportingOverflow(by: groups).partialValue)
  else {
    throw GraphError("cannot apply a weight \(weight) in \(groups) groups to \(text(data))")
  }
  if let bias, bias != [weight[0]] {
    throw GraphError("has a bias \(text(bias)) for \(weight[0]) channels")
  }
  return [
    data[0], weight[0], try window.positions(along: 0, of: data[2]),
    try window.positions(along: 1, of: data[3]),
  ]
}

private func normalizedShape(_ data: PartialShape, parameters: ArraySlice<PartialShape>) throws
  -> PartialShape
{
  guard data.count == 2 || data.count == 4 else {
    throw GraphError("needs [batch, channels] or pictures, not \(text(data))")
  }
  for parameter in parameters where parameter.count != 1 || !agree(parameter[0], data[1]) {
    throw GraphError("has a parameter \(text(parameter)) for data \(text(data))")
  }
  return data
}

private func pooledShape(_ data: PartialShape, _ window: Window, ceiling: Bool) throws -> PartialShape {
  let data = try picture(data)
  try window.checked()
  for axis in 0..<2 where max(window.pads[axis], window.pads[axis + 2]) >= window.kernel[axis] {
    throw GraphError("pads by more than its window")
  }
  return [
    data[0], data[1], try window.positions(along: 0, of: data[2], ceiling: ceiling),
    try window.positions(along: 1, of: data[3], ceiling: ceiling),
  ]
}

private func reducedShape(_ data: PartialShape, axes: [Int], keeps: Bool) throws -> PartialShape {
  let axes = Set(try axes.map { try data.checked(axis: $0) })
  return data.indices.compactMap { axis -> Int?? in
    axes.contains(axis) ? (keeps ? .some(1) : nil) : .some(data[axis])
  }
}

private func gemmShape(
  _ left: PartialShape, _ right: PartialShape, bias: PartialShape?, _ transposesA: Bool, _ transposesB: Bool
) throws -> PartialShape {
  guard left.count == 2, right.count == 2 else {
    throw GraphError("multiplies \(text(left)) and \(text(right)), which are not two matrices")
  }
  let left = transposesA ? left.reversed() : left
  let right = transposesB ? right.reversed() : right
  let product = try productShape(left, right)
  if let bias, try broadcastShape(product, bias) != product {
    throw GraphError("has a bias \(text(bias)) for \(text(product))")
  }
  return product
}

private func productShape(_ left: PartialShape, _ right: PartialShape) throws -> PartialShape {
  guard left.count >= 2, right.count == 2, agree(left[left.count - 1], right[0]) else {
    throw GraphError("cannot multiply \(text(left)) by \(text(right))")
  }
  return left.dropLast() + [right[1]]
}

private func broadcastShape(_ left: PartialShape, _ right: PartialShape) throws -> PartialShape {
  let rank = max(left.count, right.count)
  let padded = [left, right].map { Array(repeating: 1, count: rank - $0.count) + $0 }
  return try zip(padded[0], padded[1]).map { first, second in
    if first == 1 { return second }
    if second == 1 { return first }
    guard agree(first, second) else {
      throw GraphError("cannot combine \(text(left)) and \(text(right))")
    }
    return first ?? second
  }
}

private func concatenatedShape(_ inputs: [PartialShape], axis: Int) throws -> PartialShape {
  var result = inputs[0]
  let axis = try result.checked(axis: axis)
  for next in inputs.dropFirst() {
    guard next.count == result.count,
      zip(next, result).enumerated().allSatisfy({ $0.offset == axis || agree($0.element.0, $0.element.1) })
    else { throw GraphError("cannot join \(text(result)) and \(text(next)) along axis \(axis)") }
    let extent = result[axis].flatMap { first in next[axis].map { first + $0 } }
    result = zip(result, next).map { $0 ?? $1 }
    result[axis] = extent
  }
  return result
}

private func upsampledShape(_ data: PartialShape, _ height: Int, _ width: Int) throws -> PartialShape {
  let data = try picture(data)
  guard 1...64 ~= height, 1...64 ~= width else {
    throw GraphError("enlarges by \(height) × \(width); whole factors of 1 to 64 are supported")
  }
  return [data[0], data[1], data[2].map { $0 * height }, data[3].map { $0 * width }]
}

private func flattenedShape(_ data: PartialShape, axis: Int) throws -> PartialShape {
  let axis = axis == data.count ? axis : try data.checked(axis: axis)
  return [try product(data[..<axis]), try product(data[axis...])]
}

/// The product of extents; `nil` where one of them is free.
private func product(_ shape: ArraySlice<Int?>) throws -> Int? {
  if shape.count == 1 { return shape.first ?? nil }
  guard let known = Array(shape).known else { return nil }
  guard let count = Tensor.count(of: known) else { throw GraphError("overflows: \(text(Array(shape)))") }
  return count
}

private func reshapedShape(_ data: PartialShape, to target: [Int]) throws -> PartialShape {
  guard target.count <= Operation.largestRank,
    target.allSatisfy({ -1...Operation.largestExtent ~= $0 }), target.count(where: { $0 == -1 }) <= 1
  else { throw GraphError("cannot take the shape \(target)") }
  var kept = Set<Int>()
  var result = try target.enumerated().map { axis, extent -> Int? in
    guard extent == 0 else { return extent }
    guard axis < data.count else { throw GraphError("keeps dimension \(axis) of \(text(data))") }
    kept.insert(axis)
    return data[axis]
  }
  // Dimensions that are kept as they are cancel, so that a free batch does not hide the rest.
  let left = data.indices.filter { !kept.contains($0) }.map { data[$0] }
  let right = result.indices.filter { !kept.contains($0) }.map { result[$0] }
  let total = try product(left[...]) ?? (left.isEmpty ? 1 : nil)
  let named = try product(right.filter { $0 != -1 }[...]) ?? 1
  if let inferred = result.firstIndex(of: -1) {
    guard let total else {
      result[inferred] = nil
      return result
    }
    guard named > 0, total % named == 0 else { throw GraphError("cannot take \(text(data)) as \(target)") }
    result[inferred] = total / named
  } else if let total, total != named {
    throw GraphError("cannot take \(text(data)) as \(target)")
  }
  return result
}

private func transposedShape(_ data: PartialShape, order: [Int]) throws -> PartialShape {
  guard order.sorted() == Array(data.indices) else {
    throw GraphError("cannot reorder \(text(data)) by \(order)")
  }
  return order.map { data[$0] }
}

private func squeezedShape(_ data: PartialShape, axes: [Int]) throws -> PartialShape {
  let axes = Set(try axes.map { try data.checked(axis: $0) })
  guard axes.allSatisfy({ data[$0] == nil || data[$0] == 1 }) else {
    throw GraphError("cannot drop axes \(axes.sorted()) of \(text(data)), which are not 1")
  }
  return data.indices.filter { !axes.contains($0) }.map { data[$0] }
}

private func unsqueezedShape(_ data: PartialShape, axes: [Int]) throws -> PartialShape {
  let rank = data.count + axes.count
  let axes = Set(try axes.map { try data.checked(axis: $0, rank: rank) })
  guard axes.count + data.count == rank else { throw GraphError("names an axis twice") }
  var rest = data.makeIterator()
  return (0..<rank).map { axes.contains($0) ? 1 : (rest.next() ?? nil) }
}

private func paddedShape(_ data: PartialShape, pads: [Int]) throws -> PartialShape {
  let largest = Operation.largestWindow
  guard pads.count == 2 * data.count, pads.allSatisfy({ 0...largest ~= $0 }) else {
    throw GraphError("cannot pad \(text(data)) by \(pads)")
  }
  return data.indices.map { axis in data[axis].map { $0 + pads[axis] + pads[axis + data.count] } }
}
