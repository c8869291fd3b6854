public import Foundation
public import Pipeline
import Reporting

/// What a night handed to a cluster, beside the reports: which element of its arrays does what, and what each left
/// when it ended. The cluster's nodes share the file system, and nothing else is asked of it: each element writes
/// one file of its own, and only the merging job touches the catalogue.
public struct ClusterPlan: Sendable, Codable {
  /// One element of the arrays: a job's whole recording, or a portion of it.
  public struct Element: Hashable, Sendable, Codable {
    /// Index into `jobs`.
    public var job: Int
    public var portion: Portion?
  }

  /// What the night was when it was handed over: its row in the catalogue, its tally, its work.
  public var night: Int64
  public var tally: Tally
  public var work: String
  /// What every recording is analysed with.
  public var arguments: [String]
  public var prometheus: String?
  /// How long the night's pipeline keeps reports, in seconds.
  public var retain: Int64?
  public var deadline: Date?
  public var jobs: [Job]
  public var elements: [Element]
  /// How many portions each job's recording was cut into.
  public var portions: [Int]
  /// Slurm's numbers of the arrays and of the merging job.
  public var arrays: [String] = []
  public var merging: String?

  /// - Parameters:
  ///   - portions: into how many portions a job's recording is cut.
  ///   - isMeasured: whether a portion was measured by an earlier array.
  public init(
    of night: Night, id: Int64, jobs: [Job], result: Night.Result, arguments: [String],
    portions: (Job) -> Int, isMeasured: (Job, Portion) -> Bool
  ) {
    self.night = id
    tally = result.tally
    self.arguments = arguments
    self.jobs = jobs
    work = night.work
    deadline = night.deadline
    self.portions = jobs.map(portions)
    elements = zip(jobs.indices, self.portions).flatMap { index, count in
      guard count > 1 else { return [Element(job: index)] }
      return (1...count).compactMap { number in
        Portion(number: number, of: count).flatMap { portion in
          isMeasured(jobs[index], portion) ? nil : Element(job: index, portion: portion)
        }
      }
    }
  }

  /// For the terminal or cron's mail, once it is submitted.
  public var line: String {
    let recordings = "\(jobs.count) recording\(jobs.count == 1 ? "" : "s")"
    let elements = "\(elements.count) element\(elements.count == 1 ? "" : "s")"
    let array = arrays.isEmpty ? "no array" : arrays.joined(separator: ", ")
    return "\(recordings) handed to Slurm: \(elements) in \(array), merged by \(merging ?? "nobody")"
  }

  /// Portions of about an hour: long against what starting an element takes, short against a night.
  public static func portions(seconds: Double, each: Double = 3600) -> Int {
    max(1, Int(min(1000, (seconds / each).rounded())))
  }
}

/// Where a plan lies: `.cluster` of the output folder.
extension ClusterPlan {
  static func folder(in output: URL) -> URL { output.appendingPathComponent(".cluster", isDirectory: true) }

  /// What element number `n` wrote to the terminal.
  static func log(of element: Int, in output: URL) -> URL {
    folder(in: output).appendingPathComponent("logs/\(element).txt")
  }

  private static func file(in output: URL) -> URL { folder(in: output).appendingPathComponent("plan.json") }

  private static func outcome(of element: Int, in output: URL) -> URL {
    folder(in: output).appendingPathComponent("outcomes/\(element).json")
  }

  /// The plan of an output folder; `nil` where none waits to be merged.
  ///
  /// - Throws: `OutputLock.Unavailable` where there is one that cannot be read.
  public init?(in output: URL) throws {
    let file = Self.file(in: output)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    do {
      self = try JSONDecoder().decode(ClusterPlan.self, from: Data(contentsOf: file))
    } catch {
      throw OutputLock.Unavailable(path: file.path, reason: "is no plan; delete it")
    }
  }

  /// Makes room for this plan: what an earlier one left is gone.
  public func begin(in output: URL) throws {
    let folder = Self.folder(in: output)
    try? FileManager.default.removeItem(at: folder)
    for name in ["logs", "outcomes"] {
      do {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw OutputLock.Unavailable(path: folder.path, reason: error.localizedDescription)
      }
    }
    try save(in: output)
  }

  public func save(in output: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(self), as: UTF8.self)
    try writeAtomically(text + "\n", to: Self.file(in: output).path)
  }

  /// Arrays and merging job together, by Slurm's numbers.
  public var slurmJobs: [String] { arrays + [merging].compactMap { $0 } }

  /// The cluster is still at work on this output folder.
  public struct Busy: OutcomeError, CustomStringConvertible, Sendable {
    public var output: String
    public var jobs: [String]

    public var outcome: Outcome { .inUse }
    public var description: String {
      "\(output): Slurm is still at work on it (\(jobs.joined(separator: ", "))); wait, or stop it with scancel"
    }
  }

  /// - Throws: `Busy` where elements run or wait.
  public func checkIdle(in output: URL, states: [String: Int]) throws {
    guard states.isEmpty else { throw Busy(output: output.path, jobs: slurmJobs) }
  }

  /// Nothing waits to be merged any more; the logs stay until the next plan.
  public func end(in output: URL) { unlink(Self.file(in: output).path) }

  /// How an element ended; `nil` where it left no word.
  func outcome(of element: Int, in output: URL) -> JobOutcome? {
    let data = try? Data(contentsOf: Self.outcome(of: element, in: output))
    return data.flatMap { try? JSONDecoder().decode(JobOutcome.self, from: $0) }
  }

  /// How many elements have ended by themselves.
  func ended(in output: URL) -> Int { elements.indices.count { outcome(of: $0, in: output) != nil } }

  /// Does what one element is there for, and leaves word of how it ended.
  public func run(element number: Int, in output: URL, with analyst: some Analyst) async throws -> JobOutcome
  {
    guard elements.indices.contains(number) else {
      throw OutputLock.Unavailable(
        path: Self.file(in: output).path, reason: "the plan has no element \(number)")
    }
    let element = elements[number]
    var job = jobs[element.job]
    job.portion = element.portion
    let outcome = await analyst.analyse(job, until: deadline)
    let text = String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self)
    try writeAtomically(text + "\n", to: Self.outcome(of: number, in: output).path)
    return outcome
  }
}
