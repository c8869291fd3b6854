import Foundation
import Logging
import Testing

@testable import Batch

/// Ends every analysis alike.
private struct Always: Analyst {
  var outcome: JobOutcome

  func analyse(_ job: Job) async -> JobOutcome {
    if outcome == .finished {
      try? FileManager.default.createDirectory(at: job.folder, withIntermediateDirectories: true)
      try? Data(#"{"state": "finished"}"#.utf8).write(to: job.folder.appendingPathComponent("run.json"))
    }
    return outcome
  }
}

@Suite("A night tries again what failed, once it is due")
struct NightRetriesTests {
  /// One recording, which failed before.
  private final class Place {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let night: Night

    init() throws {
      let (recordings, output) = (root.appendingPathComponent("in"), root.appendingPathComponent("out"))
      for folder in [recordings, output] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
      let file = recordings.appendingPathComponent("a.mp4")
      try Data("a".utf8).write(to: file)
      // Old enough to be stable.
      try FileManager.default.setAttributes([.modificationDate: Date() - 9000], ofItemAtPath: file.path)
      night = Night(
        folders: [recordings.path], output: output, work: "w", catalogue: try Catalogue(output: output),
        log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Enters a failure whose last try was so many seconds ago.
    func fail(_ kind: Failure.Kind, attempts: Int, ago seconds: Int64) throws {
      let agenda = try night.agenda()
      let candidate = try #require((agenda.due + agenda.waiting.map(\.candidate)).first)
      let failure = Failure(
        kind: kind, reason: "before", attempts: attempts, lastTry: Night.seconds() - seconds)
      try night.catalogue.record(
        FailureEntry(file: candidate.file, title: candidate.title, failure: failure, work: night.work))
    }

    func run(_ outcome: JobOutcome) async throws -> String {
      try await night.run(with: Always(outcome: outcome)).tally.line
    }

    /// The one failure that the catalogue knows.
    func failure() throws -> Failure? {
      let failures = try night.catalogue.failures()
      #expect(failures.count <= 1)
      return failures.first?.failure
    }
  }

  private static let waits = "1 recording: 1 failed before and not due yet"

  @Test("After two tries half an hour passes before the next", arguments: [Failure.Kind.transient, .crash])
  func distance(kind: Failure.Kind) async throws {
    let place = try Place()
    try place.fail(kind, attempts: 2, ago: 1700)
    let early = try place.night.agenda()
    #expect(early.due.isEmpty && early.waiting.map(\.failure.attempts) == [2])
    #expect(try await place.run(.finished) == Self.waits)

    try place.fail(kind, attempts: 2, ago: 1900)
    let due = try place.night.agenda()
    #expect(due.due.count == 1 && due.waiting.isEmpty)
    #expect(try await place.run(.finished) == "1 recording: 1 new report")
    #expect(try place.failure() == nil)
  }

  @Test("Another failure waits for twice as long, and a report ends the account")
  func again() async throws {
    let place = try Place()
    try place.fail(.transient, attempts: 2, ago: 1900)
    let begin = Night.seconds()
    #expect(try await place.run(.failed(.transient, reason: "full")) == "1 recording: 1 failed (full)")
    let failure = try #require(try place.failure())
    #expect(failure.kind == .transient && failure.attempts == 3 && failure.reason == "full")
    #expect(failure.lastTry >= begin && failure.distance == 3600)
    #expect(try await place.run(.finished) == Self.waits)

    try place.fail(.transient, attempts: 3, ago: 3700)
    #expect(try await place.run(.finished) == "1 recording: 1 new report")
    #expect(try place.failure() == nil)
    #expect(try place.night.agenda().done.count == 1)
  }

  @Test("A crash that is due is tried once more, and a second one is never due again")
  func crash() async throws {
    let place = try Place()
    try place.fail(.crash, attempts: 1, ago: 1000)
    let crash = JobOutcome.failed(.crash, reason: "crashed")
    #expect(try await place.run(crash) == "1 recording: 1 failed (crashed)")
    let failure = try #require(try place.failure())
    #expect(failure.kind == .permanent && failure.attempts == 2)
    try place.fail(.permanent, attempts: 2, ago: 1_000_000)
    #expect(try await place.run(.finished) == Self.waits)
  }
}
