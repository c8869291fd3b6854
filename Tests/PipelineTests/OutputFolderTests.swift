import Foundation
import Reporting
import Testing

@testable import Pipeline

@Suite struct OutputFolderTests {
  let folder = TemporaryFolder()

  @Test func isItsOwnersAlone() throws {
    let output = try OutputFolder(folder.url.appendingPathComponent("a/b"))
    let mode = try FileManager.default.attributesOfItem(atPath: output.url.path)[.posixPermissions] as? Int
    #expect(mode == 0o700)
  }

  @Test func isHeldByOneRunAtATimeAndLeftFreeAfterwards() throws {
    let place = folder.url.appendingPathComponent("class")
    let first = try OutputFolder(place)
    #expect(throws: OutputError.inUse(place)) { _ = try OutputFolder(place) }
    _ = consume first
    #expect(throws: Never.self) { _ = try OutputFolder(place) }
  }

  @Test func saysWhyItCannotBeMade() throws {
    let file = try folder.file("taken", "a file")
    let error = try #require(throws: OutputError.self) { _ = try OutputFolder(file) }
    #expect(error.description.contains(file.path))
    #expect(!error.description.contains("\n"))
  }

  @Test func clearsAwayWhatAKilledRunWasWriting() throws {
    _ = try folder.file("class.csv.123.part", "half")
    _ = try folder.file("class.csv", "whole")
    _ = try OutputFolder(folder.url)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["class.csv"])
  }

  @Test(arguments: [("/a/Class 3.mp4", "Class 3"), ("/a/.mp4", "recording.mp4"), ("/a/x.y.mkv", "x.y")])
  func isNamedAfterTheRecording(path: String, name: String) {
    let location = OutputFolder.location(of: URL(fileURLWithPath: path), in: folder.url)
    #expect(location.lastPathComponent == name)
    #expect(location.deletingLastPathComponent().path == folder.url.path)
  }

  @Test func aFileOfTheReportThatIsALinkIsReplacedAndNotWrittenThrough() throws {
    let victim = try folder.file("victim", "somebody's")
    let place = folder.url.appendingPathComponent("report")
    let output = try OutputFolder(place)
    for file in [output.pipeline, output.runRecord] {
      try FileManager.default.createSymbolicLink(at: file, withDestinationURL: victim)
      try writeAtomically("ours", to: file.path)
      let type = try FileManager.default.attributesOfItem(atPath: file.path)[.type] as? FileAttributeType
      #expect(type == .typeRegular)
    }
    #expect(try String(contentsOf: victim, encoding: .utf8) == "somebody's")
  }
}
