import Foundation

/// Another program's run, by its name in the path.
struct Program {
  var status: Int32
  var output: String
  var errors: String

  /// Runs a program to its end; status 127 where there is none of that name.
  ///
  /// - Parameter input: what it reads.
  /// - Throws: where no process can be started at all.
  init(_ words: [String], input: String = "") throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let (out, complaints) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = complaints
    // A file, not a pipe: a program that ends without reading is no reason for SIGPIPE.
    let feed = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(input.utf8).write(to: feed)
    defer { unlink(feed.path) }
    process.standardInput = try FileHandle(forReadingFrom: feed)
    try process.run()
    let text = try out.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try complaints.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    status = process.terminationStatus
    output = String(decoding: text, as: UTF8.self)
    errors = String(decoding: complaint, as: UTF8.self)
  }
}
