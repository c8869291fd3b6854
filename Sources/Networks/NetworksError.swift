/// Why a network cannot be built or run. Each message is one line that names the place and the remedy.
public enum NetworksError: Error, Hashable, Sendable {
  /// oneDNN refused a call; `place` names the node or the operation.
  case library(place: String, call: String, status: String)
  /// The operator has no implementation here.
  case unsupported(operator: String, node: String)
  /// The graph is not well formed.
  case invalidGraph(node: String, reason: String)
  /// An input, gradient or parameter has the wrong number of values.
  case wrongCount(name: String, expected: Int, found: Int)
  /// A file does not hold what it should.
  case invalidFile(path: String, reason: String)
}

extension NetworksError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .library(let place, let call, let status):
      "\(place): oneDNN's \(call) failed (\(status))"
    case .unsupported(let name, let node):
      "node \(node): operator \(name) is not supported; export the network without it"
    case .invalidGraph(let node, let reason):
      "node \(node): \(reason)"
    case .wrongCount(let name, let expected, let found):
      "\(name): expected \(expected) values, found \(found)"
    case .invalidFile(let path, let reason):
      "\(path): \(reason)"
    }
  }
}
