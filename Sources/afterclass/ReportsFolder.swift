import ArgumentParser
import Batch
import Foundation
import Logging
import Pipeline
import Reporting

/// The folder of all reports: what a night and those who ask about it share.
struct ReportsFolder {
  let url: URL

  /// - Parameter create: make it, readable by its owner alone, where it is not there.
  init(_ path: String, create: Bool) throws {
    url = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
    if create {
      do {
        try FileManager.default.createDirectory(
          at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw OutputError.unwritable(url, reason: error.localizedDescription)
      }
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw OutputError.noReport(url)
    }
  }

  /// A folder that may not be there yet, and is not made.
  init(planned path: String) {
    url = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
  }

  /// What is known of the folder; nothing where it is not there yet.
  func catalogue() throws -> Catalogue {
    try FileManager.default.fileExists(atPath: url.path) ? Catalogue(output: url) : Catalogue.empty()
  }

  func status() throws -> Status {
    let catalogue = try Catalogue(output: url)
    let cluster = try ClusterPlan(in: url).map { plan in
      Status.ClusterState(plan, in: url, states: try? Slurm().states(of: plan.slurmJobs))
    }
    return Status(
      reports: try catalogue.reports(), failures: try catalogue.failures(), night: try catalogue.lastNight(),
      isRunning: OutputLock.isHeld(output: url.path), cluster: cluster)
  }

  /// What a cluster left and its own last job did not merge, for instance because it was killed.
  ///
  /// - Throws: `ClusterPlan.Busy` while the cluster is at work on this folder.
  func mergeWhatIsLeft(log: Logger) async throws {
    guard let plan = try ClusterPlan(in: url) else { return }
    try plan.checkIdle(in: url, states: Slurm().states(of: plan.slurmJobs))
    let (result, isCancelled) = try await merge(plan, log: log)
    log.notice("merged what the cluster left: \(result.tally.line)")
    if let impossible = result.impossible { log.error("\(impossible.reason)") }
    // What stopped the cluster's elements is over; what stops this run is not.
    if isCancelled { throw ExitCode(Outcome.stopped.rawValue) }
  }

  /// Enters what the elements of a plan did, puts portions together, and reports on those.
  func merge(_ plan: ClusterPlan, log: Logger) async throws -> (result: Night.Result, isCancelled: Bool) {
    let night = Night(
      folders: [], output: url, work: plan.work, catalogue: try Catalogue(output: url), log: log)
    let analyst = ChildAnalyst(arguments: plan.arguments)
    return try await interruptible { (try await night.merge(plan, with: analyst), Task.isCancelled) }
  }

  /// Ends a night: deletes what was kept for its time, then publishes.
  ///
  /// - Parameter retain: how long the night's pipeline keeps reports, in seconds.
  /// - Returns: how much could not be deleted; the log names each.
  func close(log: Logger, retain: Int64?, prometheus: String? = nil) throws -> Int {
    let retention = Retention(output: url, retain: retain, catalogue: try Catalogue(output: url))
    let due = try retention.due()
    for warning in due.warnings { log.warning("\(warning)") }
    let undeleted = retention.deleteAll(due) { name in
      log.notice("\(name): kept for as long as its pipeline says, deleted")
    }
    for failure in undeleted { log.error("\(failure)") }
    try publish(prometheus: prometheus)
    return undeleted.count
  }

  /// Writes `index.html`, the page over all reports, and, where asked for, the figures for monitoring.
  func publish(prometheus: String? = nil) throws {
    let status = try status()
    try writeIndex(failures: status.failures)
    if let prometheus, let night = status.night {
      try writeAtomically(
        PrometheusText(night: night, reports: status.reports.count).text,
        to: URL(fileURLWithPath: prometheus).path, isPublic: true)
    }
  }

  /// Writes `index.html` over the report folders that are there.
  @discardableResult
  func writeIndex(failures: [FailureEntry]) throws -> (file: URL, reports: Int) {
    let failed = failures.map {
      FailedRecording(
        title: $0.title, path: $0.path, reason: $0.failure.reason, isRetried: $0.failure.kind != .permanent)
    }
    return try Reporting.writeIndex(of: url, failures: failed) { file in
      let name = RecordingName(file: file, folder: "")
      return RecordingTitle(title: name.topic, started: name.started)
    }
  }
}
