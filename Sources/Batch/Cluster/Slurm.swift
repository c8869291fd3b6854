import Foundation
public import Pipeline

/// Slurm, through its own commands: it queues, places and retries; we only ask.
public struct Slurm: Sendable {
  /// Why Slurm could not be asked or refused.
  public struct Failed: OutcomeError, CustomStringConvertible, Sendable {
    public var command: String
    public var reason: String

    public var outcome: Outcome { .failure }
    public var description: String { "\(command): \(reason)" }
  }

  public init() {}

  /// Hands a script to the queue.
  ///
  /// - Returns: the job's number.
  func submit(_ script: String) throws -> String {
    let answer = try run(["sbatch", "--parsable"], input: script)
    // `123` or `123;cluster`.
    let number = answer.prefix { $0.isNumber }
    guard !number.isEmpty else { throw Failed(command: "sbatch", reason: "answered \(answer)") }
    return String(number)
  }

  /// How many elements of these jobs are in which state (`RUNNING`, `PENDING`, …); those that ended are gone.
  public func states(of jobs: [String]) throws -> [String: Int] {
    try jobs.reduce(into: [:]) { states, job in
      let words = ["squeue", "--noheader", "--array", "--format=%T", "--jobs=\(job)"]
      let answer = try run(words, emptyOn: "Invalid job id")
      for state in answer.split(whereSeparator: \.isWhitespace) { states[String(state), default: 0] += 1 }
    }
  }

  /// The most elements that one array may have.
  func largestArray() throws -> Int {
    try Self.largestArray(configuration: try run(["scontrol", "show", "config"]))
  }

  static func largestArray(configuration: String) throws -> Int {
    let line = configuration.split(separator: "\n").first { $0.hasPrefix("MaxArraySize") }
    // Slurm's figure is the first index that is too large.
    let size = line.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 1001
    guard size > 0 else {
      throw Failed(
        command: "scontrol show config",
        reason: "MaxArraySize = \(size): this Slurm takes no arrays; have it raised, or leave out --cluster")
    }
    return size
  }

  /// - Parameter complaint: a complaint that means "nothing".
  private func run(_ words: [String], input: String = "", emptyOn complaint: String? = nil) throws -> String {
    let command = words[0]
    let run = try Program(words, input: input)
    if run.status == 0 { return run.output }
    if let complaint, run.errors.contains(complaint) { return "" }
    if run.status == 127 {
      let reason = "is not installed here; --cluster slurm runs where Slurm's commands are"
      throw Failed(command: command, reason: reason)
    }
    let reason = run.errors.split(separator: "\n").first.map(String.init) ?? "ended with code \(run.status)"
    throw Failed(command: command, reason: reason.replacing("\(command): error: ", with: ""))
  }
}
