/// Numbers by name in one stretch of memory, so that an optimizer, an average or a checkpoint is one loop.
///
/// Every tensor is row-major float32 and starts on a cache line; the gaps hold zeros and stay zero.
final class ParameterArena {
  struct Segment: Hashable {
    let name: String
    let shape: [Int]
    /// In floats.
    let offset: Int
    let count: Int
  }

  let segments: [Segment]
  /// In floats, with the gaps.
  let count: Int
  private(set) var values: Buffer
  private let positions: [String: Int]

  /// - Parameter tensors: in the order in which they are laid out.
  init(_ tensors: [(name: String, tensor: Tensor)]) {
    var segments: [Segment] = []
    var offset = 0
    for (name, tensor) in tensors {
      segments.append(Segment(name: name, shape: tensor.shape, offset: offset, count: tensor.count))
      offset += (tensor.count + 15) / 16 * 16
    }
    self.segments = segments
    count = offset
    positions = Dictionary(
      zip(segments.map(\.name), segments.indices), uniquingKeysWith: { first, _ in first })
    values = Buffer(byteCount: offset * MemoryLayout<Float>.stride)
    for (segment, entry) in zip(segments, tensors) {
      _ = floats.extracting(segment.offset..<segment.offset + segment.count)
        .update(fromContentsOf: entry.tensor.values)
    }
  }

  subscript(name: String) -> Segment? { positions[name].map { segments[$0] } }

  var floats: UnsafeMutableBufferPointer<Float> { floats(in: values) }

  /// A buffer of the same size, all zero.
  func companion() -> Buffer { Buffer(byteCount: count * MemoryLayout<Float>.stride) }

  func floats(in buffer: Buffer) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      start: buffer.address.assumingMemoryBound(to: Float.self), count: count)
  }

  func tensor(_ segment: Segment) -> Tensor {
    var tensor = Tensor(zeros: segment.shape)
    tensor.values = Array(floats[segment.offset..<segment.offset + segment.count])
    return tensor
  }

  /// A view of one tensor in `buffer`, or in the arena's own values.
  func memory(
    _ segment: Segment, as layout: Layout, in buffer: Buffer? = nil, on processor: Processor
  ) throws -> Memory {
    try Memory(
      layout, on: processor, in: buffer ?? values, at: segment.offset * MemoryLayout<Float>.stride)
  }
}
