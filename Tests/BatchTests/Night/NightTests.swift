import Foundation
import Logging
import Pipeline
import Testing

@testable import Batch

/// Answers for each recording by its name, and writes down what it was asked.
private actor Script: Analyst {
  private(set) var asked: [Job] = []
  private let answers: [String: JobOutcome]

  init(_ answers: [String: JobOutcome] = [:]) { self.answers = answers }

  func analyse(_ job: Job) async -> JobOutcome {
    asked.append(job)
    let outcome = answers[job.recording.lastPathComponent] ?? .finished
    if outcome == .finished {
      try? FileManager.default.createDirectory(at: job.folder, withIntermediateDirectories: true)
      try? Data(#"{"state": "finished"}"#.utf8).write(to: job.folder.appendingPathComponent("run.json"))
    }
    return outcome
  }

  var names: [String] { asked.map(\.recording.lastPathComponent) }
}

extension Job {
  static func example(recording: String, digest: String = "d") -> Job {
    Job(
      file: FoundFile(path: recording, size: 1, modified: 2, device: 3, inode: 4), digest: digest,
      folder: URL(fileURLWithPath: "/out/a"), title: "", companions: [])
  }
}

/// Analyses until it is stopped.
private struct Endless: Analyst {
  func analyse(_ job: Job) async -> JobOutcome {
    try? await Task.sleep(for: .seconds(3600))
    return .stopped
  }
}

@Suite("A night analyses what is due, once, and keeps account of the rest")
struct NightTests {
  private final class Place {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    var recordings: URL { root.appendingPathComponent("in") }
    var output: URL { root.appendingPathComponent("out") }

    init() throws {
      for folder in [recordings, output] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Old enough to be stable; `age` orders recordings.
    func add(_ name: String, _ text: String? = nil, age: Double = 1000) throws {
      let file = recordings.appendingPathComponent(name)
      try Data((text ?? name).utf8).write(to: file)
      try FileManager.default.setAttributes(
        [.modificationDate: Date() - age], ofItemAtPath: file.path)
    }

    func night(work: String = "w") throws -> Night {
      Night(
        folders: [recordings.path], output: output, work: work, catalogue: try Catalogue(output: output),
        log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
  }

  @Test("The oldest comes first; a second run does nothing; other work is done again")
  func once() async throws {
    let place = try Place()
    try place.add("new.mp4", age: 1000)
    try place.add("old.mp4", age: 9000)
    let script = Script()
    let first = try await place.night().run(with: script)
    #expect(await script.names == ["old.mp4", "new.mp4"])
    #expect(first.tally.line == "2 recordings: 2 new reports")
    let second = try await place.night().run(with: script)
    #expect(second.tally.line == "2 recordings: 2 unchanged")
    let third = try await place.night(work: "other").run(with: script)
    #expect(third.tally.line == "2 recordings: 2 renewed")
    #expect(await script.asked.count == 4)
  }

  @Test("A renamed recording is not done again; a copy is one recording")
  func renamed() async throws {
    let place = try Place()
    try place.add("a.mp4", "same bytes", age: 5000)
    try place.add("copy.mp4", "same bytes")
    let script = Script()
    #expect(try await place.night().run(with: script).tally.new == 1)
    try FileManager.default.moveItem(
      at: place.recordings.appendingPathComponent("a.mp4"),
      to: place.recordings.appendingPathComponent("b.mp4"))
    #expect(try await place.night().run(with: script).tally.unchanged == 2)
    #expect(await script.asked.count == 1)
  }

  @Test("A transcript is news whatever its time says, one that is gone is none, and copies do not take turns")
  func words() async throws {
    let place = try Place()
    try place.add("a.mp4", "same bytes", age: 5000)
    func run() async throws -> Int { try await place.night().run(with: Script()).tally.renewed }
    _ = try await run()
    try place.add("a.vtt", "words", age: 90_000)
    #expect(try await run() == 1)
    #expect(try await run() == 0)
    try place.add("a.vtt", "better words", age: 95_000)
    #expect(try await run() == 1)
    try place.add("b.mp4", "same bytes")
    try place.add("b.vtt", "other words", age: 80_000)
    #expect(try await run() == 0)
    try FileManager.default.removeItem(at: place.recordings.appendingPathComponent("a.vtt"))
    #expect(try await run() == 0)
  }

  @Test("A bad recording does not stop the night, and is tried again only when it changed")
  func failures() async throws {
    let place = try Place()
    try place.add("bad.mp4", age: 9000)
    try place.add("good.mp4")
    let script = Script(["bad.mp4": .failed(.permanent, reason: "no video")])
    let first = try await place.night().run(with: script)
    #expect(first.tally.line == "2 recordings: 1 new report, 1 failed (no video)")
    let second = try await place.night().run(with: script)
    #expect(second.tally.line == "2 recordings: 1 unchanged, 1 failed before and not due yet")
    try place.add("bad.mp4", "mended", age: 800)
    _ = try await place.night().run(with: script)
    #expect(await script.names == ["bad.mp4", "good.mp4", "bad.mp4"])
  }

  @Test("A failure is forgotten once its recording is gone, but not while its folder cannot be read")
  func forgotten() async throws {
    let place = try Place()
    try place.add("bad.mp4")
    let script = Script(["bad.mp4": .failed(.permanent, reason: "no video")])
    _ = try await place.night().run(with: script)
    let away = place.root.appendingPathComponent("away")
    try FileManager.default.moveItem(at: place.recordings, to: away)
    let night = try place.night()
    _ = try await night.run(with: script)
    #expect(try night.catalogue.failures().count == 1)
    try FileManager.default.createDirectory(at: place.recordings, withIntermediateDirectories: true)
    _ = try await night.run(with: script)
    #expect(try night.catalogue.failures().isEmpty)
  }

  @Test("A report that somebody deleted is made again")
  func deletedByHand() async throws {
    let place = try Place()
    try place.add("a.mp4")
    let script = Script()
    _ = try await place.night().run(with: script)
    let folder = try #require(await script.asked.first?.folder)
    try FileManager.default.removeItem(at: folder)
    #expect(try place.night().agenda().due.count == 1)
    #expect(try await place.night().run(with: script).tally.renewed == 1)
    #expect(try place.night().agenda().done.count == 1)
  }

  @Test("What failed for good is tried again with another pipeline or program")
  func remedied() async throws {
    let place = try Place()
    try place.add("bad.mp4")
    let script = Script(["bad.mp4": .failed(.permanent, reason: "raise sample.maximum-loss")])
    _ = try await place.night().run(with: script)
    #expect(try await place.night(work: "other").run(with: script).tally.failed == 1)
    #expect(try await place.night(work: "other").run(with: script).tally.waiting == 1)
  }

  @Test("A crash is tried once more, and a second one in a row is for good")
  func crashes() async throws {
    let place = try Place()
    try place.add("a.mp4")
    let job = Job.example(recording: "/in/a.mp4")
    let night = try place.night()
    var result = Night.Result()
    func kind(after outcome: JobOutcome) throws -> Failure.Kind? {
      try night.settle(outcome, of: job, into: &result)
      return try night.catalogue.failure(of: "/in/a.mp4")?.failure.kind
    }
    let crash = JobOutcome.failed(.crash, reason: "crashed")
    #expect(try kind(after: crash) == .crash)
    #expect(try kind(after: .failed(.transient, reason: "disk full")) == .transient)
    #expect(try kind(after: crash) == .crash)
    #expect(try kind(after: crash) == .permanent)
  }

  @Test("A recording that is still being written is left alone")
  func growing() async throws {
    let place = try Place()
    try place.add("fresh.mp4", age: 0)
    var night = try place.night()
    night.stability = Stability(settle: .milliseconds(200))
    #expect(try await night.run(with: Script()).tally.new == 1)
    night.stability = Stability(settle: .seconds(3600))
    try place.add("growing.mp4", age: 0)
    let task = Task { [night] in try await night.run(with: Script()) }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    #expect(try await task.value.tally.left == 1)
  }

  @Test("The deadline stops the analysis in hand and leaves the rest")
  func deadline() async throws {
    let place = try Place()
    try place.add("a.mp4")
    try place.add("b.mp4")
    var night = try place.night()
    night.deadline = Date() + 0.1
    let result = try await night.run(with: Endless())
    #expect(result.stopped)
    #expect(result.tally.line == "2 recordings: 2 left for the next run")
  }

  @Test("What was begun comes before what is older")
  func begunFirst() async throws {
    let place = try Place()
    try place.add("begun.mp4", age: 2000)
    let stopped = Script(["begun.mp4": .stopped])
    _ = try await place.night().run(with: stopped)
    try place.add("older.mp4", age: 9000)
    let script = Script()
    _ = try await place.night().run(with: script)
    #expect(await script.names == ["begun.mp4", "older.mp4"])
  }

  @Test("A recording whose report was deleted for its age is not analysed again, unless by force")
  func purged() async throws {
    let place = try Place()
    try place.add("a.mp4")
    let script = Script()
    _ = try await place.night().run(with: script)
    let catalogue = try Catalogue(output: place.output)
    let report = try #require(try catalogue.reports().first)
    try Retention(output: place.output, olderThan: 1, catalogue: catalogue).delete(report)
    #expect(try await place.night().run(with: script).tally.line == "1 recording: 1 unchanged")
    #expect(try place.night().agenda().purged.count == 1)
    var forced = try place.night()
    forced.force = true
    #expect(try await forced.run(with: script).tally.new == 1)
    #expect(try place.night().agenda().done.count == 1)
  }

  @Test("A cluster is handed each recording once, and nothing by a night that was stopped")
  func collected() async throws {
    let place = try Place()
    try place.add("a.mp4", "same bytes", age: 5000)
    try place.add("copy.mp4", "same bytes")
    let handed = try await place.night().collect()
    #expect(handed.jobs.map(\.file.name) == ["a.mp4"])
    #expect(handed.result.tally.unchanged == 1)
    var stopped = try place.night()
    stopped.deadline = Date()
    let none = try await stopped.collect()
    #expect(none.jobs.isEmpty && none.result.stopped && none.result.tally.left == 2)
    let cancelled = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await place.night().collect()
    }
    cancelled.cancel()
    #expect(try await cancelled.value.jobs.isEmpty)
  }

  @Test("On a disk that is nearly full no recording is begun")
  func fullDisk() async throws {
    let place = try Place()
    try place.add("a.mp4")
    let script = Script()
    var night = try place.night()
    night.leastSpace = .max
    let result = try await night.run(with: script)
    #expect(result.impossible?.code == 6)
    #expect(result.tally.line == "1 recording: 1 left for the next run")
    #expect(await script.asked.isEmpty)
  }

  @Test("A pipeline that cannot run ends the night with its own code")
  func impossible() async throws {
    let place = try Place()
    try place.add("a.mp4", age: 5000)
    try place.add("b.mp4")
    let script = Script(["a.mp4": .impossible(code: 5, reason: "refused")])
    let result = try await place.night().run(with: script)
    #expect(result.impossible == .init(code: 5, reason: "refused"))
    #expect(result.tally.left == 2)
    #expect(await script.asked.count == 1)
  }
}

@Suite("The exit code of a run tells the worst of it")
struct ExitCodeTests {
  private func code(
    undeleted: Int = 0, failed: Int = 0, stopped: Bool = false, impossible: Int32? = nil
  ) -> Int32 {
    var result = Night.Result()
    result.tally.failed = failed
    result.stopped = stopped
    result.impossible = impossible.map { Night.Result.Impossible(code: $0, reason: "") }
    return result.exitCode(undeleted: undeleted)
  }

  @Test("Being stopped hides no report that outlives its time")
  func codes() {
    #expect(code() == 0)
    #expect(code(failed: 1) == 2)
    #expect(code(failed: 1, stopped: true) == 3)
    #expect(code(undeleted: 1) == 6)
    #expect(code(undeleted: 1, stopped: true) == 6)
    #expect(code(undeleted: 1, failed: 1) == 2)
    #expect(code(undeleted: 1, stopped: true, impossible: 5) == 5)
  }
}

@Suite("A report's folder has a readable name that no path escapes from")
struct ReportFolderTests {
  @Test("Date, topic and digest make the name")
  func name() {
    #expect(
      ReportFolder.name(title: "Data structures", started: "2026-03-01T10:02:11Z", digest: "1a2b3c4d5e")
        == "2026-03-01 1002 Data structures (1a2b3c4d)")
  }

  @Test(
    "Separators, control characters and leading dots are gone",
    arguments: ["../../etc/x", "a\u{1b}[31m\n/b", ".", "-rf"])
  func hostile(title: String) {
    let name = ReportFolder.sanitised(title)
    #expect(!name.contains("/") && !name.hasPrefix(".") && !name.hasPrefix("-"))
    #expect(!name.unicodeScalars.contains { $0.value < 32 })
    #expect(ReportFolder.sanitised(String(repeating: "ö", count: 500)).utf8.count <= 180)
  }
}

@Suite("An exit code of the analysis tells the night what to do")
struct ChildAnalystTests {
  @Test(
    "Bad recordings are for good, crashes and surroundings are tried again, a bad pipeline ends the night")
  func outcomes() {
    func outcome(_ status: Int32, crashed: Bool = false, isReadable: Bool = true) -> JobOutcome {
      ChildAnalyst.outcome(status: status, crashed: crashed, message: "why", isReadable: isReadable)
    }
    #expect(outcome(0) == .finished)
    #expect(outcome(3) == .stopped)
    #expect(outcome(2) == .failed(.permanent, reason: "why"))
    #expect(outcome(2, isReadable: false) == .failed(.transient, reason: "why"))
    #expect(outcome(6) == .failed(.transient, reason: "why"))
    #expect(outcome(5) == .impossible(code: 5, reason: "why"))
    guard case .failed(.crash, _) = outcome(SIGSEGV, crashed: true) else {
      Issue.record("a crash is told from what was killed")
      return
    }
  }

  @Test("Words, title and date of a meeting are handed over, whatever they look like")
  func arguments() {
    var job = Job.example(recording: "/in/-a.mp4")
    job.title = "-- it's"
    job.started = "2026-03-01T10:02:11"
    job.companions = ["/in/x.transcript.vtt", "/in/meeting_saved_chat.txt", "/in/x.participants.csv"].map {
      URL(fileURLWithPath: $0)
    }
    job.portion = Portion("2/3")
    #expect(
      ChildAnalyst(arguments: ["--quiet"]).arguments(for: job) == [
        "--quiet", "--title=-- it's", "--started=2026-03-01T10:02:11", "--portion=2/3",
        "--transcript=/in/x.transcript.vtt", "--chat=/in/meeting_saved_chat.txt",
        "--participants=/in/x.participants.csv", "--output=/out/a", "--found", "--lifeline", "--",
        "/in/-a.mp4",
      ])
  }

  /// Runs `body` with an analyst whose child is a shell script, in a folder of the script's own.
  private func withChild(_ script: String, _ body: (ChildAnalyst, Job, URL) async throws -> Void) async throws
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("child")
    try "#!/bin/sh\ncd '\(folder.path)'\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
    try await body(ChildAnalyst(executable: file, arguments: []), .example(recording: file.path), folder)
  }

  @Test("The child's last line becomes the reason")
  func lastLine() async throws {
    let script = "echo 'info' >&2\necho 'afterclass: no video stream' >&2\nexit 2"
    try await withChild(script) { analyst, job, _ in
      #expect(await analyst.analyse(job) == .failed(.permanent, reason: "no video stream"))
    }
  }

  @Test("A child that does not hear the signal yet is stopped by the end of its input")
  func deafChild() async throws {
    let script = "trap '' TERM\ntouch ready\ntimeout -s KILL 60 cat && exit 3"
    try await withChild(script) { analyst, job, folder in
      let task = Task { await analyst.analyse(job) }
      let ready = folder.appendingPathComponent("ready").path
      for _ in 0..<3000 where !FileManager.default.fileExists(atPath: ready) {
        try await Task.sleep(for: .milliseconds(10))
      }
      task.cancel()
      #expect(await task.value == .stopped)
    }
  }

  @Test("A night that was stopped or is over starts no child")
  func nothingStarted() async throws {
    try await withChild("touch started") { analyst, job, folder in
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return await analyst.analyse(job)
      }
      task.cancel()
      #expect(await task.value == .stopped)
      #expect(await analyst.analyse(job, until: Date() - 1) == .stopped)
      let started = folder.appendingPathComponent("started").path
      #expect(!FileManager.default.fileExists(atPath: started))
      #expect(await analyst.analyse(job, until: Date() + 3600) == .finished)
      #expect(FileManager.default.fileExists(atPath: started))
    }
  }
}
