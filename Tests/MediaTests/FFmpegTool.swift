import Foundation

/// The ffmpeg command, which some tests use to make files that the writer cannot; they are skipped without it.
enum FFmpegTool {
  static let path = ["/usr/bin/ffmpeg", "/usr/local/bin/ffmpeg"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }
  static var isPresent: Bool { path != nil }

  struct Failure: Error { var arguments: [String] }

  static func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: path ?? "/usr/bin/false")
    process.arguments = ["-v", "error", "-nostdin", "-y"] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw Failure(arguments: arguments) }
  }
}
