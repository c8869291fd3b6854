import COneDNN
import Synchronization

/// The part that a memory plays in a primitive.
struct Argument: Hashable {
  let index: Int32

  static let source = Argument(index: 1)
  static let secondSource = Argument(index: 2)
  static let destination = Argument(index: 17)
  static let weights = Argument(index: 33)
  static let bias = Argument(index: 41)
  static let mean = Argument(index: 49)
  static let variance = Argument(index: 50)
  static let scale = Argument(index: 51)
  static let shift = Argument(index: 52)
  static let workspace = Argument(index: 64)
  static let scratchpad = Argument(index: 80)
  static let sourceGradient = Argument(index: 129)
  static let destinationGradient = Argument(index: 145)
  static let weightsGradient = Argument(index: 161)
  static let biasGradient = Argument(index: 169)
  static let scaleGradient = Argument(index: 255)
  static let shiftGradient = Argument(index: 256)

  /// One of the sources of a concatenation or a sum.
  static func source(_ position: Int) -> Argument { Argument(index: Int32(1024 + position)) }
}

/// oneDNN 2.6.3 may build wrong code where two threads build at once, one for float32 and one for bfloat16: networks
/// then gave other probabilities in up to half of the runs of `NetworkClassifierTests` by themselves, which run side by
/// side. Only one thread builds at a time.
private let building = Mutex(())

/// What a primitive computes, with every layout decided (oneDNN's primitive descriptor).
final class PrimitiveDescription {
  let handle: dnnl_primitive_desc_t

  /// `create` calls one of oneDNN's `…_primitive_desc_create`.
  init(
    _ call: String,
    _ create: (UnsafeMutablePointer<dnnl_primitive_desc_t?>) throws -> dnnl_status_t
  ) throws {
    var handle: dnnl_primitive_desc_t?
    let status = try building.withLock { _ in try create(&handle) }
    try check(status, call)
    guard let handle else {
      throw NetworksError.library(place: "primitive", call: call, status: "null")
    }
    self.handle = handle
  }

  deinit { dnnl_primitive_desc_destroy(handle) }

  /// The layout that the primitive wants; `nil` where it does not use the argument.
  func layout(_ argument: Argument) -> Layout? {
    let found = dnnl_primitive_desc_query_md(handle, dnnl_query_exec_arg_md, argument.index)
    guard let descriptor = found?.pointee, descriptor.ndims > 0 else { return nil }
    return Layout(descriptor: descriptor)
  }

  /// The room for intermediate results; `nil` where the primitive needs none.
  var scratchpad: Layout? {
    let found = dnnl_primitive_desc_query_md(handle, dnnl_query_scratchpad_md, 0)
    guard let descriptor = found?.pointee, descriptor.ndims > 0 else { return nil }
    return Layout(descriptor: descriptor)
  }

  /// As `layout(_:)`, for arguments that the primitive must have.
  func requiredLayout(_ argument: Argument) throws -> Layout {
    guard let layout = layout(argument) else {
      throw NetworksError.library(
        place: implementation, call: "primitive_desc_query_md", status: "no argument \(argument.index)")
    }
    return layout
  }

  /// The name of the kernel, such as `brgconv:avx512_core`.
  var implementation: String {
    var text: UnsafePointer<CChar>?
    let status = dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, &text)
    guard status == dnnl_success, let text else { return "unknown" }
    return String(cString: text)
  }

  /// Whether it is plain loops, for want of a kernel for these shapes and layouts.
  var isReference: Bool { implementation.hasPrefix("ref") }
}

/// A compiled primitive with its memories: running it allocates nothing.
final class Primitive {
  let implementation: String
  private let handle: dnnl_primitive_t
  private let processor: Processor
  private let arguments: UnsafeMutableBufferPointer<dnnl_exec_arg_t>
  private let memories: [Memory]
  /// A view of the processor's scratchpad, the last of the arguments.
  private var scratchpad: Memory?

  init(
    _ description: PrimitiveDescription, _ arguments: [Argument: Memory], on processor: Processor
  ) throws {
    var handle: dnnl_primitive_t?
    let status = building.withLock { _ in dnnl_primitive_create(&handle, description.handle) }
    try check(status, "primitive_create")
    guard let handle else {
      throw NetworksError.library(place: "primitive", call: "primitive_create", status: "null")
    }
    self.handle = handle
    self.processor = processor
    implementation = description.implementation
    memories = Array(arguments.values)
    if let layout = description.scratchpad {
      processor.reserveScratchpad(layout.byteCount)
      scratchpad = try Memory(layout, on: processor, in: processor.scratchpad)
    }
    let list =
      arguments.map { dnnl_exec_arg_t(arg: $0.key.index, memory: $0.value.handle) }
      + (scratchpad.map { [dnnl_exec_arg_t(arg: Argument.scratchpad.index, memory: $0.handle)] } ?? [])
    self.arguments = .allocate(capacity: list.count)
    _ = self.arguments.initialize(fromContentsOf: list)
  }

  deinit {
    dnnl_primitive_destroy(handle)
    arguments.deallocate()
  }

  func run() throws {
    try followScratchpad()
    try check(
      dnnl_primitive_execute(
        handle, processor.stream, Int32(arguments.count), arguments.baseAddress),
      "primitive_execute", at: implementation)
  }

  /// The scratchpad moved if a primitive that was made later needs a larger one.
  private func followScratchpad() throws {
    guard let held = scratchpad, held.buffer !== processor.scratchpad else { return }
    let moved = try Memory(held.layout, on: processor, in: processor.scratchpad)
    arguments[arguments.count - 1].memory = moved.handle
    scratchpad = moved
  }

  /// What moves `source` into `destination`, changing order and element type on the way.
  static func reorder(_ source: Memory, to destination: Memory, on processor: Processor) throws -> Primitive {
    let description = try PrimitiveDescription.reorder(source.layout, to: destination.layout, on: processor)
    return try Primitive(
      description, [.source: source, .destination: destination], on: processor)
  }
}
