import Foundation
import Testing

/// The program itself, run as a user runs it.
enum CommandLine {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Built beside the tests.
  static let executable = (Bundle.main.executableURL ?? root).deletingLastPathComponent()
    .appendingPathComponent("afterclass")

  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let sample = root.appendingPathComponent("Samples/lecture.mp4")

  static func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = root
    return process
  }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - fileBlocks: largest file that may be written, in blocks of 512 bytes.
  ///   - environment: in place of this process's own.
  ///   - other: what to run in place of the program.
  static func run(
    _ arguments: [String], fileBlocks: Int? = nil, environment: [String: String]? = nil,
    executable other: URL? = nil
  ) throws -> Result {
    let process = process(arguments)
    if let other { process.executableURL = other }
    if let environment { process.environment = environment }
    if let fileBlocks {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      let script = "trap '' XFSZ; ulimit -f \(fileBlocks); exec \"$0\" \"$@\""
      process.arguments = ["-c", script, executable.path] + arguments
    }
    let folder = TemporaryFolder()
    let files = try ["out", "err"].map { name in
      let file = folder.url.appendingPathComponent(name)
      try Data().write(to: file)
      return file
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
  }
}

final class TemporaryFolder: Sendable {
  let url: URL

  init() {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("afterclass-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// The files of a report that must be the same, byte by byte, whenever the same is asked for.
func reproducibleFiles(in folder: URL) throws -> [String: Data] {
  let names = [
    "class.csv", "windows.csv", "participants.csv", "faces.csv", "presence.csv", "summary.json",
    "datapackage.json",
    "report.html", "events.vtt", "pipeline.yaml", "words.json",
  ]
  return try names.reduce(into: [:]) { $0[$1] = try Data(contentsOf: folder.appendingPathComponent($1)) }
}
