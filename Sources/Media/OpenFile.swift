import Foundation

/// A file open to be read at any place.
final class OpenFile {
  private let path: String
  private let descriptor: Int32

  /// - Throws: ``MediaError`` where it cannot be opened.
  init(_ url: URL) throws {
    path = url.path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileCheck.refusal(of: url, status: -errno) }
  }

  deinit { close(descriptor) }

  /// Fills `bytes` with what lies from `start` on.
  /// - Throws: ``MediaError`` where the disk fails or the file ends before.
  func read(into bytes: UnsafeMutableRawBufferPointer, from start: Int64) throws {
    guard let first = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      let count = pread(descriptor, first + done, bytes.count - done, Int(start) + done)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw MediaError.diskFailed("read", path) }
      if count == 0 {
        throw MediaError(
          .surroundings, "read", file: path, reason: "it was cut off while it was read",
          remedy: "analyze it again once it is complete")
      }
      done += count
    }
  }
}
