import COneDNN

/// An elementwise function, with ONNX's meaning.
enum Activation: Hashable, Sendable {
  case relu
  case leakyRelu(slope: Float)
  case elu(alpha: Float)
  case sigmoid
  case tanh
  case hardSwish
  case clip(low: Float, high: Float)
  case linear(scale: Float, shift: Float)

  var algorithm: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float) {
    switch self {
    case .relu: (dnnl_eltwise_relu, 0, 0)
    case .leakyRelu(let slope): (dnnl_eltwise_relu, slope, 0)
    case .elu(let alpha): (dnnl_eltwise_elu, alpha, 0)
    case .sigmoid: (dnnl_eltwise_logistic, 0, 0)
    case .tanh: (dnnl_eltwise_tanh, 0, 0)
    case .hardSwish: (dnnl_eltwise_hardswish, 0, 0)
    case .clip(let low, let high): (dnnl_eltwise_clip_v2, low, high)
    case .linear(let scale, let shift): (dnnl_eltwise_linear, scale, shift)
    }
  }
}

/// Elementwise operations on two tensors, the second of which may have extents of 1.
enum BinaryOperation: Hashable, Sendable {
  case add, subtract, multiply, divide

  var kind: dnnl_alg_kind_t {
    switch self {
    case .add: dnnl_binary_add
    case .subtract: dnnl_binary_sub
    case .multiply: dnnl_binary_mul
    case .divide: dnnl_binary_div
    }
  }
}

/// What a primitive does to its result while it is still in registers.
enum PostOperation {
  case activation(Activation)
  /// result + scale × what the destination holds already.
  case sum(scale: Float)
}

/// Post-operations, scales and scratchpad of a primitive.
final class Attributes {
  let handle: dnnl_primitive_attr_t

  /// - Parameter scales: factors of the result before post-operations: one, or one an output channel (int8).
  init(_ operations: [PostOperation] = [], scales: [Float] = []) throws {
    var handle: dnnl_primitive_attr_t?
    try check(dnnl_primitive_attr_create(&handle), "primitive_attr_create")
    guard let handle else {
      throw NetworksError.library(place: "attributes", call: "primitive_attr_create", status: "null")
    }
    self.handle = handle
    // The library's own scratchpad belongs to the thread that made the primitive, not to the one that runs it.
    try check(
      dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user), "set_scratchpad_mode")
    if !scales.isEmpty {
      let mask: Int32 = scales.count == 1 ? 0 : 1 << 1
      try check(
        dnnl_primitive_attr_set_output_scales(handle, Int64(scales.count), mask, scales),
        "set_output_scales")
    }
    if !operations.isEmpty { try append(operations) }
  }

  deinit { dnnl_primitive_attr_destroy(handle) }

  private func append(_ operations: [PostOperation]) throws {
    var list: dnnl_post_ops_t?
    try check(dnnl_post_ops_create(&list), "post_ops_create")
    defer { dnnl_post_ops_destroy(list) }
    for operation in operations {
      switch operation {
      case .activation(let activation):
        let (kind, alpha, beta) = activation.algorithm
        try check(dnnl_post_ops_append_eltwise(list, 1, kind, alpha, beta), "append_eltwise")
      case .sum(let scale):
        try check(dnnl_post_ops_append_sum(list, scale), "append_sum")
      }
    }
    try check(dnnl_primitive_attr_set_post_ops(handle, list), "set_post_ops")
  }
}
