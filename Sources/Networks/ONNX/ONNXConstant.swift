import Foundation

/// A value that is known when the file is read: a weight, or numbers that describe shapes.
enum ONNXConstant {
  case floats(Tensor)
  /// A scalar (`rank` 0) or a list (`rank` 1) of integers. `nil` stands for an extent that is known only when
  /// the network runs, such as the batch.
  case integers([Int?], rank: Int)

  /// Integers beyond this are clamped: ONNX writes "to the end" as the largest of 64 bits.
  static let largestInteger = 1 << 40

  init(_ proto: Onnx_TensorProto) throws {
    guard proto.dataLocation != .external else {
      throw GraphError("keeps \"\(proto.name)\" in another file; export it with its weights inside")
    }
    let shape = try proto.dims.map { dimension -> Int in
      guard 0...Int64(Operation.largestExtent) ~= dimension else {
        throw GraphError("has a tensor \"\(proto.name)\" of shape \(proto.dims)")
      }
      return Int(dimension)
    }
    guard shape.count <= Operation.largestRank, let count = Tensor.count(of: shape) else {
      throw GraphError("has a tensor \"\(proto.name)\" of shape \(proto.dims)")
    }
    // Held to the bytes that are there before anything of that size is allocated.
    switch Onnx_TensorProto.DataType(rawValue: Int(proto.dataType)) {
    case .float:
      self = try .floats(
        Self.tensor(shape, count, proto, proto.floatData) { (bits: UInt32) in Float(bitPattern: bits) })
    case .double:
      self = try .floats(
        Self.tensor(shape, count, proto, proto.doubleData.map { Float($0) }) { (bits: UInt64) in
          Float(Double(bitPattern: bits))
        })
    case .float16:
      let halves = proto.int32Data.map { Self.float(half: UInt16(truncatingIfNeeded: $0)) }
      self = try .floats(Self.tensor(shape, count, proto, halves, Self.float(half:)))
    case .int64:
      let values = try Self.values(count, proto, proto.int64Data) { (bits: UInt64) in Int64(bitPattern: bits)
      }
      self = try Self.integers(values, shape, proto.name)
    case .int32:
      let values = try Self.values(count, proto, proto.int32Data.map(Int64.init)) { (bits: UInt32) in
        Int64(Int32(bitPattern: bits))
      }
      self = try Self.integers(values, shape, proto.name)
    case .bool:
      let values = try Self.values(count, proto, proto.int32Data.map(Int64.init)) { (bits: UInt8) in
        Int64(bits)
      }
      self = try Self.integers(values, shape, proto.name)
    default:
      throw GraphError(
        "has a tensor \"\(proto.name)\" of ONNX's type \(proto.dataType); only floats and integers are supported"
      )
    }
  }

  private static func tensor<Bits: FixedWidthInteger>(
    _ shape: [Int], _ count: Int, _ proto: Onnx_TensorProto, _ listed: [Float], _ convert: (Bits) -> Float
  ) throws -> Tensor {
    let values = try values(count, proto, listed, convert)
    guard let tensor = Tensor(shape: shape, values: values) else {
      throw GraphError("has a tensor \"\(proto.name)\" that is cut off")
    }
    return tensor
  }

  /// The numbers of a tensor, from its raw little-endian bytes or from the list of its type.
  private static func values<Bits: FixedWidthInteger, Number>(
    _ count: Int, _ proto: Onnx_TensorProto, _ listed: [Number], _ convert: (Bits) -> Number
  ) throws -> [Number] {
    let width = MemoryLayout<Bits>.size
    guard proto.hasRawData else {
      guard listed.count == count else { throw cutOff(proto, has: listed.count, of: count) }
      return listed
    }
    guard proto.rawData.count == count * width else {
      throw cutOff(proto, has: proto.rawData.count / width, of: count)
    }
    return proto.rawData.withUnsafeBytes { bytes in
      (0..<count).map {
        convert(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Bits.self)))
      }
    }
  }

  private static func cutOff(_ proto: Onnx_TensorProto, has found: Int, of count: Int) -> GraphError {
    GraphError("has a tensor \"\(proto.name)\" with \(found) numbers in place of \(count)")
  }

  private static func integers(_ values: [Int64], _ shape: [Int], _ name: String) throws -> ONNXConstant {
    guard shape.count <= 1, values.count <= 1024 else {
      throw GraphError("has a table of integers \"\(name)\"; only shapes and axes are supported")
    }
    return .integers(
      values.map { min(max(Int(clamping: $0), -largestInteger), largestInteger) }, rank: shape.count)
  }

  /// IEEE 754 half precision, without the type `Float16`, which not every platform has.
  static func float(half: UInt16) -> Float {
    let sign: Float = half & 0x8000 == 0 ? 1 : -1
    let exponent = Int(half >> 10 & 0x1F)
    let fraction = Float(half & 0x3FF) / 1024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
    }
  }

  /// A list of integers, all of them known.
  var knownIntegers: [Int]? {
    guard case .integers(let values, _) = self else { return nil }
    return values.known
  }

  /// The numbers as floats, whatever they are in the file.
  var floats: [Float]? {
    switch self {
    case .floats(let tensor): tensor.values
    case .integers: knownIntegers?.map(Float.init)
    }
  }

  var shape: PartialShape {
    switch self {
    case .floats(let tensor): tensor.shape
    case .integers(let values, let rank): rank == 0 ? [] : [values.count]
    }
  }
}
