import Foundation
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
    seconds: 60)

  @Test("A report survives closing and ends what failed before")
  func roundTrip() throws {
    try withFolder { folder in
      let failure = FailureEntry(
        path: "/in/a.mp4", size: 1, modified: 2, title: "A",
        failure: Failure(kind: .transient, reason: "disk full", attempts: 2, lastTry: 9))
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

  @Test("A file that is no database is named with the remedy")
  func notADatabase() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent(Catalogue.fileName)
      try Data(repeating: 65, count: 5000).write(to: file)
      let error = #expect(throws: Catalogue.Unusable.self) { try Catalogue(output: folder) }
      #expect(error?.description.contains("status --rebuild") == true)
    }
  }
}
