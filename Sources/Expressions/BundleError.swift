/// Why a model bundle cannot be used: one line with the file, what is wrong and the remedy.
public struct BundleError: Error, Equatable, CustomStringConvertible {
  public var file: String
  public var reason: String

  public init(file: String, _ reason: String) {
    self.file = file
    self.reason = reason
  }

  public var description: String { "\(file): \(reason)" }
}
