import ArgumentParser
import Batch
import Foundation
import Pipeline

struct ScheduleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Print, or install, the crontab line or the systemd timer of a nightly run.",
    discussion: """
        afterclass schedule cron /srv/recordings --output /srv/Reports
        afterclass schedule systemd /srv/recordings --at 22:00 --until 06:00 --install
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable { case cron, systemd }

  @Argument(help: "cron or systemd.")
  var kind: Kind

  @Argument(help: "Folders of recordings.", completion: .directory)
  var folders: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("The folder of all reports.", valueName: "dir"))
  var output = "Reports"

  @Option(
    help: ArgumentHelp("When to begin; 01:00 where it is not given.", valueName: "HH:MM"),
    transform: clockTime)
  var at: ClockTime = ClockTime.nightly

  @Option(
    help: ArgumentHelp("When to stop; goes on the night after.", valueName: "HH:MM"), transform: clockTime)
  var until: ClockTime?

  @Option(name: [.short, .long], help: ArgumentHelp("Pipeline file or name.", valueName: "file"))
  var pipeline: String?

  @Flag(help: "Install it for this user.")
  var install = false

  func run() async throws {
    try MissingFolders(among: folders).check()
    let installation = Installation()
    _ = try ResolvedDefinition(file: installation.pipeline(pipeline)).definition.enforcePolicy()
    let schedule = Schedule(
      executable: Bundle.main.executablePath ?? CommandLine.arguments[0], folders: folders.map(absolute),
      output: absolute(output), at: at, until: until,
      pipeline: pipeline.map { installation.ships($0) ? $0 : absolute($0) },
      directory: installation.neededDirectory?.path)
    switch kind {
    case .cron:
      if install { try Crontab.replace { schedule.installed(in: $0) } } else { print(schedule.crontabLine) }
    case .systemd:
      let units = SystemdUnits()
      if install {
        let complaint = try units.install(schedule)
        if let remedy = SystemdUnits.lingering() { Terminal.complain(remedy) }
        if let complaint {
          print(
            """
            written to \(units.service.deletingLastPathComponent().path), but systemd did not take it up (\(complaint)); \
            where it runs: \(SystemdUnits.manager) enable --now \(units.timer.lastPathComponent)
            """)
          return
        }
      } else {
        print(
          "# \(units.service.path)\n\(schedule.systemdService)\n# \(units.timer.path)\n\(schedule.systemdTimer)"
        )
      }
    }
    if install, let next = at.next(after: Date()) {
      print("installed; next run \(next.wallClock())")
    }
  }

  private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

struct UnscheduleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unschedule", abstract: "Remove the crontab line and the systemd timer of the nightly run.")

  func run() async throws {
    var wasThere = false
    var complaints: [String] = []
    for remove in [Self.removeLine, SystemdUnits().remove] {
      do {
        if try remove() { wasThere = true }
      } catch {
        complaints.append(String(describing: error))
      }
    }
    for complaint in complaints { Terminal.complain(complaint) }
    if wasThere { print("removed; reports and recordings are as they were") }
    guard complaints.isEmpty else { throw ExitCode(Outcome.failure.rawValue) }
    if !wasThere { print("nothing was scheduled for this user") }
  }

  private static func removeLine() throws -> Bool {
    do {
      return try Crontab.replace(Schedule.removed(from:))
    } catch let error as Crontab.Failed where error.isMissing {
      return false
    }
  }
}
