public import Foundation

/// Writes a whole file at once, readable by its owner alone from its first byte on: a reader finds the old file or
/// the new one.
///
/// - Throws: `POSIXError`; nothing is left behind then.
public func writePrivately(_ bytes: Data, to url: URL) throws {
  let draft = "\(url.path).\(getpid()).part"
  unlink(draft)
  let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { throw lastFailure() }
  do {
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
    guard fsync(descriptor) == 0, rename(draft, url.path) == 0 else { throw lastFailure() }
  } catch {
    unlink(draft)
    throw error
  }
}

private func write(_ bytes: Data, to descriptor: Int32) throws {
  try bytes.withUnsafeBytes { bytes in
    var start = 0
    while start < bytes.count {
      let written = write(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw lastFailure() }
      start += written
    }
  }
}

private func lastFailure() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
