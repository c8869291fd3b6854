import Foundation
import Testing

@testable import Batch

@Suite("What failed is tried again with growing distance")
struct FailureTests {
  @Test("A permanent failure is not tried again; a transient one later and later")
  func distance() {
    var failure = Failure(kind: .permanent, reason: "", attempts: 1, lastTry: 1000)
    #expect(!failure.isDue(at: 1_000_000))
    failure.kind = .transient
    #expect(!failure.isDue(at: 1000 + 899))
    #expect(failure.isDue(at: 1000 + 900))
    failure.attempts = 3
    #expect(failure.distance == 3600)
    failure.attempts = .max
    #expect(failure.distance == 86_400)
  }

  @Test("A clock that was set back does not postpone for ever")
  func clockSetBack() {
    #expect(Failure(kind: .transient, reason: "", attempts: 9, lastTry: 1000).isDue(at: 10))
  }
}

@Suite("A recording that is still being written is left alone")
struct StabilityTests {
  private let start = ContinuousClock.now
  private let second: Int64 = 1_000_000_000

  private func file(size: Int64 = 1, modified: Int64) -> FoundFile {
    FoundFile(path: "/in/a.mp4", size: size, modified: modified, device: 1, inode: 1)
  }

  @Test("An old file is stable at once, a fresh one after a while without change")
  func settles() {
    var stability = Stability(settle: .seconds(60))
    #expect(stability.judge(file(modified: 0), now: 61 * second, instant: start) == .stable)
    let fresh = file(modified: 50 * second)
    #expect(stability.judge(fresh, now: 60 * second, instant: start) == .wait(.seconds(50)))
    let later = start + .seconds(61)
    #expect(stability.judge(fresh, now: 60 * second, instant: later) == .stable)
  }

  @Test("A file that grows starts its wait again, whatever its time says")
  func grows() {
    var stability = Stability(settle: .seconds(60))
    let future = 1000 * second
    #expect(stability.judge(file(modified: future), now: 0, instant: start) == .wait(.seconds(60)))
    let grown = file(size: 2, modified: future)
    #expect(
      stability.judge(grown, now: 0, instant: start + .seconds(60)) == .wait(.seconds(60)))
  }
}

@Suite("Only one run writes to an output folder")
struct OutputLockTests {
  @Test("A second run is told who holds it; a lock whose holder is gone blocks nobody")
  func exclusive() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let first = try OutputLock(output: folder.path, now: "01:00")
      let held = #expect(throws: OutputLock.Held.self) { try OutputLock(output: folder.path, now: "02:00") }
      #expect(held?.holder == "process \(getpid()), since 01:00")
      withExtendedLifetime(first) {}
    }
    _ = try OutputLock(output: folder.path, now: "03:00")
    #expect(throws: OutputLock.Unavailable.self) { try OutputLock(output: folder.path + "/no", now: "") }
  }
}

@Suite("Nothing is written through a link in the output folder")
struct OutputLinkTests {
  @Test("Neither a lock nor a catalogue", arguments: [".afterclass.lock", Catalogue.fileName])
  func refused(name: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let victim = folder.appendingPathComponent("victim")
    try Data("somebody's".utf8).write(to: victim)
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent(name), withDestinationURL: victim)
    if name == Catalogue.fileName {
      #expect(throws: Catalogue.Unusable.self) { _ = try Catalogue(output: folder) }
    } else {
      #expect(throws: OutputLock.Unavailable.self) { _ = try OutputLock(output: folder.path, now: "01:00") }
    }
    #expect(try String(contentsOf: victim, encoding: .utf8) == "somebody's")
  }
}

@Suite("A time of day is read and found on the calendar")
struct ClockTimeTests {
  @Test(
    "What is not a time is refused", arguments: ["24:00", "6", "6:3", "06:60", "-1:00", "06:30:00", "٠٦:٣٠"])
  func refused(text: String) { #expect(ClockTime(text) == nil) }

  @Test("The next such time is today or tomorrow")
  func next() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let midnight = Date(timeIntervalSince1970: 86_400)
    let time = try #require(ClockTime("6:30"))
    #expect(time.next(after: midnight, in: calendar) == midnight + 6.5 * 3600)
    #expect(time.next(after: midnight + 6.5 * 3600, in: calendar) == midnight + 30.5 * 3600)
    #expect(time.description == "06:30")
  }
}
