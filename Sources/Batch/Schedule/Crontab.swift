/// This user's crontab, through cron's own program.
public enum Crontab {
  /// Why the crontab could not be read or written.
  public struct Failed: Error, CustomStringConvertible, Sendable {
    public var description: String
  }

  /// Reads the crontab, changes it, and hands it back where something changed.
  public static func replace(_ change: (String) -> String) throws {
    let before = try crontab(["-l"], input: "", emptyOn: 1)
    let after = change(before)
    if after != before { _ = try crontab(["-"], input: after, emptyOn: nil) }
  }

  /// - Parameter emptyOn: the exit code that means "no crontab yet".
  private static func crontab(_ arguments: [String], input: String, emptyOn: Int32?) throws -> String {
    let run = try Program(["crontab"] + arguments, input: input)
    switch run.status {
    case 0: return run.output
    case emptyOn: return ""
    case 127: throw Failed(description: "crontab is not installed; install the package cron, or use systemd")
    case let code:
      throw Failed(description: "crontab \(arguments.joined(separator: " ")) ended with code \(code)")
    }
  }
}
