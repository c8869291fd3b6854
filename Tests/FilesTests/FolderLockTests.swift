import Files
import Foundation
import Testing

@Suite final class FolderLockTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "afterclass-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  @Test func aFolderIsHeldOnceAndFreeAgainWhenTheHolderIsGone() throws {
    do {
      let first = try FolderLock(folder.path)
      #expect(throws: FolderLock.Failure.held) { try FolderLock(folder.path) }
      withExtendedLifetime(first) {}
    }
    _ = try FolderLock(folder.path)
  }

  @Test func whatIsNoFolderCannotBeHeld() {
    #expect(throws: FolderLock.Failure.unopened(ENOENT)) {
      try FolderLock(folder.appending(path: "absent").path)
    }
  }
}
