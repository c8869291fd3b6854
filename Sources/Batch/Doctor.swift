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
  /// What one analysis of a large picture takes at most, in bytes, with some to spare.
  static let memoryNeeded: UInt64 = 2 << 30
  /// This program was written in 2026: an earlier clock is wrong.
  static let earliest = Date(timeIntervalSince1970: 1_790_000_000)

  public static func space(at folder: URL) -> Finding {
    let place = existing(folder)
    guard let free = free(at: place) else {
      return Finding(
        .bad, "disk", "\(place.path): \(String(cString: strerror(errno)))", remedy: "choose another --output")
    }
    return space(free: free, at: place.path)
  }

  /// Bytes that this user may still write; `nil` where the file system does not say.
  static func free(at folder: URL) -> Int64? {
    var status = statvfs()
    guard statvfs(folder.path, &status) == 0 else { return nil }
    return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
  }

  static func space(free: Int64, at place: String) -> Finding {
    let detail = "\(gibibytes(UInt64(clamping: free))) free at \(place)"
    return free >= spaceNeeded
      ? Finding(.good, "disk", detail)
      : Finding(.bad, "disk", detail, remedy: "free 1 GiB, or `afterclass purge` old reports")
  }

  public static func memory(bytes: UInt64 = ProcessInfo.processInfo.physicalMemory) -> Finding {
    let detail = "\(gibibytes(bytes)), \(ProcessInfo.processInfo.activeProcessorCount) cores"
    return bytes >= memoryNeeded
      ? Finding(.good, "memory", detail)
      : Finding(.doubtful, "memory", detail, remedy: "keep to --jobs 1")
  }

  public static func writability(of folder: URL) -> Finding {
    let place = existing(folder)
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

  /// What a night would find below a folder of recordings.
  public static func recordings(in folder: URL, output: URL) -> Finding {
    let found = Discovery(in: [folder.path], output: output.path)
    if let refusal = found.refusals.first {
      return Finding(
        .bad, "recordings", "\(refusal.path): \(refusal.reason)",
        remedy: "check the path, the mount and its permissions")
    }
    let closed = found.candidates.filter { access($0.file.path, R_OK) != 0 }
    if let one = closed.first {
      return Finding(
        .bad, "recordings", "\(closed.count) cannot be read by this user, for instance \(one.file.path)",
        remedy: "chmod or chown them")
    }
    let count = found.candidates.count
    return count > 0
      ? Finding(.good, "recordings", "\(count) below \(folder.path)")
      : Finding(.doubtful, "recordings", "none below \(folder.path)", remedy: "check the path and the mount")
  }

  public static func clock(now: Date = Date()) -> Finding {
    now >= earliest
      ? Finding(.good, "clock", now.ISO8601Format())
      : Finding(.bad, "clock", now.ISO8601Format(), remedy: "set the clock (timedatectl set-ntp true)")
  }

  private static func existing(_ folder: URL) -> URL {
    var place = folder
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
      place.deleteLastPathComponent()
    }
    return place
  }

  private static func gibibytes(_ bytes: UInt64) -> String {
    "\(bytes >> 30).\((bytes >> 20 & 1023) * 10 / 1024) GiB"
  }
}

extension [Doctor.Finding] {
  /// A line each, the remedy below what is wrong, and what it comes to.
  public var table: String {
    let width = (map(\.subject.count).max() ?? 0) + 2
    func column(_ text: String, _ width: Int) -> String {
      text.padding(toLength: Swift.max(width, text.count), withPad: " ", startingAt: 0)
    }
    let rows = map { finding in
      let line = column(finding.verdict.rawValue, 10) + column(finding.subject, width) + finding.detail
      guard !finding.remedy.isEmpty else { return line }
      return line + "\n" + column("", 10 + width) + "→ " + finding.remedy
    }
    return (rows + [conclusion]).joined(separator: "\n")
  }

  private var conclusion: String {
    let bad = count { $0.verdict == .bad }
    let doubtful = count { $0.verdict == .doubtful }
    if bad > 0 { return "\(bad) bad: a night would fail; do what the arrow says" }
    return doubtful > 0 ? "fit for a night; \(doubtful) to look at" : "fit for a night"
  }
}
