import Digests
public import Foundation
import Media
import Vocabulary

/// The bytes of a recording: what it is called by, and whether it stayed as it was.
public struct RecordingFile: Equatable {
  let bytes: Int
  let modified: Date?

  init(_ url: URL) throws {
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    } catch {
      throw RecordingError("\(url.path): no longer there; was it moved or the drive removed?")
    }
    bytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
    modified = attributes[.modificationDate] as? Date
  }

  /// SHA-256 of the whole file, read piece by piece.
  ///
  /// - Throws: `RecordingError` with the outcome of a failing machine: what keeps bytes from being read says nothing of them.
  public static func digest(_ url: URL) throws -> String {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(url) }
    defer { close(descriptor) }
    return try withUnsafeTemporaryAllocation(byteCount: 1 << 20, alignment: 64) { buffer in
      var digest = ContentDigest()
      while true {
        try Task.checkCancellation()
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw unreadable(url) }
        if count == 0 { return digest.finish() }
        digest.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
      }
    }
  }

  private static func unreadable(_ url: URL) -> RecordingError {
    RecordingError(
      "\(url.path): cannot be read (\(lastError())); check its permissions and that it can be copied, then run it again",
      .failure)
  }
}
