import Foundation
import Testing

/// `schedule` and `unschedule` beside a cron that says what it is told to.
@Suite struct ScheduleTests {
  private let place = TemporaryFolder()
  private var kept: URL { place.url.appendingPathComponent("crontab.txt") }

  /// - Parameter listing: what `crontab -l` does.
  private func run(_ arguments: [String], listing: String) throws -> CommandLine.Result {
    let cron = place.url.appendingPathComponent("crontab")
    try "#!/bin/sh\ncase $1 in -l) \(listing);; *) cat >'\(kept.path)';; esac\n".write(
      to: cron, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: cron.path)
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = "\(place.url.path):\(environment["PATH"] ?? "")"
    return try CommandLine.run(arguments, environment: environment)
  }

  private static let empty = "echo 'no crontab for ana' >&2; exit 1"
  private static let refusing = "echo 'you (ana) are not allowed to use this program' >&2; exit 1"

  @Test func aCrontabThatCannotBeReadIsNotReplaced() throws {
    let install = ["schedule", "cron", place.url.path, "--install"]
    let refused = try run(install, listing: Self.refusing)
    #expect(refused.status == 1 && refused.errors.contains("not allowed"), "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: kept.path))
    #expect(try run(install, listing: Self.empty).status == 0)
    #expect(try String(contentsOf: kept, encoding: .utf8).hasSuffix("# afterclass nightly\n"))
  }

  @Test func unscheduleSaysRemovedOnlyOfWhatIsGone() throws {
    let refused = try run(["unschedule"], listing: Self.refusing)
    #expect(refused.status == 1 && refused.errors.contains("not allowed"), "\(refused.errors)")
    #expect(!refused.output.contains("removed"))
    #expect(try run(["unschedule"], listing: Self.empty).output == "nothing was scheduled for this user\n")
    let removed = try run(["unschedule"], listing: "echo '0 1 * * * x # afterclass nightly'")
    #expect(removed.output.hasPrefix("removed") && removed.status == 0)
    #expect(try String(contentsOf: kept, encoding: .utf8).isEmpty)
  }
}
