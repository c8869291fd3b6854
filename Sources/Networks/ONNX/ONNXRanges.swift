/// `Graph.ranges` as ONNX's metadata, which other runtimes pass over: the key `afterclass.range.` and the value's
/// name, the numbers `low high`.
enum ONNXRanges {
  private static let prefix = "afterclass.range."

  static func properties(_ ranges: [String: ClosedRange<Float>]) -> [Onnx_StringStringEntryProto] {
    ranges.sorted { $0.key < $1.key }.map { name, range in
      .with {
        $0.key = prefix + name
        $0.value = "\(range.lowerBound) \(range.upperBound)"
      }
    }
  }

  /// - Parameter known: names of the values that the graph has.
  /// - Throws: `GraphError` where a range is none, or of a value that the graph does not have.
  static func ranges(
    _ properties: [Onnx_StringStringEntryProto], known: Set<String>
  ) throws -> [String: ClosedRange<Float>] {
    var ranges: [String: ClosedRange<Float>] = [:]
    for property in properties where property.key.hasPrefix(prefix) {
      let name = String(property.key.dropFirst(prefix.count))
      let ends = property.value.split(separator: " ").compactMap { Float($0) }
      guard known.contains(name), ends.count == 2, ends[0] < ends[1], ends.allSatisfy({ abs($0) <= 1e9 })
      else {
        throw GraphError("has a range \"\(property.value)\" of \"\(name)\" that cannot be")
      }
      ranges[name] = ends[0]...ends[1]
    }
    return ranges
  }
}
