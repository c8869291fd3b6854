import Glibc

/// A file that appears under its name only when it is whole; readable by its owner alone where nothing else is said.
///
/// Written beside its destination, synchronised, and renamed. Without ``commit()`` nothing is left behind.
struct AtomicFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var committed = false

  private static let chunk = 1 << 18

  init(path: String, isPublic: Bool = false) throws(ReportError) {
    self.path = path
    temporary = "\(path).\(getpid()).part"
    unlink(temporary)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .failed("create", path) }
    // Whatever the umask.
    if isPublic { fchmod(descriptor, 0o644) }
    buffer.reserveCapacity(Self.chunk + 4096)
  }

  deinit {
    close(descriptor)
    if !committed { unlink(temporary) }
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
    guard fsync(descriptor) == 0 else { throw .failed("store", path) }
    guard rename(temporary, path) == 0 else { throw .failed("put in place", path) }
    committed = true
  }

  private mutating func flush() throws(ReportError) {
    var start = 0
    while start < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .failed("write", path) }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

extension ReportError {
  /// Takes the reason from `errno`.
  static func failed(_ operation: String, _ path: String) -> ReportError {
    .cannotWrite(path: path, operation: operation, reason: String(cString: strerror(errno)))
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
