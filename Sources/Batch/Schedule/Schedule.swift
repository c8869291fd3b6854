/// What a nightly run is told: enough to write a crontab line or a systemd timer from.
public struct Schedule: Hashable, Sendable {
  /// The program's own path.
  public var executable: String
  public var folders: [String]
  public var output: String
  public var at: ClockTime
  public var until: ClockTime?
  public var pipeline: String?
  /// Where to run it, if it matters.
  public var directory: String?

  public init(
    executable: String, folders: [String], output: String, at: ClockTime, until: ClockTime? = nil,
    pipeline: String? = nil, directory: String? = nil
  ) {
    self.executable = executable
    self.folders = folders
    self.output = output
    self.at = at
    self.until = until
    self.pipeline = pipeline
    self.directory = directory
  }

  /// The command and its arguments, unquoted.
  var command: [String] {
    var words = [executable, "batch"] + folders + ["--output", output]
    if let until { words += ["--until", until.description] }
    if let pipeline { words += ["--pipeline", pipeline] }
    return words
  }

  /// Marks what we installed, so that `unschedule` finds it again and touches nothing else.
  static let mark = "# afterclass nightly"
}

extension Schedule {
  /// One line for crontab. Cron ends a command at `%`, so it is escaped on top of the shell's quotes.
  public var crontabLine: String {
    let words = (["nice", "-n", "19", "ionice", "-c", "3"] + command).map(Self.shellQuoted)
    let place = directory.map { "cd \(Self.shellQuoted($0)) && " } ?? ""
    let line = (place + words.joined(separator: " ")).replacing("%", with: "\\%")
    return "\(at.minute) \(at.hour) * * * \(line) \(Self.mark)"
  }

  /// A crontab with our line in it once, whatever stood there of ours before.
  public func installed(in crontab: String) -> String {
    Self.removed(from: crontab) + crontabLine + "\n"
  }

  /// A crontab without our line.
  public static func removed(from crontab: String) -> String {
    crontab.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasSuffix(mark) }
      .joined(separator: "\n")
      .withFinalNewline
  }

  /// Single quotes around whatever the shell could take apart.
  static func shellQuoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch UInt8(byte) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: ":"):
        true
      default: false
      }
    }
    return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}

extension Schedule {
  /// The service's unit file: idle priority, a limit of memory, no network.
  ///
  /// Its fences are filters of system calls, which a user's systemd can set as well as root's. What hides or protects
  /// folders is left out, because recordings and reports may lie anywhere, /tmp and /home too, and so is
  /// `MemoryDenyWriteExecute`, because oneDNN writes its own machine code.
  public var systemdService: String {
    """
    [Unit]
    Description=Afterclass: reports of the recordings in \(Self.unitText(folders.joined(separator: ", ")))

    [Service]
    Type=oneshot\(directory.map { "\nWorkingDirectory=" + $0.replacing("%", with: "%%") } ?? "")
    ExecStart=\(command.map(Self.unitQuoted).joined(separator: " "))
    # Stopped by the clock (3): the next night goes on where this one stopped.
    SuccessExitStatus=3
    Nice=19
    CPUSchedulingPolicy=idle
    IOSchedulingClass=idle
    MemoryMax=2G
    # A recording that takes too much memory costs its own analysis and not the night.
    OOMPolicy=continue
    PrivateNetwork=yes
    # A user's systemd knows no private network.
    RestrictAddressFamilies=AF_UNIX
    NoNewPrivileges=yes
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    SystemCallArchitectures=native

    """
  }

  public var systemdTimer: String {
    // A night that is made up for when the machine is switched on in the morning would last until the next one's end.
    let catchingUp = until == nil ? "\nPersistent=true" : ""
    return """
      [Unit]
      Description=Afterclass every night at \(at)

      [Timer]
      OnCalendar=*-*-* \(at):00\(catchingUp)

      [Install]
      WantedBy=timers.target

      """
  }

  /// systemd expands `%` and `$`, and reads C escapes in quotes.
  static func unitQuoted(_ word: String) -> String {
    "\"" + unitText(word).replacing("\"", with: "\\\"").replacing("$", with: "$$") + "\""
  }

  private static func unitText(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("%", with: "%%").replacing("\n", with: "\\n")
  }
}

extension String {
  fileprivate var withFinalNewline: String {
    let trimmed = String(reversed().drop { $0 == "\n" }.reversed())
    return trimmed.isEmpty ? "" : trimmed + "\n"
  }
}
