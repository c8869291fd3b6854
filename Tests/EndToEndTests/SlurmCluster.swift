import Foundation

/// A Slurm of one node on this machine, without systemd: munged, slurmctld and slurmd run by hand in a folder of
/// their own, and end with it.
final class SlurmCluster {
  private let folder = TemporaryFolder()
  private var daemons: [(name: String, shell: Process)] = []

  /// Slurm's daemons and Debian's munge, and the right to run them.
  static var isInstalled: Bool {
    geteuid() == 0
      && ["slurmctld", "slurmd", "munged"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: "/usr/sbin/\($0)")
      }
  }

  var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["SLURM_CONF"] = folder.url.appendingPathComponent("slurm.conf").path
    return environment
  }

  /// - Parameter cores: how many elements run side by side.
  init(cores: Int) throws {
    let place = folder.url.path
    for name in ["state", "spool", "munge"] {
      try FileManager.default.createDirectory(
        atPath: "\(place)/\(name)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
    }
    let key = Data((0..<128).map { _ in UInt8.random(in: 0...255) })
    try key.write(to: folder.url.appendingPathComponent("key"))
    chmod("\(place)/key", 0o600)
    let port = Int.random(in: 20_000..<30_000)
    let host = try Self.output("/bin/hostname", ["-s"])
    let configuration = """
      ClusterName=test
      SlurmctldHost=\(host)(127.0.0.1)
      SlurmUser=root
      SlurmctldPort=\(port)
      SlurmdPort=\(port + 1)
      AuthType=auth/munge
      AuthInfo=socket=\(place)/munge/socket
      CredType=cred/munge
      ProctrackType=proctrack/pgid
      TaskPlugin=task/none
      SelectType=select/cons_tres
      SelectTypeParameters=CR_Core
      JobAcctGatherType=jobacct_gather/none
      AccountingStorageType=accounting_storage/none
      MpiDefault=none
      ReturnToService=2
      KillWait=2
      StateSaveLocation=\(place)/state
      SlurmdSpoolDir=\(place)/spool
      SlurmctldPidFile=\(place)/slurmctld.pid
      SlurmdPidFile=\(place)/slurmd.pid
      SlurmctldLogFile=\(place)/slurmctld.log
      SlurmdLogFile=\(place)/slurmd.log
      SchedulerParameters=sched_interval=1,bf_interval=2
      NodeName=\(host) NodeAddr=127.0.0.1 CPUs=\(cores) State=UNKNOWN
      PartitionName=night Nodes=\(host) Default=YES MaxTime=INFINITE State=UP

      """
    try configuration.write(toFile: "\(place)/slurm.conf", atomically: true, encoding: .utf8)
    try start(
      "munged",
      [
        "--foreground", "--force", "--key-file=\(place)/key", "--socket=\(place)/munge/socket",
        "--pid-file=\(place)/munge/pid", "--log-file=\(place)/munge/log", "--seed-file=\(place)/munge/seed",
      ])
    try wait("munge's socket") { FileManager.default.fileExists(atPath: "\(place)/munge/socket") }
    try start("slurmctld", ["-D", "-c"])
    try start("slurmd", ["-D", "-N", host])
    try wait("slurmd to answer") { try self.run("sinfo", ["--noheader", "--format=%T"]).hasPrefix("idle") }
  }

  deinit {
    // They inherit the signal mask of a thread that takes neither SIGTERM nor SIGCHLD, the shells too.
    for (name, shell) in daemons.reversed() {
      let file = folder.url.appendingPathComponent("\(name).process")
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      if let process = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)) { kill(process, SIGKILL) }
      kill(shell.processIdentifier, SIGKILL)
      shell.waitUntilExit()
    }
  }

  /// A command of Slurm's.
  @discardableResult
  func run(_ command: String, _ arguments: [String]) throws -> String {
    try Self.output("/usr/bin/\(command)", arguments, environment: environment)
  }

  /// Waits for something, five minutes at most.
  func wait(_ what: String, until holds: () throws -> Bool) throws {
    for _ in 0..<3000 {
      if try holds() { return }
      usleep(100_000)
    }
    struct Waited: Error, CustomStringConvertible { var description: String }
    let log = folder.url.appendingPathComponent("slurmctld.log")
    let tail = (try? String(contentsOf: log, encoding: .utf8))?.suffix(1500) ?? ""
    throw Waited(description: "waited five minutes for \(what)\n\(tail)")
  }

  /// Under a shell: a daemon closes what it inherits, by which Foundation would take it for ended and wait for it
  /// on the thread that watches all processes.
  private func start(_ daemon: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let file = folder.url.appendingPathComponent("\(daemon).process").path
    let script = "file=$1; shift; \"$0\" \"$@\" & echo $! >\"$file\"; wait"
    process.arguments = ["-c", script, "/usr/sbin/\(daemon)", file] + arguments
    process.environment = environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    daemons.append((daemon, process))
  }

  private static func output(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    if let environment { process.environment = environment }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").joined(separator: "\n")
  }
}
