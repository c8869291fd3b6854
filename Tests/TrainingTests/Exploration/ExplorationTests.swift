import Foundation
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Training

@Suite struct ExplorationTests {
  private func face(_ expression: Expression, _ split: Split = .training, _ pixel: (Int) -> Int) -> Face {
    Face(
      expression: expression, split: split,
      pixels: (0..<Face.pixelCount).map { UInt8(clamping: pixel($0)) })
  }

  /// A rough surface, so that its coarse picture is its own.
  private func surface(_ seed: UInt64) -> (Int) -> Int {
    var generator = CounterGenerator(seed: seed, stream: .shuffle)
    let cells = (0..<256).map { _ in 20 + generator.index(below: 180) }
    return { cells[$0 / 48 / 3 * 16 + $0 % 48 / 3] }
  }

  private func explored() -> ExplorationTables {
    var exploration = Exploration(name: "test")
    let (one, two) = (surface(1), surface(2))
    exploration.add(
      face(.happy, .training, one), line: 2, votes: AnnotatorVotes([0, 9, 0, 0, 0, 0, 0, 0, 0, 1]))
    exploration.add(
      face(.sad, .publicTest, one), line: 3, votes: AnnotatorVotes([9, 0, 0, 0, 0, 0, 0, 0, 0, 1]))
    exploration.add(face(.happy) { one($0) + 3 }, line: 4, votes: nil)
    exploration.add(
      face(.happy, .training, two), line: 5, votes: AnnotatorVotes([0, 0, 0, 0, 0, 0, 0, 0, 0, 9]))
    exploration.add(face(.fear) { _ in 0 }, line: 6, votes: nil)
    exploration.add(face(.fear) { _ in 7 }, line: 7, votes: nil)
    return ExplorationTables(exploration)
  }

  @Test func `classes are counted by split`() {
    let classes = explored().classes
    #expect(classes[0] == ["expression", "Training", "PublicTest", "all", "share"])
    #expect(classes[4] == ["happy", "3", "0", "3", "50.0 %"])
    #expect(classes[5] == ["sad", "0", "1", "1", "16.7 %"])
  }

  @Test func `the same pixels and nearly the same are found, across splits and with other labels`() {
    let tables = explored()
    #expect(tables.duplicates[1] == ["the same pixels", "1", "2", "1", "1"])
    #expect(tables.duplicates[2] == ["nearly the same, in pairs", "1", "2", "0", "0"])
    #expect(tables.disagreements[1] == ["2, 3", "happy, sad"])
    let faces = tables.duplicateFaces.split(separator: "\n")
    #expect(
      faces.count == 5 && faces[1] == "1,same,2,happy,Training" && faces[2] == "1,same,3,sad,PublicTest")
  }

  @Test func `copies of copies are one group, and blank pictures none`() {
    var exploration = Exploration(name: "test")
    for (line, expression) in [Expression.happy, .happy, .sad].enumerated() {
      exploration.add(face(expression, .training, surface(1)), line: line + 2, votes: nil)
    }
    for line in 5...7 { exploration.add(face(.fear) { _ in 0 }, line: line, votes: nil) }
    let tables = ExplorationTables(exploration)
    #expect(tables.duplicates[1] == ["the same pixels", "1", "3", "0", "1"])
    #expect(tables.disagreements == [["lines", "labels"], ["2, 3, 4", "happy, happy, sad"]])
  }

  @Test func `cells with commas and quotes are quoted in tables for programs`() {
    #expect(
      TextTable.csv([["line", "what"], ["3", "label \"a,b\""]]) == "line,what\n3,\"label \"\"a,b\"\"\"\n")
  }

  @Test func `faces whose label is not the majority are listed`() {
    #expect(explored().disputed == "line,label,ferplus_majority,usage\n3,sad,neutral,PublicTest\n")
  }

  @Test func `pictures of one gray level and black ones are counted`() {
    let exploration = explored().exploration
    #expect(exploration.blank == [4, 5])
    #expect(exploration.black == 1)
  }

  @Test func `FER+'s majority is set against the label`() {
    let votes = explored().votes
    #expect(votes[1][1] == "2")
    #expect(votes[2][1] == "50.00 %")
    #expect(votes[4][1] == "1")
  }

  @Test func `mean and variance are taken pixel by pixel`() {
    var moments = PixelMoments()
    moments.add(Array(repeating: 10, count: Face.pixelCount))
    moments.add(Array(repeating: 20, count: Face.pixelCount))
    #expect(moments.mean.first == 15)
    #expect(moments.variance.first == 25)
    #expect(moments.meanPicture.pixels.first == 15)
  }

  @Test func `the page is one file with its pictures in it`() throws {
    let report = ExplorationReport(explored().exploration)
    let page = try report.page()
    #expect(page.contains("data:image/png;base64,"))
    #expect(!page.contains("src=\"http"))
    #expect(report.text.contains("nearly the same"))
  }

  @Test func `a page with faces on it is its owner's alone`() async throws {
    try await withTemporaryFolder { folder in
      try ExplorationReport(explored().exploration).write(to: folder)
      for name in ["exploration.html", "exploration.txt", "duplicates.csv"] {
        let path = folder.appending(path: name).path
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
      }
    }
  }
}
