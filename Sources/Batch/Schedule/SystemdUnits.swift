public import Foundation

/// The unit files of the nightly run: the system's for root, the user's for anybody else.
public struct SystemdUnits: Sendable {
  public let service: URL
  public let timer: URL

  public init(folder: URL? = nil) {
    let home = FileManager.default.homeDirectoryForCurrentUser
    let standard =
      geteuid() == 0
      ? URL(fileURLWithPath: "/etc/systemd/system") : home.appendingPathComponent(".config/systemd/user")
    let place = folder ?? standard
    service = place.appendingPathComponent("afterclass.service")
    timer = place.appendingPathComponent("afterclass.timer")
  }

  /// Writes both files and has systemd take them up.
  ///
  /// - Returns: systemd's words where it did not (none runs in a container): the files then wait for it.
  public func install(_ schedule: Schedule) throws -> String? {
    try FileManager.default.createDirectory(
      at: service.deletingLastPathComponent(), withIntermediateDirectories: true)
    try schedule.systemdService.write(to: service, atomically: true, encoding: .utf8)
    try schedule.systemdTimer.write(to: timer, atomically: true, encoding: .utf8)
    return try systemctl("daemon-reload") ?? systemctl("enable", "--now", timer.lastPathComponent)
  }

  public func remove() {
    guard FileManager.default.fileExists(atPath: timer.path) else { return }
    // Where no systemd runs there is nothing to stop.
    _ = try? systemctl("disable", "--now", timer.lastPathComponent)
    for file in [timer, service] { unlink(file.path) }
    _ = try? systemctl("daemon-reload")
  }

  /// What it complained of; `nil` where all went well.
  private func systemctl(_ arguments: String...) throws -> String? {
    let program = try Program(["systemctl"] + (geteuid() == 0 ? [] : ["--user"]) + arguments)
    guard program.status != 0 else { return nil }
    return program.errors.split(separator: "\n").first.map(String.init) ?? "status \(program.status)"
  }
}
