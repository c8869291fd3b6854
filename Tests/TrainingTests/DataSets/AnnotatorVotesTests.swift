import Foundation
import Testing
import Vocabulary

@testable import Training

@Suite struct AnnotatorVotesTests {
  private static let header =
    "Usage,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"

  @Test func `columns are found by their names`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "votes.csv")
      let reordered =
        "NF,fear,Usage,neutral,happiness,surprise,sadness,anger,disgust,contempt,unknown,Image name"
      try Data("\u{FEFF}\(reordered)\n0,1,Training,0,8,0,0,0,0,0,1,fer1.png\n".utf8).write(to: file)
      let votes = try #require(try AnnotatorVotes.read(path: file.path).first)
      #expect(votes.majority == .happy)
      #expect(votes.expressions == [0, 0, 1, 8, 0, 0, 0])

      try Data("Usage,neutral,happiness\nTraining,0,0,0,0,9,0,0,0,0,0\n".utf8).write(to: file)
      #expect {
        try AnnotatorVotes.read(path: file.path)
      } throws: {
        "\($0)".contains(file.path) && "\($0)".contains("line 1") && "\($0)".contains("surprise")
      }
    }
  }

  @Test func `votes are put into FER2013's order`() throws {
    // neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, NF
    let votes = try #require(AnnotatorVotes([1, 2, 0, 0, 5, 0, 0, 2, 0, 0]))
    #expect(votes.expressions == [5, 0, 0, 2, 0, 0, 1])
    #expect(votes.distribution == [0.625, 0, 0, 0.25, 0, 0, 0.125])
    #expect(votes.majority == .angry)
  }

  @Test func `a tie and contempt have no majority among the seven`() throws {
    #expect(try #require(AnnotatorVotes([5, 5, 0, 0, 0, 0, 0, 0, 0, 0])).majority == nil)
    #expect(try #require(AnnotatorVotes([1, 0, 0, 0, 0, 0, 0, 9, 0, 0])).majority == nil)
  }

  @Test func `what nobody took for an expression has no distribution`() throws {
    let votes = try #require(AnnotatorVotes([0, 0, 0, 0, 0, 0, 0, 0, 1, 9]))
    #expect(votes.distribution == nil)
    #expect(votes.isNotAFace)
  }

  @Test func `votes follow their rows past a row that is skipped`() async throws {
    let pixels = Array(repeating: "7", count: 2304).joined(separator: " ")
    try await withTemporaryFolder { folder in
      let faces = folder.appending(path: "faces.csv")
      let votes = folder.appending(path: "votes.csv")
      try Data(
        "emotion,pixels,Usage\n0,\(pixels),Training\n8,\(pixels),Training\n3,\(pixels),Training\n".utf8
      ).write(to: faces)
      try Data(
        "\(Self.header)\nTraining,0,0,0,0,9,0,0,0,0,0\nTraining,9,0,0,0,0,0,0,0,0,0\nTraining,0,9,0,0,0,0,0,0,0,0\n"
          .utf8
      ).write(to: votes)
      let set = try #require(
        try FaceSet.read(path: faces.path, votesPath: votes.path, splits: [.training]).first)
      #expect(set.votes.map { $0?.majority } == [.angry, .happy])
      _ = try Exploration(path: faces.path, votesPath: votes.path)

      try Data("\(Self.header)\nTraining,9,0,0,0,0,0,0,0,0,0\n".utf8).write(to: votes)
      let error = DataSetError.rowCounts(path: votes.path, expected: 3, found: 1)
      #expect(throws: error) {
        try FaceSet.read(path: faces.path, votesPath: votes.path, splits: [.training])
      }
      #expect(throws: error) { try Exploration(path: faces.path, votesPath: votes.path) }
    }
  }
}
