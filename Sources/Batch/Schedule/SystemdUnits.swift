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

  /// Stops the timer and removes both files.
  ///
  /// - Returns: whether there was anything.
  /// - Throws: `Failed` where something of it is still there.
  public func remove() throws -> Bool {
    let files = [timer, service].filter { FileManager.default.fileExists(atPath: $0.path) }
    guard !files.isEmpty else { return false }
    // Where no systemd runs there is nothing to stop.
    let isRunning = FileManager.default.fileExists(atPath: "/run/systemd/system")
    let complaint = isRunning ? try systemctl("disable", "--now", timer.lastPathComponent) : nil
    for file in files where unlink(file.path) != 0 {
      throw Failed(description: "\(file.path): cannot be removed (\(String(cString: strerror(errno))))")
    }
    if isRunning { _ = try systemctl("daemon-reload") }
    if let complaint {
      throw Failed(
        description:
          "\(timer.lastPathComponent): its files are gone, but systemd did not stop it (\(complaint)); "
          + "where it runs: \(Self.manager) stop \(timer.lastPathComponent)")
    }
    return true
  }

  /// Why the timer, or a part of it, is still there.
  public struct Failed: Error, CustomStringConvertible, Sendable {
    public var description: String
  }

  /// What an ordinary user has to do so that the timer runs at night: without it the user's systemd ends when they log
  /// out. `nil` where nothing is to be done.
  ///
  /// - Parameter folder: where systemd keeps the names of those whose units run without them.
  public static func lingering(
    user: String = NSUserName(), isRoot: Bool = geteuid() == 0,
    in folder: String = "/var/lib/systemd/linger"
  ) -> String? {
    guard !isRoot, !FileManager.default.fileExists(atPath: "\(folder)/\(user)") else { return nil }
    return
      "\(user)'s timers end when \(user) logs out; to have them run at night: loginctl enable-linger \(user)"
  }

  /// The command that speaks to whoever runs this user's units.
  public static var manager: String { geteuid() == 0 ? "systemctl" : "systemctl --user" }

  /// What it complained of; `nil` where all went well.
  private func systemctl(_ arguments: String...) throws -> String? {
    let program = try Program(Self.manager.split(separator: " ").map(String.init) + arguments)
    guard program.status != 0 else { return nil }
    return program.errors.split(separator: "\n").first.map(String.init) ?? "status \(program.status)"
  }
}
