import Foundation
import GRDB
import Testing

@testable import Batch

@Suite("What is known of an output folder can be seen, rebuilt and purged")
struct StatusTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  private func report(_ folder: String, finished: Int64) -> ReportEntry {
    ReportEntry(
      digest: folder + "digest", folder: folder, path: "/in/\(folder).mp4", title: folder, started: nil,
      work: "w",
      finished: finished, seconds: 5400)
  }

  /// A report's folder as a night leaves it.
  private func write(_ report: ReportEntry, state: String) throws {
    let folder = root.appendingPathComponent(report.folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Origin(report).text.utf8).write(to: folder.appendingPathComponent(Origin.fileName))
    try Data(#"{"state": "\#(state)"}"#.utf8).write(to: folder.appendingPathComponent("run.json"))
  }

  @Test("A catalogue that was lost is made anew from finished reports alone")
  func rebuild() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write(report("a", finished: 0), state: "finished")
    try write(report("b", finished: 0), state: "writing")
    try Data("no database".utf8).write(to: root.appendingPathComponent(Catalogue.fileName))
    #expect(try Catalogue.rebuild(output: root) == 1)
    let reports = try Catalogue(output: root).reports()
    #expect(reports.map(\.title) == ["a"])
    #expect(reports.first?.work == "w")
  }

  @Test("Old reports are deleted with a line each; others and links' targets stay")
  func purge() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let (old, young) = (report("old", finished: 1000), report("young", finished: 9000))
    try write(old, state: "finished")
    try write(young, state: "finished")
    let catalogue = try Catalogue(output: root)
    try catalogue.record(old)
    try catalogue.record(young)
    let retention = Retention(output: root, olderThan: 5000, catalogue: catalogue)
    let now = Date(timeIntervalSince1970: 10_000)
    #expect(try retention.due(now: now).reports == [old])
    #expect(try retention.due(now: Date(timeIntervalSince1970: 0)).count == 0)
    try retention.delete(old, now: now)
    #expect(try catalogue.reports() == [young])
    #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("old").path))
    let log = try String(contentsOf: root.appendingPathComponent(Retention.auditName), encoding: .utf8)
    #expect(log == "1970-01-01T02:46:40Z deleting old, finished 1970-01-01, recording olddigest\n")
  }

  @Test("A report that cannot be deleted is named, and holds up no other")
  func undeletable() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let names = ["a", "stuck", "z"]
    for name in names { try write(report(name, finished: 1000), state: "finished") }
    let catalogue = try Catalogue(output: root)
    for name in names { try catalogue.record(report(name, finished: 1000)) }
    // Root deletes whatever the permissions say, so it is the catalogue that refuses.
    try catalogue.write { database in
      try database.execute(
        sql: """
          CREATE TRIGGER stuck BEFORE INSERT ON purged WHEN NEW.digest = 'stuckdigest'
          BEGIN SELECT RAISE(ABORT, 'refused'); END
          """)
    }
    let retention = Retention(output: root, olderThan: 1, catalogue: catalogue)
    var deleted: [String] = []
    let undeleted = try retention.deleteAll(retention.due()) { deleted.append($0) }
    #expect(deleted == ["a", "z"])
    #expect(undeleted.map(\.path) == [root.appendingPathComponent("stuck").path])
    #expect(undeleted.first?.reason.contains("refused") == true)
    #expect(try catalogue.reports().map(\.folder) == ["stuck"])
    #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent("stuck").path))
  }

  @Test("What a deleted report's links point to stays, and so does what a link in a report's place points to")
  func links() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let files = FileManager.default
    let outside = root.appendingPathComponent("outside")
    try files.createDirectory(at: outside, withIntermediateDirectories: true)
    try Data("kept".utf8).write(to: outside.appendingPathComponent("thesis.txt"))
    let (folder, link) = (report("folder", finished: 1000), report("link", finished: 1000))
    try write(folder, state: "finished")
    try files.createSymbolicLink(
      at: root.appendingPathComponent("folder/inside"), withDestinationURL: outside)
    try files.createSymbolicLink(at: root.appendingPathComponent("link"), withDestinationURL: outside)
    let catalogue = try Catalogue(output: root)
    let retention = Retention(output: root, olderThan: 5000, catalogue: catalogue)
    for report in [folder, link] {
      try catalogue.record(report)
      try? retention.delete(report)
    }
    #expect(!files.fileExists(atPath: root.appendingPathComponent("folder").path))
    #expect(files.fileExists(atPath: outside.appendingPathComponent("thesis.txt").path))
  }

  @Test("Without an age each report is kept for as long as its own pipeline says")
  func ownAge() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let catalogue = try { () throws -> Catalogue in
      for name in ["day", "week", "ever"] { try write(report(name, finished: 0), state: "finished") }
      return try Catalogue(output: root)
    }()
    for (name, retain) in [("day", "1d"), ("week", "7d"), ("ever", "none")] {
      try Data("report:\n  retain: \(retain)\n".utf8).write(
        to: root.appendingPathComponent("\(name)/pipeline.yaml"))
      try catalogue.record(report(name, finished: 0))
    }
    let retention = Retention(output: root, catalogue: catalogue)
    #expect(try retention.due(now: Date(timeIntervalSince1970: 2 * 86_400)).reports.map(\.folder) == ["day"])
    #expect(
      Set(try retention.due(now: Date(timeIntervalSince1970: 9 * 86_400)).reports.map(\.folder)) == [
        "day", "week",
      ])
  }

  @Test("What was measured and never reported on is deleted at the same age; finished reports of others stay")
  func leftovers() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    func add(_ folder: String, _ names: String...) throws {
      let place = root.appendingPathComponent(folder)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for name in names { try Data().write(to: place.appendingPathComponent(name)) }
    }
    try add("failed", "observations.sqlite")
    try add("own", "observations.sqlite", "run.json")
    try add("lost", "observations.sqlite", "run.json", Origin.fileName)
    try add("pictures", "a.png")
    let catalogue = try Catalogue(output: root)
    let later = Date() + 2 * 86_400
    #expect(try Retention(output: root, catalogue: catalogue).due(now: later).count == 0)
    let retention = Retention(output: root, retain: 86_400, catalogue: catalogue)
    #expect(try retention.due().count == 0)
    let due = try retention.due(now: later)
    #expect(due.leftovers.map(\.folder) == ["failed", "lost"])
    #expect(due.names == ["failed (never finished)", "lost (never finished)"])
    try retention.delete(try #require(due.leftovers.first), now: later)
    #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("failed").path))
    #expect(Retention.purged(in: root).isEmpty)
  }

  @Test("A report whose age limit cannot be read is kept, and told")
  func unreadableLimit() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write(report("a", finished: 0), state: "finished")
    try Data("report: [".utf8).write(to: root.appendingPathComponent("a/pipeline.yaml"))
    let catalogue = try Catalogue(output: root)
    try catalogue.record(report("a", finished: 0))
    let due = try Retention(output: root, catalogue: catalogue).due()
    #expect(due.count == 0 && due.warnings.count == 1)
    #expect(due.warnings.first?.contains("a/pipeline.yaml") == true)
  }

  @Test("A deletion that was cut short is finished by the next one, and the report is not made again")
  func cutShort() throws {
    let old = report("old", finished: 1000)
    try write(old, state: "finished")
    defer { try? FileManager.default.removeItem(at: root) }
    let catalogue = try Catalogue(output: root)
    try catalogue.record(old)
    try catalogue.rememberPurged(old.digest, at: 2000)
    let retention = Retention(output: root, olderThan: 1, catalogue: catalogue)
    let undeleted = try retention.deleteAll(retention.due()) { _ in }
    #expect(undeleted.isEmpty)
    #expect(try catalogue.reports().isEmpty && catalogue.isPurged(old.digest))
    #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("old").path))
  }

  @Test("A rebuilt catalogue still knows which reports were deleted for their age")
  func purgedSurvives() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write(report("old", finished: 0), state: "finished")
    let catalogue = try Catalogue(output: root)
    try catalogue.record(report("old", finished: 0))
    try Retention(output: root, olderThan: 1, catalogue: catalogue).delete(report("old", finished: 0))
    #expect(try Catalogue.rebuild(output: root) == 0)
    #expect(try Catalogue(output: root).isPurged("olddigest"))
  }

  @Test("A folder's name that leads elsewhere deletes nothing")
  func escaping() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("out"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("else"), withIntermediateDirectories: true)
    let output = root.appendingPathComponent("out")
    let retention = Retention(output: output, olderThan: 1, catalogue: try Catalogue(output: output))
    try retention.delete(report("../else", finished: 0))
    #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent("else").path))
  }

  @Test("Status tells a night that goes on from one that ended or was killed")
  func status() {
    var night = NightEntry(process: 1, started: 0, due: 3, tally: Tally())
    night.current = "/in/a.mp4"
    var status = Status(reports: [report("a", finished: 0)], failures: [], night: night, isRunning: true)
    #expect(status.text.contains("0 of 3 done; now /in/a.mp4"))
    #expect(status.text.contains("1, 1.5 hours of recordings"))
    status.isRunning = false
    #expect(status.text.contains("was killed"))
    status.night?.ended = 60
    #expect(status.text.contains("0 recordings: nothing to do"))
  }

  @Test("Status tells what a cluster has in hand")
  func cluster() {
    var night = NightEntry(process: 1, started: 0, due: 3, tally: Tally())
    night.current = nil
    var status = Status(reports: [], failures: [], night: night, isRunning: false)
    status.cluster = Status.ClusterState(
      jobs: ["7", "8"], states: ["RUNNING": 1, "PENDING": 2], elements: 4, ended: 1)
    #expect(status.text.contains("3 recordings handed to the cluster"))
    #expect(status.text.contains("Slurm's 7, 8: 1 of 4 elements done, 2 pending, 1 running"))
    status.cluster?.states = nil
    #expect(status.text.contains("cannot be asked"))
  }

  @Test("Prometheus reads each figure with its help and type")
  func prometheus() {
    var night = NightEntry(process: 1, started: 5, ended: 9, due: 3, tally: Tally())
    night.tally.failed = 2
    night.tally.waiting = 3
    let text = PrometheusText(night: night, reports: 4).text
    #expect(text.contains("# TYPE afterclass_recordings gauge\n"))
    #expect(text.contains("afterclass_recordings{state=\"failed\"} 2\n"))
    #expect(text.contains("afterclass_recordings_without_report 5\n"))
    #expect(text.hasSuffix("afterclass_last_end_timestamp_seconds 9\n"))
  }
}
