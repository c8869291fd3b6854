import Glibc

/// Holds a folder for one process. A lock on the folder itself needs no file, and ends with the process that holds it.
public final class FolderLock: Sendable {
  public enum Failure: Error, Equatable {
    /// Another process has it.
    case held
    /// The folder cannot be opened, for the reason of this number.
    case unopened(Int32)
    /// The file system gives no locks, for the reason of this number.
    case unlocked(Int32)
  }

  private let descriptor: Int32

  public init(_ path: String) throws(Failure) {
    let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw .unopened(errno) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(opened)
      throw code == EWOULDBLOCK ? .held : .unlocked(code)
    }
    descriptor = opened
  }

  deinit { close(descriptor) }
}
