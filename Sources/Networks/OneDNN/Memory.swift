import COneDNN

/// Whole cache lines, all zero at first. Memories may share one.
final class Buffer {
  let address: UnsafeMutableRawPointer
  let byteCount: Int

  init(byteCount: Int) {
    self.byteCount = max(64, (byteCount + 63) / 64 * 64)
    address = .allocate(byteCount: self.byteCount, alignment: 64)
    address.initializeMemory(as: UInt8.self, repeating: 0, count: self.byteCount)
  }

  deinit { address.deallocate() }
}

/// Elements in a layout, as primitives read and write them.
final class Memory {
  let layout: Layout
  let handle: dnnl_memory_t
  let buffer: Buffer

  private let offset: Int

  /// A memory of its own, or a view of `buffer` from the byte `offset` on.
  init(_ layout: Layout, on processor: Processor, in buffer: Buffer? = nil, at offset: Int = 0) throws {
    let size = layout.byteCount
    let buffer = buffer ?? Buffer(byteCount: size)
    guard offset >= 0, offset <= buffer.byteCount, buffer.byteCount - offset >= size else {
      throw NetworksError.wrongCount(name: "buffer", expected: size, found: buffer.byteCount - offset)
    }
    var handle: dnnl_memory_t?
    var descriptor = layout.descriptor
    try check(
      dnnl_memory_create(&handle, &descriptor, processor.handle, buffer.address + offset), "memory_create")
    guard let handle else {
      throw NetworksError.library(place: "memory", call: "memory_create", status: "null")
    }
    self.handle = handle
    self.layout = layout
    self.buffer = buffer
    self.offset = offset
  }

  /// The same bytes in another layout of no greater size.
  func viewed(as layout: Layout, on processor: Processor) throws -> Memory {
    try Memory(layout, on: processor, in: buffer, at: offset)
  }

  deinit { dnnl_memory_destroy(handle) }

  /// The first stored byte.
  var address: UnsafeMutableRawPointer { buffer.address + offset }

  /// The stored floats in the layout's own order, with what blocking pads. For float32 only.
  var floats: UnsafeMutableBufferPointer<Float> {
    let count = layout.byteCount / MemoryLayout<Float>.stride
    return UnsafeMutableBufferPointer(
      start: address.assumingMemoryBound(to: Float.self), count: count)
  }
}
