/// Why a graph cannot be read or does not fit together: one line with the file, the place in it and the reason.
public struct GraphError: Error, Equatable, CustomStringConvertible {
  /// The file, or the graph's name where it came from no file.
  public var source: String?
  /// The operator that is at fault, as ONNX spells it, and the node's name.
  public var operatorName: String?
  public var node: String?
  public var reason: String

  public init(
    source: String? = nil, operatorName: String? = nil, node: String? = nil, _ reason: String
  ) {
    self.source = source
    self.operatorName = operatorName
    self.node = node
    self.reason = reason
  }

  public var description: String {
    var place = source.map { "\($0): " } ?? ""
    if let operatorName { place += "\(operatorName) " }
    if let node { place += "\"\(node)\" " }
    return place.isEmpty || place.hasSuffix(": ") ? place + reason : place.dropLast() + ": " + reason
  }
}
