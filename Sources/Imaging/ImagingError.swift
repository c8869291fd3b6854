import OpenCVBridge

/// An image operation that could not be done.
public struct ImagingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was asked for: `resize`, `warp`, …
  public let operation: String
  /// Why it could not be done, in one line.
  public let reason: String

  public init(operation: String, reason: String) {
    self.operation = operation
    self.reason = reason
  }

  public var description: String { "\(operation): \(reason)" }
}

/// Runs a call of the bridge and throws its message where it fails.
func bridged(
  _ operation: String, _ body: (UnsafeMutablePointer<cvb_message>) -> cvb_status
) throws(ImagingError) {
  var message = cvb_message()
  let status = body(&message)
  guard status != CVB_OK else { return }
  let reason = withUnsafeBytes(of: message.text) { bytes in
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
  throw ImagingError(
    operation: operation, reason: reason.split(whereSeparator: \.isNewline).joined(separator: " "))
}
