import ArgumentParser
import Batch
import Foundation
import Pipeline

/// What a cluster's jobs call; `batch --cluster` submits them.
struct ClusterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster", abstract: "What a cluster's jobs call.", shouldDisplay: false,
    subcommands: [Element.self, Merge.self])

  /// One element of an array.
  struct Element: AsyncParsableCommand {
    @Option var output: String
    @Argument var element: Int

    func run() async throws {
      let reports = try ReportsFolder(output, create: false)
      guard let plan = try ClusterPlan(in: reports.url) else { throw OutputError.noReport(reports.url) }
      let analyst = ChildAnalyst(arguments: plan.arguments)
      let outcome = try await interruptible {
        try await plan.run(element: element, in: reports.url, with: analyst)
      }
      switch outcome {
      case .finished: return
      case .stopped: throw ExitCode(Outcome.stopped.rawValue)
      case .failed(_, let reason):
        Terminal.complain(reason)
        throw ExitCode(Outcome.badRecording.rawValue)
      case .impossible(let code, let reason):
        Terminal.complain(reason)
        throw ExitCode(code)
      }
    }
  }

  /// The job after all arrays.
  struct Merge: AsyncParsableCommand {
    @Option var output: String

    func run() async throws {
      let reports = try ReportsFolder(output, create: false)
      let lock = try await lock(reports)
      guard let plan = try ClusterPlan(in: reports.url) else { return }
      let result = try await reports.merge(plan, log: LineLog.log).result
      let undeleted = try reports.close(
        log: LineLog.log, retain: plan.retain, prometheus: plan.prometheus)
      withExtendedLifetime(lock) {}
      try BatchCommand.end(with: result, undeleted: undeleted)
    }

    /// The run that submitted this job may still hold the folder when the arrays are done already.
    private func lock(_ reports: ReportsFolder) async throws -> OutputLock {
      for _ in 0..<60 {
        do {
          return try OutputLock(output: reports.url.path, now: Date().ISO8601Format())
        } catch is OutputLock.Held { try await Task.sleep(for: .seconds(1)) }
      }
      return try OutputLock(output: reports.url.path, now: Date().ISO8601Format())
    }
  }
}
