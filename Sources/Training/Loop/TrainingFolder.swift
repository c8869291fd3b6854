import Foundation

/// The folder that a training writes to. While an instance lives, no other training writes there.
final class TrainingFolder: Sendable {
  let url: URL
  private let lock: Int32

  /// Takes hold of the folder, first making it where there is none.
  ///
  /// - Throws: `TrainingError.unwritable`, or `inUse` where another training has it.
  init(_ url: URL) throws {
    self.url = url
    do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
      throw TrainingError.unwritable(path: url.path)
    }
    // A lock on the folder itself needs no file, and ends with the process that holds it.
    lock = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { throw TrainingError.unwritable(path: url.path) }
    // Where the file system knows no locks, a training goes on without one.
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
      close(lock)
      throw TrainingError.inUse(path: url.path)
    }
  }

  deinit { close(lock) }

  /// - Throws: `TrainingError.exists` where it holds anything; one that is not there does not.
  static func requireEmpty(_ url: URL) throws {
    guard content(of: url).isEmpty else { throw TrainingError.exists(path: url.path) }
  }

  /// Names of what is in it; none where it is not there.
  static func content(of url: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
  }

  /// Replaces a file whole.
  func write(_ bytes: Data, to name: String) throws {
    let file = url.appending(path: name)
    do { try bytes.write(to: file, options: .atomic) } catch {
      throw TrainingError.unwritable(path: file.path)
    }
  }
}
