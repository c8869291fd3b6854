import Foundation
import Testing

@testable import Training

@Suite struct LabelTableTests {
  func table(_ text: String) throws -> LabelTable {
    let file = FileManager.default.temporaryDirectory.appending(path: "labels-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    return try LabelTable(file)
  }

  @Test func numbersAreReadByTheirColumnsName() throws {
    let table = try table("file,x,y\na.jpg,1.5,2\nb.jpg,3,4\n")
    #expect(try table.rows.map { try $0.number("y") } == [2, 4])
    #expect(table.rows.map(\.file) == ["a.jpg", "b.jpg"])
  }

  @Test(arguments: ["file,x\na.jpg,abc\n", "file,x\na.jpg\n", "file,x\na.jpg,nan\n"])
  func aMissingNumberIsReportedByItsLine(text: String) throws {
    let row = try table(text).rows[0]
    let error = #expect(throws: LabelTableError.self) { try row.number("x") }
    #expect(error?.description.contains("line 2") == true)
  }

  @Test func aTableWithoutFilesIsRefused() {
    #expect(throws: LabelTableError.self) { try table("name,x\n") }
    #expect(throws: LabelTableError.self) { try LabelTable(URL(fileURLWithPath: "/nowhere/boxes.csv")) }
  }
}
