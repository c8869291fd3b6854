public import Foundation
import Pipeline

/// Analyses each recording in a process of its own (`afterclass analyze`): a crash in a codec costs one
/// recording, and the memory of a night is that of its largest recording.
public struct ChildAnalyst: Analyst {
  /// The program itself, by default the one that runs now.
  public var executable: URL
  /// What every recording is analysed with: `--pipeline`, `--jobs`, …
  public var arguments: [String]

  public init(executable: URL = URL(fileURLWithPath: "/proc/self/exe"), arguments: [String]) {
    self.executable = executable.resolvingSymlinksInPath()
    self.arguments = arguments
  }

  public func analyse(_ job: Job) async -> JobOutcome {
    guard !Task.isCancelled else { return .stopped }
    let process = Process()
    process.executableURL = executable
    process.arguments = ["analyze"] + arguments(for: job)
    let errors = Pipe()
    // The child stops when this pipe ends, so that it never outlives a night that was killed.
    let lifeline = Pipe()
    process.standardInput = lifeline
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    let ended = AsyncStream<Void> { stream in
      process.terminationHandler = { _ in stream.finish() }
    }
    do { try process.run() } catch {
      return .failed(
        .transient, reason: "\(executable.path) cannot be started: \(error.localizedDescription)")
    }
    let tail = Task.detached { Self.lastLine(of: errors.fileHandleForReading) }
    await withTaskCancellationHandler {
      for await _ in ended {}
    } onCancel: {
      // No signal: a child that is still starting inherits our deafness to it, and a second one, after systemd's to
      // all processes of the service, would kill it.
      try? lifeline.fileHandleForWriting.close()
    }
    // The handler fires before the status is readable on some systems.
    process.waitUntilExit()
    withExtendedLifetime(lifeline) {}
    return Self.outcome(
      status: process.terminationStatus, crashed: process.terminationReason == .uncaughtSignal,
      message: await tail.value, isReadable: access(job.file.path, R_OK) == 0)
  }

  func arguments(for job: Job) -> [String] {
    let words = CompanionFiles(among: job.companions)
    let options: [(String, String?)] = [
      ("--title", job.title), ("--started", job.started), ("--portion", job.portion?.description),
      ("--transcript", words.transcript?.path), ("--chat", words.chat?.path),
      ("--participants", words.roster?.path), ("--output", job.folder.path),
    ]
    // With `=`, so that a title which begins with a dash is still a title.
    let named = options.compactMap { name, value in value.map { "\(name)=\($0)" } }
    return arguments + named + ["--found", "--lifeline", "--", job.file.path]
  }

  /// What an exit code of `analyze` means for the night.
  ///
  /// - Parameter isReadable: the recording is there and this user may read it, which its size and time do not tell.
  static func outcome(status: Int32, crashed: Bool, message: String, isReadable: Bool) -> JobOutcome {
    if crashed {
      // Out of memory kills with 9, and so does a person: neither is the recording's fault.
      return status == SIGKILL || status == SIGTERM
        ? .failed(.transient, reason: "the analysis was killed (signal \(status))")
        : .failed(.crash, reason: "the analysis crashed (signal \(status)); please report the recording")
    }
    let reason = message.isEmpty ? "the analysis ended with code \(status)" : message
    switch Outcome(rawValue: status) {
    case .success: return .finished
    case .stopped: return .stopped
    case .refused, .badModel, .usage: return .impossible(code: status, reason: reason)
    case .badRecording where isReadable: return .failed(.permanent, reason: reason)
    case .badRecording, .failure, .inUse, .badOutput, .unfit, nil: return .failed(.transient, reason: reason)
    }
  }

  /// The last line that is not blank; the rest is read and dropped, so that the child never waits for us.
  private static func lastLine(of handle: FileHandle) -> String {
    var tail = Data()
    while let chunk = try? handle.read(upToCount: 4096), !chunk.isEmpty {
      tail.append(chunk)
      if tail.count > 16_384 { tail = Data(tail.suffix(8192)) }
    }
    let lines = String(decoding: tail, as: UTF8.self).split(whereSeparator: \.isNewline)
    let line = lines.last { !$0.allSatisfy(\.isWhitespace) } ?? ""
    return String(line.drop { $0.isWhitespace }.replacing("afterclass: ", with: "", maxReplacements: 1))
  }
}
