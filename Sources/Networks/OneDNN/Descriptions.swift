import COneDNN

/// Extents of a sliding window as oneDNN takes them.
struct SlidingWindow {
  let kernel: [Int64]
  let strides: [Int64]
  /// 0 where neighbours touch.
  let dilations: [Int64]
  let before: [Int64]
  let after: [Int64]

  /// - Parameter after: right and bottom padding where it differs from `window`'s, for ceiling mode.
  init(_ window: Window, after: [Int]? = nil) {
    kernel = window.kernel.map(Int64.init)
    strides = window.strides.map(Int64.init)
    dilations = window.dilations.map { Int64($0) - 1 }
    let rank = window.kernel.count
    before = window.pads.prefix(rank).map(Int64.init)
    self.after = (after ?? Array(window.pads.suffix(rank))).map(Int64.init)
  }
}

enum Pooling: Sendable {
  case max, averageWithPadding, averageWithoutPadding

  var kind: dnnl_alg_kind_t {
    switch self {
    case .max: dnnl_pooling_max
    case .averageWithPadding: dnnl_pooling_avg_include_padding
    case .averageWithoutPadding: dnnl_pooling_avg_exclude_padding
    }
  }
}

/// What a batch normalization does besides normalizing.
struct NormalizationFlags: OptionSet {
  let rawValue: UInt32

  /// Statistics are given rather than taken from the batch.
  static let globalStatistics = NormalizationFlags(rawValue: dnnl_use_global_stats.rawValue)
  static let fusedRelu = NormalizationFlags(rawValue: dnnl_fuse_norm_relu.rawValue)
  static let scaleAndShift = NormalizationFlags(
    rawValue: dnnl_use_scale.rawValue | dnnl_use_shift.rawValue)
}

/// Forward primitives. `training` asks for what the backward pass needs, such as a pooling's workspace.
extension PrimitiveDescription {
  /// Builds a description from an operation's parameters.
  fileprivate convenience init<Parameters>(
    _ call: String, _ parameters: Parameters, _ processor: Processor, _ attributes: Attributes? = nil,
    forward: PrimitiveDescription? = nil, _ fill: (UnsafeMutablePointer<Parameters>) -> dnnl_status_t
  ) throws {
    var parameters = parameters
    try check(fill(&parameters), call)
    let attributes = try attributes ?? Attributes()
    try self.init(call) { description in
      withUnsafeBytes(of: &parameters) {
        dnnl_primitive_desc_create(
          description, $0.baseAddress, attributes.handle, processor.handle, forward?.handle)
      }
    }
  }

  private static func kind(_ training: Bool) -> dnnl_prop_kind_t {
    training ? dnnl_forward_training : dnnl_forward_inference
  }

  static func reorder(
    _ source: Layout, to destination: Layout, scale: Float = 1, on processor: Processor
  ) throws -> PrimitiveDescription {
    let attributes = try Attributes(scales: scale == 1 ? [] : [scale])
    var (from, to) = (source.descriptor, destination.descriptor)
    return try PrimitiveDescription("reorder") {
      dnnl_reorder_primitive_desc_create(
        $0, &from, processor.handle, &to, processor.handle, attributes.handle)
    }
  }

