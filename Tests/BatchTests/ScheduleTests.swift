import Foundation
import Testing

@testable import Batch

@Suite("A nightly run is scheduled by a line that survives odd names")
struct ScheduleTests {
  private func schedule(folder: String = "/srv/recordings") throws -> Schedule {
    Schedule(
      executable: "/usr/local/bin/afterclass", folders: [folder], output: "/srv/Reports",
      at: try #require(ClockTime("01:00")), until: ClockTime("06:30"))
  }

  @Test("The crontab line runs at low priority and is marked as ours")
  func crontabLine() throws {
    #expect(
      try schedule().crontabLine
        == "0 1 * * * nice -n 19 ionice -c 3 /usr/local/bin/afterclass batch /srv/recordings "
        + "--output /srv/Reports --until 06:30 # afterclass nightly")
  }

  @Test("Where the program needs its working directory, the line goes there first")
  func directory() throws {
    var schedule = try schedule()
    schedule.directory = "/srv/5% it's"
    #expect(schedule.crontabLine.hasPrefix(#"0 1 * * * cd '/srv/5\% it'\''s' && nice -n 19 "#))
    #expect(schedule.systemdService.contains("\nWorkingDirectory=/srv/5%% it's\nExecStart="))
  }

  @Test("Quotes and per cent signs in names reach the program unchanged")
  func oddNames() throws {
    let line = try schedule(folder: "/srv/Q&A 50% it's").crontabLine
    #expect(line.contains(#"'/srv/Q&A 50\% it'\''s'"#))
    let service = try schedule(folder: #"/srv/5% "a" $b"#).systemdService
    #expect(service.contains(#""/srv/5%% \"a\" $$b""#))
  }

  @Test("Installing twice leaves one line, removing leaves the others alone")
  func installing() throws {
    let others = "MAILTO=it@example.org\n5 4 * * * backup\n"
    let once = try schedule().installed(in: others)
    #expect(try schedule().installed(in: once) == once)
    #expect(Schedule.removed(from: once) == others)
    #expect(Schedule.removed(from: try schedule().installed(in: "")) == "")
  }

  @Test("A recording that takes too much memory does not end the night")
  func memory() throws {
    #expect(try schedule().systemdService.contains("\nOOMPolicy=continue\n"))
  }

  @Test("The service reaches no network, a user's neither, and every folder; oneDNN may write its code")
  func fences() throws {
    let service = try schedule().systemdService
    for line in ["PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "NoNewPrivileges=yes"] {
      #expect(service.contains("\n\(line)\n"))
    }
    for word in ["PrivateTmp", "ProtectSystem", "ProtectHome", "MemoryDenyWriteExecute"] {
      #expect(!service.contains(word))
    }
  }

  @Test("An ordinary user whose units end at logout is told the remedy")
  func lingering() throws {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(
      SystemdUnits.lingering(user: "ana", isRoot: false, in: folder)?.hasSuffix("loginctl enable-linger ana")
        == true)
    #expect(SystemdUnits.lingering(user: "ana", isRoot: true, in: folder) == nil)
    #expect(FileManager.default.createFile(atPath: "\(folder)/ana", contents: nil))
    #expect(SystemdUnits.lingering(user: "ana", isRoot: false, in: folder) == nil)
  }

  @Test("The timer catches up after the machine was off, unless that would be by day")
  func timer() throws {
    var schedule = try schedule()
    #expect(schedule.systemdTimer.contains("OnCalendar=*-*-* 01:00:00\n\n"))
    schedule.until = nil
    #expect(schedule.systemdTimer.contains("OnCalendar=*-*-* 01:00:00\nPersistent=true\n\n"))
  }
}

@Suite("The last line of a night is made for cron's mail")
struct TallyTests {
  @Test("It counts what was done and says why the rest was not")
  func line() {
    var tally = Tally()
    tally.new = 38
    tally.unchanged = 2
    tally.failed = 1
    tally.reasons = ["no video stream": 1]
    #expect(tally.line == "41 recordings: 38 new reports, 2 unchanged, 1 failed (no video stream)")
    #expect(Tally().line == "0 recordings: nothing to do")
  }
}
