import Files
import Foundation

/// The folder that a training writes to. While an instance lives, no other training writes there.
final class TrainingFolder: Sendable {
  let url: URL
  /// `nil` where the file system gives none.
  private let lock: FolderLock?

  /// Takes hold of the folder, first making it where there is none.
  ///
  /// - Throws: `TrainingError.unwritable`, or `inUse` where another training has it.
  init(_ url: URL) throws {
    self.url = url
    do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
      throw TrainingError.unwritable(path: url.path)
    }
    do { lock = try FolderLock(url.path) } catch {
      switch error {
      case .held: throw TrainingError.inUse(path: url.path)
      case .unopened: throw TrainingError.unwritable(path: url.path)
      case .unlocked: lock = nil
      }
    }
  }

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
