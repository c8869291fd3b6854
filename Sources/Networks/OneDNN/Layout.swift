import COneDNN

/// The type of a memory's elements.
enum ElementType: Sendable {
  case float32, bfloat16, int32, int8, uint8

  var code: dnnl_data_type_t {
    switch self {
    case .float32: dnnl_f32
    case .bfloat16: dnnl_bf16
    case .int32: dnnl_s32
    case .int8: dnnl_s8
    case .uint8: dnnl_u8
    }
  }
}

/// Shape, element type and order in memory (oneDNN's memory descriptor).
struct Layout: Equatable {
  /// How elements are ordered.
  enum Order {
    /// The primitive chooses; often blocked by 16 channels.
    case any
    /// Row-major: NCHW for pictures, OIHW for weights.
    case rowMajor
    /// NHWC.
    case channelsLast
    /// Blocks of 16 channels, in each of them NHWC; the last block is padded with zeros.
    case channelBlocks
  }

  private(set) var descriptor: dnnl_memory_desc_t

  init(descriptor: dnnl_memory_desc_t) {
    self.descriptor = descriptor
  }

  init(_ shape: [Int], _ type: ElementType = .float32, _ order: Order = .rowMajor) throws {
    var descriptor = dnnl_memory_desc_t()
    let dims = shape.map(Int64.init)
    guard !dims.isEmpty, dims.count <= 12 else {
      throw NetworksError.library(place: "shape \(shape)", call: "memory_desc_init", status: "rank")
    }
    if order == .any || order == .channelBlocks {
      try check(
        dnnl_memory_desc_init_by_tag(
          &descriptor, Int32(dims.count), dims, type.code,
          order == .any ? dnnl_format_tag_any : dnnl_aBcd16b),
        "memory_desc_init_by_tag", at: "shape \(shape)")
    } else {
      try check(
        dnnl_memory_desc_init_by_strides(
          &descriptor, Int32(dims.count), dims, type.code, Self.strides(dims, order)),
        "memory_desc_init_by_strides", at: "shape \(shape)")
    }
    self.descriptor = descriptor
  }

  var shape: [Int] {
    withUnsafeBytes(of: descriptor.dims) { bytes in
      bytes.bindMemory(to: Int64.self).prefix(Int(descriptor.ndims)).map(Int.init)
    }
  }

  /// The number of elements, without what blocking pads.
  var count: Int { shape.reduce(1, *) }

  /// With what blocking pads.
  var byteCount: Int {
    withUnsafePointer(to: descriptor) { dnnl_memory_desc_get_size($0) }
  }

  var type: ElementType {
    switch descriptor.data_type {
    case dnnl_bf16: .bfloat16
    case dnnl_s32: .int32
    case dnnl_s8: .int8
    case dnnl_u8: .uint8
    default: .float32
    }
  }

  /// The same shape and element type in another order.
  func ordered(_ order: Order) throws -> Layout { try Layout(shape, type, order) }

  /// A matrix stored as its transpose: `shape` is `[rows, columns]`, rows run fastest.
  init(transposed shape: [Int], _ type: ElementType = .float32) throws {
    var descriptor = dnnl_memory_desc_t()
    let dims = shape.map(Int64.init)
    try check(
      dnnl_memory_desc_init_by_strides(
        &descriptor, Int32(dims.count), dims, type.code, [1, max(1, dims.first ?? 1)]),
      "memory_desc_init_by_strides", at: "shape \(shape)")
    self.descriptor = descriptor
  }

  /// The same memory with this layout's dimension `order[i]` as dimension `i`.
  func permuted(_ order: [Int]) throws -> Layout {
    var result = dnnl_memory_desc_t()
    var source = descriptor
    let targets = order.indices.map { axis in Int32(order.firstIndex(of: axis) ?? axis) }
    try check(
      dnnl_memory_desc_permute_axes(&result, &source, targets), "memory_desc_permute_axes",
      at: "shape \(shape)")
    return Layout(descriptor: result)
  }

  /// A rectangular part of this layout, which shares its memory.
  func part(offset: [Int], shape: [Int]) throws -> Layout {
    var part = dnnl_memory_desc_t()
    var parent = descriptor
    try check(
      dnnl_memory_desc_init_submemory(
        &part, &parent, shape.map(Int64.init), offset.map(Int64.init)),
      "memory_desc_init_submemory", at: "shape \(shape)")
    return Layout(descriptor: part)
  }

  static func == (left: Layout, right: Layout) -> Bool {
    withUnsafePointer(to: left.descriptor) { a in
      withUnsafePointer(to: right.descriptor) { b in dnnl_memory_desc_equal(a, b) != 0 }
    }
  }

  private static func strides(_ dims: [Int64], _ order: Order) -> [Int64] {
    // The order of dimensions from the slowest to the fastest.
    var walk = Array(dims.indices)
    if order == .channelsLast, dims.count > 2 { walk.append(walk.remove(at: 1)) }
    var strides = Array(repeating: Int64(1), count: dims.count)
    var stride: Int64 = 1
    for dimension in walk.reversed() {
      strides[dimension] = stride
      stride = stride.multipliedReportingOverflow(by: max(1, dims[dimension])).partialValue
    }
    return strides
  }
}
