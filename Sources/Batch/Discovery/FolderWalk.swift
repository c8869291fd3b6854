import Foundation

/// A regular file met on a walk, as it was at that moment.
public struct FoundFile: Hashable, Sendable, Codable {
  public var path: String
  public var size: Int64
  /// Nanoseconds since 1970 by the file system's clock.
  public var modified: Int64
  public var device: UInt64
  public var inode: UInt64

  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  public var folder: String { String(path.dropLast(name.count + 1)) }
}

/// What a walk met: files, and places that it could not look into.
public struct FolderWalk: Sendable {
  public private(set) var files: [FoundFile] = []
  /// Folders that could not be read and names that cannot be used, with the reason.
  public private(set) var refusals: [Refusal] = []

  public struct Refusal: Hashable, Sendable {
    public var path: String
    public var reason: String
  }

  /// Folders that hold a report, with all below them.
  public private(set) var passedOver: [PassedOver] = []

  public struct PassedOver: Hashable, Sendable {
    public var path: String
    public var names: [String]
  }

  private var visited: Set<FileIdentity> = []
  private var seen: Set<FileIdentity> = []
  private let isOwnOutput: @Sendable (_ folder: String, _ names: [String]) -> Bool

  /// Walks folders at any depth, in the order of names, following links but no folder twice.
  ///
  /// - Parameter isOwnOutput: true for a folder that holds a report, which is passed over with all below it.
  public init(
    of folders: [String], isOwnOutput: @escaping @Sendable (_ folder: String, _ names: [String]) -> Bool
  ) {
    self.isOwnOutput = isOwnOutput
    for folder in folders { walk(folder, depth: 0) }
  }

  /// Far beyond what anybody nests; a bound for the stack.
  private static let deepest = 128

  private mutating func walk(_ path: String, depth: Int) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      refusals.append(Refusal(path: path, reason: Self.reason()))
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      guard depth < Self.deepest, visited.insert(FileIdentity(status)).inserted else { return }
      walkFolder(path, depth: depth)
    case S_IFREG:
      // Two names of one file (a link beside its target) are one recording.
      guard seen.insert(FileIdentity(status)).inserted else { return }
      files.append(
        FoundFile(
          path: path, size: Int64(status.st_size),
          modified: Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec),
          device: UInt64(status.st_dev), inode: UInt64(status.st_ino)))
    default:
      return
    }
  }

  private mutating func walkFolder(_ path: String, depth: Int) {
    guard let directory = opendir(path) else {
      refusals.append(Refusal(path: path, reason: Self.reason()))
      return
    }
    var names: [String] = []
    while let entry = readdir(directory) {
      switch Self.name(of: entry) {
      case "."?, ".."?: continue
      case let name?: names.append(name)
      case nil:
        refusals.append(
          Refusal(path: path, reason: "holds a name that is not UTF-8; rename it to have it analysed"))
      }
    }
    closedir(directory)
    guard !isOwnOutput(path, names) else {
      passedOver.append(PassedOver(path: path, names: names))
      return
    }
    for name in names.sorted() { walk("\(path)/\(name)", depth: depth + 1) }
  }

  /// `nil` where the bytes are not UTF-8: such a name could not be opened again from a `String`.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
    withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
        String(validatingCString: $0)
      }
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}

/// Device and inode: what a file is, whatever it is called.
private struct FileIdentity: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}
