import Foundation
import GRDB
import Testing

@testable import Batch

@Suite("The catalogue knows what was done and what failed")
struct CatalogueTests {
  private func withFolder<R>(_ body: (URL) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private let report = ReportEntry(
    digest: "d", folder: "A (d)", path: "/in/a.mp4", title: "A", started: nil, work: "w", finished: 5,
    seconds: 60, companions: ["1 2 a.vtt"])

  @Test("A report survives closing and ends what failed before")
  func roundTrip() throws {
    try withFolder { folder in
      let failure = FailureEntry(
        file: FoundFile(path: "/in/a.mp4", size: 1, modified: 2, device: 1, inode: 1), title: "A",
        failure: Failure(kind: .transient, reason: "disk full", attempts: 2, lastTry: 9), work: "w")
      do {
        let catalogue = try Catalogue(output: folder)
        try catalogue.record(failure)
        #expect(try catalogue.failures() == [failure])
        try catalogue.record(report)
      }
      let again = try Catalogue(output: folder)
      #expect(try again.reports() == [report])
      #expect(try again.failures().isEmpty)
    }
  }

  @Test("A moved recording keeps its digest; a changed one has none")
  func digests() throws {
    try withFolder { folder in
      let catalogue = try Catalogue(output: folder)
      var file = FoundFile(path: "/in/a.mp4", size: 1, modified: 2, device: .max, inode: 4)
      try catalogue.remember(digest: "x", of: file)
      file.path = "/in/b.mp4"
      #expect(try catalogue.knownDigest(of: file) == "x")
      file.size = 2
      #expect(try catalogue.knownDigest(of: file) == nil)
    }
  }

  @Test("A catalogue of the first schema keeps all that it knew")
  func firstSchema() throws {
    try withFolder { folder in
      let old = try DatabaseQueue(path: folder.appendingPathComponent(Catalogue.fileName).path)
      try old.writeWithoutTransaction { try $0.execute(sql: CatalogueOne.sql) }
      try old.close()
      let catalogue = try Catalogue(output: folder)
      #expect(try catalogue.reports().map(\.title) == ["Größe 🎓 it's", "Algebra 2026-03-01"])
      #expect(try catalogue.report(of: "390cce8cff2089df")?.seconds == 50.2)
      #expect(try catalogue.report(of: "390cce8cff2089df").map(\.companions) == .some(nil))
      #expect(try catalogue.failures().map(\.failure.reason) == ["bad.mp4: no video stream"])
      #expect(try catalogue.failures().map(\.work) == [nil])
      #expect(
        try catalogue.lastNight()?.tally.line
          == "3 recordings: 2 new reports, 1 failed (bad.mp4: no video stream)")
      let file = FoundFile(
        path: "/moved.mp4", size: 2_209_401, modified: 1_795_377_437_301_497_908, device: 65024,
        inode: 16_236_721)
      #expect(try catalogue.knownDigest(of: file) == "390cce8cff2089df")
      try catalogue.purge(report: "390cce8cff2089df", at: 9)
      #expect(try catalogue.isPurged("390cce8cff2089df"))
    }
  }

  @Test("A file that is no database is named with the remedy")
  func notADatabase() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent(Catalogue.fileName)
      try Data(repeating: 65, count: 5000).write(to: file)
      let error = #expect(throws: Catalogue.Unusable.self) { try Catalogue(output: folder) }
      #expect(error?.description.contains("status --rebuild") == true)
    }
  }

  @Test("So is one that is damaged while a night has it open")
  func damagedLater() throws {
    try withFolder { folder in
      let catalogue = try Catalogue(output: folder)
      try catalogue.record(report)
      let file = try FileHandle(forWritingTo: folder.appendingPathComponent(Catalogue.fileName))
      try file.write(contentsOf: Data(repeating: 65, count: 100))
      try file.close()
      let error = #expect(throws: Catalogue.Unusable.self) { try catalogue.reports() }
      #expect(error?.path.hasSuffix(Catalogue.fileName) == true)
    }
  }
}
