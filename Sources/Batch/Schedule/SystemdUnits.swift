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

  public func install(_ schedule: Schedule) throws {
    try FileManager.default.createDirectory(
      at: service.deletingLastPathComponent(), withIntermediateDirectories: true)
    try schedule.systemdService.write(to: service, atomically: true, encoding: .utf8)
    try schedule.systemdTimer.write(to: timer, atomically: true, encoding: .utf8)
    systemctl("daemon-reload")
    systemctl("enable", "--now", timer.lastPathComponent)
  }

  public func remove() {
    guard FileManager.default.fileExists(atPath: timer.path) else { return }
    systemctl("disable", "--now", timer.lastPathComponent)
    for file in [timer, service] { unlink(file.path) }
    systemctl("daemon-reload")
  }

  /// Where no systemd runs (a container) the files wait for one.
  private func systemctl(_ arguments: String...) {
    _ = try? Program(["systemctl"] + (geteuid() == 0 ? [] : ["--user"]) + arguments)
  }
}
