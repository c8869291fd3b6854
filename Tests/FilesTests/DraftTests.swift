import Files
import Foundation
import Testing

@Suite final class DraftTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "afterclass-\(UUID().uuidString)")
  private var file: String { folder.appending(path: "a.csv").path }

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  private func mode() throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
  }

  @Test func aFileAppearsWholeAndItsOwnersAloneInPlaceOfTheOldOne() throws {
    try Data("old".utf8).write(to: URL(filePath: file))
    var draft = try Draft(of: file)
    try draft.write(Array("new".utf8))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "old")
    try draft.write(Array(" text".utf8))
    try draft.commit()
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "new text")
    #expect(try names == ["a.csv"])
    #expect(try mode() == 0o600)
  }

  @Test func whatEverybodyMayReadEverybodyCan() throws {
    var draft = try Draft(of: file, isPublic: true)
    try draft.commit()
    #expect(try mode() == 0o644)
  }

  @Test func whatIsNotFinishedLeavesNothingBehind() throws {
    func begin() throws {
      var draft = try Draft(of: file)
      try draft.write([1, 2, 3])
      #expect(try names.allSatisfy { $0.hasPrefix("a.csv.") && $0.hasSuffix(Draft.ending) })
      _ = consume draft
    }
    try begin()
    #expect(try names.isEmpty)
  }

  @Test func aFileThatCannotBeMadeIsNamed() throws {
    func begin() throws { _ = try Draft(of: folder.appending(path: "none/a.csv").path) }
    let error = try #require(throws: FileError.self) { try begin() }
    #expect(error.operation == "create" && error.path.hasSuffix("none/a.csv") && !error.reason.isEmpty)
  }
}
