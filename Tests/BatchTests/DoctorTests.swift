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
