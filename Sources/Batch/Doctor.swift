public import Foundation

/// Whether this machine can run a night, and what to do where it cannot.
public struct Doctor: Sendable {
  /// One thing looked at.
  public struct Finding: Sendable, Equatable {
    public enum Verdict: String, Sendable { case good, doubtful, bad }

    public var verdict: Verdict
    public var subject: String
    public var detail: String
    /// What to do; empty where nothing is to be done.
    public var remedy: String

    public init(_ verdict: Verdict, _ subject: String, _ detail: String, remedy: String = "") {
      self.verdict = verdict
      self.subject = subject
      self.detail = detail
      self.remedy = remedy
    }
  }

  /// What a night needs at the least, in bytes: the observations and reports of some hundred hours.
  static let spaceNeeded: Int64 = 1 << 30
  /// This program was written in 2026: an earlier clock is wrong.
  static let earliest = Date(timeIntervalSince1970: 1_790_000_000)

  public static func space(at folder: URL) -> Finding {
    var place = folder
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
      place.deleteLastPathComponent()
    }
    var status = statvfs()
    guard statvfs(place.path, &status) == 0 else {
      return Finding(
        .bad, "disk", "\(place.path): \(String(cString: strerror(errno)))", remedy: "choose another --output")
    }
    return space(free: Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize)), at: place.path)
  }

  static func space(free: Int64, at place: String) -> Finding {
    let gibibytes = "\(free >> 30).\((free >> 20 & 1023) * 10 / 1024) GiB free at \(place)"
    return free >= spaceNeeded
      ? Finding(.good, "disk", gibibytes)
      : Finding(.bad, "disk", gibibytes, remedy: "free 1 GiB, or `afterclass purge` old reports")
  }

  public static func writability(of folder: URL) -> Finding {
    var place = folder
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
      place.deleteLastPathComponent()
    }
    guard access(place.path, W_OK | X_OK) == 0 else {
      return Finding(
        .bad, "output", "\(place.path) cannot be written by this user",
        remedy: "chown or chmod it, or choose another --output")
    }
    var status = stat()
    let isOpen = stat(folder.path, &status) == 0 && status.st_mode & 0o007 != 0
    return isOpen
      ? Finding(
        .doubtful, "output", "\(folder.path) can be entered by every user of this machine",
        remedy: "chmod 700 \(folder.path)")
      : Finding(.good, "output", "\(folder.path) can be written")
  }

  public static func clock(now: Date = Date()) -> Finding {
    now >= earliest
      ? Finding(.good, "clock", now.ISO8601Format())
      : Finding(.bad, "clock", now.ISO8601Format(), remedy: "set the clock (timedatectl set-ntp true)")
  }
}
