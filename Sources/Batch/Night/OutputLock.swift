import Foundation
public import Pipeline

/// Holds an output folder for one process. The kernel lets go when the process ends, however it ends, so
/// that nothing which a dead process left behind can block the next night.
public final class OutputLock {
  /// Another process holds the folder.
  public struct Held: OutcomeError, CustomStringConvertible, Sendable {
    public var output: String
    /// Process id and start of the holder, as it wrote them itself.
    public var holder: String

    public var outcome: Outcome { .inUse }

    public var description: String {
      "\(output): in use by another run (\(holder)); wait for it, or stop it with kill"
    }
  }

  /// The lock's file could not be made.
  public struct Unavailable: OutcomeError, CustomStringConvertible, Sendable {
    public var path: String
    public var reason: String

    public var outcome: Outcome { .badOutput }

    public var description: String {
      "\(path): \(reason); the output folder must be writable"
    }
  }

  private static let fileName = ".afterclass.lock"
  private let descriptor: Int32

  /// - Throws: `Held` at once where another process has it, `Unavailable` where the file cannot be made.
  public init(output: String, now: String) throws {
    let path = output + "/" + Self.fileName
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw Unavailable(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      let holder = Self.contents(of: descriptor)
      close(descriptor)
      guard code == EWOULDBLOCK else {
        throw Unavailable(path: path, reason: String(cString: strerror(code)))
      }
      throw Held(output: output, holder: holder)
    }
    self.descriptor = descriptor
    // Who holds it is a courtesy to the second process: on a full disk the lock holds all the same.
    let text = "process \(getpid()), since \(now)\n"
    if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.utf8.count, 0) }
  }

  deinit { close(descriptor) }

  /// Whether a run holds the folder at this moment.
  public static func isHeld(output: String) -> Bool {
    let descriptor = open(output + "/" + fileName, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private static func contents(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return text.split(separator: "\n").first.map(String.init) ?? "process not named"
  }
}
