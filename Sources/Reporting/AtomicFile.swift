import Files

/// A file that appears under its name only when it is whole; what is written is gathered into large pieces.
struct AtomicFile: ~Copyable {
  private var draft: Draft
  private var buffer: [UInt8] = []

  private static let chunk = 1 << 18

  init(path: String, isPublic: Bool = false) throws(ReportError) {
    do { draft = try Draft(of: path, isPublic: isPublic) } catch { throw ReportError(error) }
    buffer.reserveCapacity(Self.chunk + 4096)
  }

  mutating func write(_ text: String) throws(ReportError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.chunk { try flush() }
  }

  mutating func write(_ bytes: [UInt8]) throws(ReportError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.chunk { try flush() }
  }

  /// Lets `append` write straight into the buffer.
  mutating func write(_ append: (inout [UInt8]) -> Void) throws(ReportError) {
    append(&buffer)
    if buffer.count >= Self.chunk { try flush() }
  }

  mutating func commit() throws(ReportError) {
    try flush()
    do { try draft.commit() } catch { throw ReportError(error) }
  }

  private mutating func flush() throws(ReportError) {
    do { try draft.write(buffer) } catch { throw ReportError(error) }
    buffer.removeAll(keepingCapacity: true)
  }
}

extension ReportError {
  fileprivate init(_ error: FileError) {
    self = .cannotWrite(path: error.path, operation: error.operation, reason: error.reason)
  }

  /// Takes the reason from `errno`.
  static func failed(_ operation: String, _ path: String) -> ReportError {
    ReportError(FileError(operation, path))
  }
}

/// Writes a whole file at once: a reader finds the old text or the new, readable by its owner alone.
///
/// - Parameter isPublic: for what other programs read and says nothing of anybody: everybody of this machine may.
public func writeAtomically(
  _ text: String, to path: String, isPublic: Bool = false
) throws(ReportError) {
  var file = try AtomicFile(path: path, isPublic: isPublic)
  try file.write(text)
  try file.commit()
}
