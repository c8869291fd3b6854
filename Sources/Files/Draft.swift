import Glibc

/// A file that appears under its name only when it is whole; readable by its owner alone where nothing else is said.
///
/// Written beside its destination, synchronised, and renamed. Without ``commit()`` nothing is left behind.
public struct Draft: ~Copyable {
  /// Ends the name of what is being written: a killed program leaves files of such names.
  public static let ending = ".part"

  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var committed = false

  /// - Parameter isPublic: whether everybody of this machine may read the file.
  public init(of path: String, isPublic: Bool = false) throws(FileError) {
    self.path = path
    temporary = "\(path).\(getpid())\(Self.ending)"
    unlink(temporary)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileError("create", path) }
    // Whatever the umask.
    if isPublic { fchmod(descriptor, 0o644) }
  }

  deinit {
    close(descriptor)
    if !committed { unlink(temporary) }
  }

  public mutating func write(_ bytes: [UInt8]) throws(FileError) {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw FileError("write", path) }
      start += written
    }
  }

  public mutating func commit() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw FileError("store", path) }
    guard rename(temporary, path) == 0 else { throw FileError("put in place", path) }
    committed = true
  }
}

/// Why a file could not be written.
public struct FileError: Error, Equatable, Sendable {
  public let path: String
  /// Completes "cannot …".
  public let operation: String
  public let reason: String

  /// Takes the reason from `errno`.
  public init(_ operation: String, _ path: String) {
    self.path = path
    self.operation = operation
    reason = String(cString: strerror(errno))
  }
}