  /// Weights are `[out, in, h, w]`, or `[groups, out / groups, in / groups, h, w]`.
  static func convolution(
    source: Layout, weights: Layout, bias: Layout?, destination: Layout, window: SlidingWindow,
    training: Bool, attributes: Attributes? = nil, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, weights, destination) = (
      source.descriptor, weights.descriptor, destination.descriptor
    )
    return try PrimitiveDescription("convolution", dnnl_convolution_desc_t(), processor, attributes) {
      parameters in
      withOptionalPointer(bias?.descriptor) {
        dnnl_dilated_convolution_forward_desc_init(
          parameters, kind(training), dnnl_convolution_direct, &source, &weights, $0, &destination,
          window.strides, window.dilations, window.before, window.after)
      }
    }
  }

  /// A dense layer: `destination = source × weightsᵀ + bias`, weights `[out, in…]`.
  static func innerProduct(
    source: Layout, weights: Layout, bias: Layout?, destination: Layout, training: Bool,
    attributes: Attributes? = nil, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, weights, destination) = (
      source.descriptor, weights.descriptor, destination.descriptor
    )
    return try PrimitiveDescription("inner_product", dnnl_inner_product_desc_t(), processor, attributes) {
      parameters in
      withOptionalPointer(bias?.descriptor) {
        dnnl_inner_product_forward_desc_init(
          parameters, kind(training), &source, &weights, $0, &destination)
      }
    }
  }

  static func batchNormalization(
    _ layout: Layout, epsilon: Float, flags: NormalizationFlags, training: Bool,
    attributes: Attributes? = nil, on processor: Processor
  ) throws -> PrimitiveDescription {
    var data = layout.descriptor
    return try PrimitiveDescription(
      "batch_normalization", dnnl_batch_normalization_desc_t(), processor, attributes
    ) {
      dnnl_batch_normalization_forward_desc_init($0, kind(training), &data, epsilon, flags.rawValue)
    }
  }

  static func activation(
    _ activation: Activation, _ layout: Layout, training: Bool, on processor: Processor
  ) throws -> PrimitiveDescription {
    var data = layout.descriptor
    let (algorithm, alpha, beta) = activation.algorithm
    return try PrimitiveDescription("eltwise", dnnl_eltwise_desc_t(), processor) {
      dnnl_eltwise_forward_desc_init($0, kind(training), algorithm, &data, alpha, beta)
    }
  }

  static func pooling(
    _ pooling: Pooling, source: Layout, destination: Layout, window: SlidingWindow, training: Bool,
    attributes: Attributes? = nil, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, destination) = (source.descriptor, destination.descriptor)
    return try PrimitiveDescription("pooling", dnnl_pooling_v2_desc_t(), processor, attributes) {
      dnnl_pooling_v2_forward_desc_init(
        $0, kind(training), pooling.kind, &source, &destination, window.strides, window.kernel,
        window.dilations, window.before, window.after)
    }
  }

  /// The second operand's extents equal the first's or are 1.
  static func binary(
    _ operation: BinaryOperation, _ first: Layout, _ second: Layout, destination: Layout,
    attributes: Attributes? = nil, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (first, second, destination) = (
      first.descriptor, second.descriptor, destination.descriptor
    )
    return try PrimitiveDescription("binary", dnnl_binary_desc_t(), processor, attributes) {
      dnnl_binary_desc_init($0, operation.kind, &first, &second, &destination)
    }
  }

  /// The sum over every extent that is 1 in the destination.
  static func reduction(
    source: Layout, destination: Layout, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, destination) = (source.descriptor, destination.descriptor)
    return try PrimitiveDescription("reduction", dnnl_reduction_desc_t(), processor) {
      dnnl_reduction_desc_init($0, dnnl_reduction_sum, &source, &destination, 0, 0)
    }
  }

  /// The sum of tensors of one shape.
  static func sum(
    _ sources: [Layout], destination: Layout, on processor: Processor
  ) throws -> PrimitiveDescription {
    let descriptors = sources.map(\.descriptor)
    let scales = Array(repeating: Float(1), count: sources.count)
    var destination = destination.descriptor
    let attributes = try Attributes()
    return try PrimitiveDescription("sum") {
      dnnl_sum_primitive_desc_create(
        $0, &destination, Int32(sources.count), scales, descriptors, attributes.handle, processor.handle)
    }
  }

  static func concatenation(
    _ sources: [Layout], axis: Int, destination: Layout, on processor: Processor
  ) throws -> PrimitiveDescription {
    let descriptors = sources.map(\.descriptor)
    var destination = destination.descriptor
    let attributes = try Attributes()
    return try PrimitiveDescription("concat") {
      dnnl_concat_primitive_desc_create(
        $0, &destination, Int32(sources.count), Int32(axis), descriptors, attributes.handle, processor.handle)
    }
  }

  /// The mean over the dimensions that are 1 in `destination`.
  static func mean(
    source: Layout, destination: Layout, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, destination) = (source.descriptor, destination.descriptor)
    return try PrimitiveDescription("reduction", dnnl_reduction_desc_t(), processor) {
      dnnl_reduction_desc_init($0, dnnl_reduction_mean, &source, &destination, 0, 0)
    }
  }

  /// Nearest-neighbour resampling; the factors follow from the shapes.
  static func upsampling(
    source: Layout, destination: Layout, training: Bool, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, destination) = (source.descriptor, destination.descriptor)
    return try PrimitiveDescription("resampling", dnnl_resampling_desc_t(), processor) {
      dnnl_resampling_forward_desc_init(
        $0, kind(training), dnnl_resampling_nearest, nil, &source, &destination)
    }
  }

  static func softmax(_ layout: Layout, axis: Int, on processor: Processor) throws -> PrimitiveDescription {
    var (source, destination) = (layout.descriptor, layout.descriptor)
    return try PrimitiveDescription("softmax", dnnl_softmax_v2_desc_t(), processor) {
      dnnl_softmax_v2_forward_desc_init(
        $0, dnnl_forward_inference, dnnl_softmax_accurate, &source, &destination, Int32(axis))
    }
  }
}

