import Foundation
import Testing

/// A night through Slurm itself, where it is installed (Debian: slurm-wlm, munge) and may be started: one of the
/// recordings is long enough for several elements, one is damaged, and one element is killed.
@Suite(.enabled(if: SlurmCluster.isInstalled, "needs slurm-wlm and munge, as root"))
struct SlurmTests {
  private let place = TemporaryFolder()
  private var output: URL { place.url.appendingPathComponent("Reports it's") }

  /// Copies of the sample; each byte behind its end makes another recording of it.
  private func addRecordings() throws -> URL {
    let folder = place.url.appendingPathComponent("in")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let sample = try Data(contentsOf: CommandLine.sample)
    try sample.write(to: folder.appendingPathComponent("Algebra 2026-03-01.mp4"))
    try (sample + Data([0])).write(to: folder.appendingPathComponent("Größe it's.mp4"))
    try sample.prefix(600).write(to: folder.appendingPathComponent("damaged.mp4"))
    return folder
  }

  private static let quick = [
    "--set", "sample.every=4s", "--set", "detect.detector=cascade", "--set", "detect.long-side=640",
    "--settle", "0",
  ]

  private func batch(_ folder: URL, _ output: URL, _ more: [String], in cluster: SlurmCluster? = nil) throws
    -> CommandLine.Result
  {
    try CommandLine.run(
      ["batch", folder.path, "--output", output.path] + Self.quick + more,
      environment: cluster?.environment)
  }

  private func reports(in output: URL) throws -> [String: [String: Data]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: output.path)
    return try names.reduce(into: [:]) { reports, name in
      let folder = output.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("run.json").path) else {
        return
      }
      reports[name] = try reproducibleFiles(in: folder)
    }
  }

  @Test("The array's reports are those of one machine; what was killed is submitted again, and nothing else")
  func night() throws {
    let folder = try addRecordings()
    let here = place.url.appendingPathComponent("here")
    #expect(try batch(folder, here, []).status == 2)
    let expected = try reports(in: here)
    #expect(expected.count == 2)

    let cluster = try SlurmCluster(cores: 1)
    // Two elements of half a minute for each of the two that can be read, one for the damaged one.
    let handed = try batch(folder, output, ["--cluster", "slurm", "--portion-seconds", "30"], in: cluster)
    #expect(handed.status == 0, "\(handed.errors)")
    #expect(handed.output.contains("3 recordings handed to Slurm: 5 elements"), "\(handed.output)")
    #expect(try batch(folder, output, [], in: cluster).status == 4)
    #expect(try status(cluster).contains("of 5 elements done"))
    let element = try "\(array(handed))_3"
    try cluster.wait("an element to run") {
      try cluster.run("squeue", ["--noheader", "--states=RUNNING", "--jobs=\(element)"]) != ""
    }
    try cluster.run("scancel", ["--signal=KILL", "--full", element])
    try cluster.wait("the first array") { try cluster.run("squeue", ["--noheader"]).isEmpty }
    let after = try status(cluster)
    #expect(after.contains("1 new report, 2 failed"), "\(after)")
    #expect(after.contains("killed"))

    // Forgetting the failures makes them due at once.
    _ = try CommandLine.run(
      ["status", "--output", output.path, "--rebuild"], environment: cluster.environment)
    let again = try batch(folder, output, ["--cluster", "slurm", "--portion-seconds", "30"], in: cluster)
    #expect(again.output.contains("2 recordings handed to Slurm: 2 elements"), "\(again.output)")
    try cluster.wait("the second array") { try cluster.run("squeue", ["--noheader"]).isEmpty }
    #expect(try status(cluster).contains("1 new report, 1 unchanged, 1 failed"))
    #expect(try reports(in: output) == expected)
  }

  @Test("What has not begun when the night ends is left for the next one")
  func deadline() throws {
    let folder = try addRecordings()
    let cluster = try SlurmCluster(cores: 1)
    let minute = Date(timeIntervalSinceNow: 90)
    let parts = Calendar.current.dateComponents([.hour, .minute], from: minute)
    let until = String(format: "%02d:%02d", parts.hour ?? 0, parts.minute ?? 0)
    let handed = try batch(
      folder, output, ["--cluster", "slurm", "--until", until, "--set", "sample.every=100ms"], in: cluster)
    #expect(handed.status == 0, "\(handed.errors)")
    for _ in 0..<3 where try !cluster.run("squeue", ["--noheader"]).isEmpty {
      try? cluster.wait("the night's end") { try cluster.run("squeue", ["--noheader"]).isEmpty }
    }
    #expect(try status(cluster).contains("left for the next run"))
  }

  private func status(_ cluster: SlurmCluster) throws -> String {
    try CommandLine.run(["status", "--output", output.path], environment: cluster.environment).output
  }

  private func array(_ handed: CommandLine.Result) throws -> String {
    let match = try #require(handed.output.firstMatch(of: /elements in (\d+)/))
    return String(match.output.1)
  }
}
