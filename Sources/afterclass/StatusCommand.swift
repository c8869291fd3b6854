import ArgumentParser
import Batch
import Foundation
import Pipeline

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what a nightly run is doing, what is done, and what failed.")

  @Option(
    name: [.short, .long], help: ArgumentHelp("The folder of all reports.", valueName: "dir"),
    completion: .directory)
  var output = "Reports"

  @Flag(help: "As JSON.")
  var json = false

  @Flag(help: "Make the catalogue anew from the report folders.")
  var rebuild = false

  func run() async throws {
    let reports = try ReportsFolder(output, create: false)
    if rebuild {
      let lock = try OutputLock(output: reports.url.path, now: Date().ISO8601Format())
      let count = try Catalogue.rebuild(output: reports.url)
      withExtendedLifetime(lock) {}
      if !json { print("\(count) reports found") }
    }
    let status = try reports.status()
    print(json ? try status.json : status.text.printable)
  }
}

struct PurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Delete reports that were finished long ago, with a line each in purge.log.",
    discussion: """
      Without --older-than each report is kept as long as the pipeline that made it says (report.retain in the \
      pipeline file, for instance 180d); a nightly run does the same at its end, also with what was measured of \
      recordings that never came to a report. A recording whose report was \
      deleted is not analysed again, unless `batch --force` asks for it.

        afterclass purge --older-than 180d --dry-run
      """)

  @Option(
    help: ArgumentHelp("Age such as 180d, 26w or 12h.", valueName: "age"), transform: age)
  var olderThan: Span?

  @Option(name: [.short, .long], help: ArgumentHelp("The folder of all reports.", valueName: "dir"))
  var output = "Reports"

  @Flag(help: "Say what would be deleted, and delete nothing.")
  var dryRun = false

  func run() async throws {
    let reports = try ReportsFolder(output, create: false)
    let lock = try OutputLock(output: reports.url.path, now: Date().ISO8601Format())
    let retention = Retention(
      output: reports.url, olderThan: olderThan?.wholeSeconds, catalogue: try Catalogue(output: reports.url))
    let due = try retention.due()
    for warning in due.warnings { Terminal.complain(warning) }
    var undeleted: [Retention.Undeleted] = []
    if dryRun {
      for name in due.names { print("would delete  \(name.printable)") }
    } else {
      undeleted = retention.deleteAll(due) { print("deleted  \($0.printable)") }
    }
    for failure in undeleted { Terminal.complain("\(failure)") }
    let count = due.count - undeleted.count
    print("\(count) report\(count == 1 ? "" : "s") \(dryRun ? "to delete" : "deleted")")
    if !dryRun, due.count > 0 { try reports.publish() }
    withExtendedLifetime(lock) {}
    if !undeleted.isEmpty { throw ExitCode(Outcome.badOutput.rawValue) }
  }
}

/// A span in hours, days or weeks, from one hour on: a forgotten unit must not delete all reports but the last.
@Sendable private func age(_ text: String) throws -> Span {
  guard let unit = text.last, "hdw".contains(unit), let span = Span(text), span.wholeSeconds >= 3600 else {
    throw ValidationError("'\(text)' is no age such as 180d, 26w or 12h")
  }
  return span
}
