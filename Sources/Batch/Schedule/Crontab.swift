/// This user's crontab, through cron's own program.
public enum Crontab {
  /// Why the crontab could not be read or written.
  public struct Failed: Error, CustomStringConvertible, Sendable {
    public var description: String
    /// There is no cron on this machine, and so nothing of ours in it.
    public var isMissing = false
  }

  /// Reads the crontab, changes it, and hands it back where something changed.
  ///
  /// - Returns: whether something changed.
  @discardableResult
  public static func replace(_ change: (String) -> String) throws -> Bool {
    let read = try Program(["crontab", "-l"])
    guard read.status == 0 || isEmpty(read) else { throw failure(["-l"], read) }
    let before = read.status == 0 ? read.output : ""
    let after = change(before)
    guard after != before else { return false }
    let written = try Program(["crontab", "-"], input: after)
    guard written.status == 0 else { throw failure(["-"], written) }
    return true
  }

  /// Cron also ends with 1 where it may not be asked or cannot read: what it keeps then must not be replaced.
  private static func isEmpty(_ read: Program) -> Bool {
    read.status == 1 && read.errors.contains("no crontab for")
  }

  private static func failure(_ arguments: [String], _ run: Program) -> Failed {
    guard run.status != 127 else {
      return Failed(
        description: "crontab is not installed; install the package cron, or use systemd", isMissing: true)
    }
    let reason = run.errors.split(separator: "\n").first ?? "ended with code \(run.status)"
    return Failed(
      description: "crontab \(arguments.joined(separator: " ")): \(reason); the crontab is as it was")
  }
}
