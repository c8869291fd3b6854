import Foundation

/// The system calls of a run that reach files and networks, as strace writes them down.
struct SystemCalls {
  private let lines: [Substring]

  private static let strace = "/usr/bin/strace"

  /// Not where the machine forbids tracing.
  static let canBeTraced: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: strace)
    process.arguments = ["-o", "/dev/null", "true"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// Runs the program under strace to its end.
  ///
  /// - Parameter other: what to run in place of the program.
  static func traced(
    _ arguments: [String], through other: [String]? = nil
  ) throws -> (result: CommandLine.Result, calls: SystemCalls) {
    let folder = TemporaryFolder()
    let log = folder.url.appendingPathComponent("calls")
    let traced = other ?? [CommandLine.executable.path] + arguments
    let result = try CommandLine.run(
      ["-f", "-yy", "-qq", "-s", "4096", "-e", "trace=%network,%file", "-e", "signal=none", "-o", log.path]
        + traced,
      executable: URL(fileURLWithPath: strace))
    let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    return (result, SystemCalls(lines: text.split(separator: "\n")))
  }

  /// Calls that reach beyond the machine; the C library asks a local daemon for users' names (`AF_UNIX`).
  var toTheNetwork: [Substring] {
    lines.filter { line in
      !line.contains("UNIX")
        && ["socket(", "connect(", "sendto(", "sendmsg(", "bind("].contains { line.contains(" \($0)") }
    }
  }

  /// Files that were opened, whether or not there were any.
  var openedFiles: [String] { lines.filter { $0.contains(" open") }.compactMap(Self.path) }

  /// Files and folders that were made, changed, renamed or removed; devices aside.
  var writtenFiles: [String] {
    lines.filter { line in
      if line.contains(" open") { return ["O_WRONLY", "O_RDWR", "O_CREAT"].contains { line.contains($0) } }
      return ["mkdir", "rename", "unlink", "link", "symlink", "truncate", "chmod", "creat", "rmdir"].contains
      {
        line.contains(" \($0)(") || line.contains(" \($0)at(") || line.contains(" \($0)at2(")
      }
    }.compactMap(Self.path).filter { !$0.hasPrefix("/dev/") }
  }

  /// The first path of a call.
  private static func path(_ line: Substring) -> String? {
    let parts = line.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }
}