/// Backward primitives. Each takes the forward description that it differentiates.
extension PrimitiveDescription {
  static func convolutionSourceGradient(
    source: Layout, weights: Layout, destination: Layout, window: SlidingWindow,
    of forward: PrimitiveDescription, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, weights, destination) = (
      source.descriptor, weights.descriptor, destination.descriptor
    )
    return try PrimitiveDescription(
      "convolution_backward_data", dnnl_convolution_desc_t(), processor, forward: forward
    ) {
      dnnl_dilated_convolution_backward_data_desc_init(
        $0, dnnl_convolution_direct, &source, &weights, &destination, window.strides, window.dilations,
        window.before, window.after)
    }
  }

  static func convolutionWeightsGradient(
    source: Layout, weights: Layout, bias: Layout?, destination: Layout, window: SlidingWindow,
    of forward: PrimitiveDescription, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, weights, destination) = (
      source.descriptor, weights.descriptor, destination.descriptor
    )
    return try PrimitiveDescription(
      "convolution_backward_weights", dnnl_convolution_desc_t(), processor, forward: forward
    ) { parameters in
      withOptionalPointer(bias?.descriptor) {
        dnnl_dilated_convolution_backward_weights_desc_init(
          parameters, dnnl_convolution_direct, &source, &weights, $0, &destination, window.strides,
          window.dilations, window.before, window.after)
      }
    }
  }

  static func innerProductSourceGradient(
    source: Layout, weights: Layout, destination: Layout, of forward: PrimitiveDescription,
    on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, weights, destination) = (
      source.descriptor, weights.descriptor, destination.descriptor
    )
    return try PrimitiveDescription(
      "inner_product_backward_data", dnnl_inner_product_desc_t(), processor, forward: forward
    ) {
      dnnl_inner_product_backward_data_desc_init($0, &source, &weights, &destination)
    }
  }

  static func innerProductWeightsGradient(
    source: Layout, weights: Layout, bias: Layout?, destination: Layout,
    of forward: PrimitiveDescription, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, weights, destination) = (
      source.descriptor, weights.descriptor, destination.descriptor
    )
    return try PrimitiveDescription(
      "inner_product_backward_weights", dnnl_inner_product_desc_t(), processor, forward: forward
    ) { parameters in
      withOptionalPointer(bias?.descriptor) {
        dnnl_inner_product_backward_weights_desc_init(
          parameters, &source, &weights, $0, &destination)
      }
    }
  }

  static func batchNormalizationGradient(
    gradient: Layout, data: Layout, epsilon: Float, flags: NormalizationFlags,
    of forward: PrimitiveDescription, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (gradient, data) = (gradient.descriptor, data.descriptor)
    return try PrimitiveDescription(
      "batch_normalization_backward", dnnl_batch_normalization_desc_t(), processor, forward: forward
    ) {
      dnnl_batch_normalization_backward_desc_init(
        $0, dnnl_backward, &gradient, &data, epsilon, flags.rawValue)
    }
  }

  static func activationGradient(
    _ activation: Activation, gradient: Layout, data: Layout, of forward: PrimitiveDescription,
    on processor: Processor
  ) throws -> PrimitiveDescription {
    var (gradient, data) = (gradient.descriptor, data.descriptor)
    let (algorithm, alpha, beta) = activation.algorithm
    return try PrimitiveDescription(
      "eltwise_backward", dnnl_eltwise_desc_t(), processor, forward: forward
    ) {
      dnnl_eltwise_backward_desc_init($0, algorithm, &gradient, &data, alpha, beta)
    }
  }

  static func poolingGradient(
    _ pooling: Pooling, source: Layout, destination: Layout, window: SlidingWindow,
    of forward: PrimitiveDescription, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, destination) = (source.descriptor, destination.descriptor)
    return try PrimitiveDescription(
      "pooling_backward", dnnl_pooling_v2_desc_t(), processor, forward: forward
    ) {
      dnnl_pooling_v2_backward_desc_init(
        $0, pooling.kind, &source, &destination, window.strides, window.kernel, window.dilations,
        window.before, window.after)
    }
  }

  static func upsamplingGradient(
    source: Layout, destination: Layout, of forward: PrimitiveDescription, on processor: Processor
  ) throws -> PrimitiveDescription {
    var (source, destination) = (source.descriptor, destination.descriptor)
    return try PrimitiveDescription(
      "resampling_backward", dnnl_resampling_desc_t(), processor, forward: forward
    ) {
      dnnl_resampling_backward_desc_init($0, dnnl_resampling_nearest, nil, &source, &destination)
    }
  }
}

private func withOptionalPointer<Value, Result>(
  _ value: Value?, _ body: (UnsafePointer<Value>?) -> Result
) -> Result {
  guard let value else { return body(nil) }
  return withUnsafePointer(to: value) { body($0) }
}
