import Foundation

/// What one run of a program used, from the kernel's accounts.
public struct ProcessUsage: Codable, Hashable, Sendable {
  /// User and system time of all its threads.
  public let cpuSeconds: Double
  public let wallSeconds: Double
  /// Largest resident set.
  public let peakMegabytes: Double

  public init(cpuSeconds: Double, wallSeconds: Double, peakMegabytes: Double) {
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.peakMegabytes = peakMegabytes
  }
}

/// A program and its arguments. Found along `PATH` where the name has no slash.
public struct Command: Hashable, Sendable {
  public let program: String
  public let arguments: [String]
  /// The program times its own work and prints a ``ProcessUsage`` as JSON: for engines whose start would
  /// hide what is measured.
  public let timesItself: Bool

  public init(_ program: String, _ arguments: [String], timesItself: Bool = false) {
    self.program = program
    self.arguments = arguments
    self.timesItself = timesItself
  }

  /// As one would type it, paths shortened to their last part.
  public var line: String {
    ([program] + arguments).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      .joined(separator: " ")
  }

  /// Runs the program to its end.
  /// - Throws: ``BenchmarkError`` where it cannot be started or fails.
  public func measure() throws -> ProcessUsage {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).out")
    defer { try? FileManager.default.removeItem(at: output) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.path, O_WRONLY | O_CREAT, 0o600)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let start = ContinuousClock.now
    guard posix_spawnp(&process, program, &actions, nil, words, environ) == 0 else {
      throw BenchmarkError(command: self, reason: "cannot be started; is it installed?")
    }
    var status: Int32 = 0
    var usage = rusage()
    var peak = 0.0
    while true {
      let ended = wait4(process, &status, WNOHANG, &usage)
      if ended == process || (ended < 0 && errno != EINTR) { break }
      peak = max(peak, Self.peakMegabytes(of: process))
      usleep(2000)
    }
    let wall = ContinuousClock.now - start
    guard status == 0 else { throw BenchmarkError(command: self, reason: "ended with status \(status)") }
    if timesItself {
      guard let own = try? JSONDecoder().decode(ProcessUsage.self, from: Data(contentsOf: output)) else {
        throw BenchmarkError(command: self, reason: "did not print what it measured")
      }
      return ProcessUsage(cpuSeconds: own.cpuSeconds, wallSeconds: own.wallSeconds, peakMegabytes: peak)
    }
    return ProcessUsage(
      cpuSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds, wallSeconds: wall / .seconds(1),
      peakMegabytes: peak)
  }

  /// The largest resident set of a process so far. The kernel's account of a process that has ended
  /// (`ru_maxrss`) will not do: it starts with that of the process which spawned it.
  private static func peakMegabytes(of process: pid_t) -> Double {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    return (kilobytes ?? 0) / 1024
  }
}

extension ProcessUsage {
  /// What the work used of this process, for programs that time themselves.
  public static func measure(_ work: () throws -> Void) rethrows -> ProcessUsage {
    let (before, start) = (rusage.now, ContinuousClock.now)
    try work()
    let (after, wall) = (rusage.now, ContinuousClock.now - start)
    return ProcessUsage(
      cpuSeconds: after.ru_utime.seconds + after.ru_stime.seconds - before.ru_utime.seconds
        - before.ru_stime.seconds, wallSeconds: wall / .seconds(1),
      peakMegabytes: Double(after.ru_maxrss) / 1024)
  }
}

extension rusage {
  fileprivate static var now: rusage {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1_000_000 }
}

/// A benchmark that could not be run.
public struct BenchmarkError: Error, CustomStringConvertible, Sendable {
  public let command: Command
  public let reason: String
  public var description: String { "\(command.line): \(reason)" }
}
