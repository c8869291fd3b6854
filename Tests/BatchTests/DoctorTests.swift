import Foundation
import Testing

@testable import Batch

@Suite("The doctor says what to do")
struct DoctorTests {
  @Test("Too little space and a clock before this program's time are bad, with a remedy")
  func findings() {
    #expect(Doctor.space(free: 5 << 30, at: "/srv").verdict == .good)
    #expect(Doctor.space(free: 5 << 20, at: "/srv").remedy.contains("purge"))
    #expect(Doctor.clock(now: Date(timeIntervalSince1970: 0)).verdict == .bad)
    #expect(Doctor.clock(now: Date(timeIntervalSince1970: 1_800_000_000)).verdict == .good)
  }

  @Test("A table names every finding, with what to do below what is wrong")
  func table() {
    let findings = [
      Doctor.Finding(.good, "disk", "5.0 GiB free"),
      Doctor.Finding(.bad, "recordings", "/in: No such file or directory", remedy: "check the path"),
    ]
    #expect(
      findings.table == """
        good      disk        5.0 GiB free
        bad       recordings  /in: No such file or directory
                              → check the path
        1 bad: a night would fail; do what the arrow says
        """)
    #expect([findings[0]].table.hasSuffix("fit for a night"))
  }

  @Test("A folder of recordings that is not there is bad, an empty one doubtful")
  func recordings() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let output = folder.appendingPathComponent("Reports")
    #expect(Doctor.recordings(in: folder, output: output).verdict == .bad)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(Doctor.recordings(in: folder, output: output).verdict == .doubtful)
    try Data("x".utf8).write(to: folder.appendingPathComponent("a.mp4"))
    #expect(Doctor.recordings(in: folder, output: output).detail.hasPrefix("1 below"))
  }

  @Test("An output folder that everybody can enter is doubtful")
  func openFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(Doctor.writability(of: folder).verdict == .doubtful)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
    #expect(Doctor.writability(of: folder).verdict == .good)
    #expect(Doctor.writability(of: folder.appendingPathComponent("later")).verdict == .good)
  }
}
