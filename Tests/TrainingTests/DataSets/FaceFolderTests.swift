import Foundation
import Media
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Training

@Suite struct FaceFolderTests {
  @Test func `folders named by word, synonym or number become labels, other folders are left alone`()
    async throws
  {
    try await withTemporaryFolder { folder in
      for name in ["happy", "Anger", "6", "notes"] {
        let inner = folder.appending(path: name)
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        let picture = Image(width: 96, height: 96, channels: 3, filledWith: 90)
        try PictureWriter.write(picture, to: inner.appending(path: "a.png"))
      }
      try Data("no picture".utf8).write(to: folder.appending(path: "happy/b.png"))
      var faces: [Face] = []
      let faults = try FaceFolder(path: folder.path).forEachFace(as: .publicTest) { _, face in
        faces.append(face)
      }
      #expect(faces.map(\.expression) == [.neutral, .angry, .happy])
      #expect(faces.allSatisfy { $0.pixels.count == 2304 && abs(Int($0.pixels[0]) - 90) < 3 })
      #expect(faults.map(\.line) == [4])
      var told: [String] = []
      let sets = try FaceSet.read(path: folder.path, splits: [.publicTest]) { told.append($0) }
      #expect(sets[0].count == 3 && told.count == 2)
      #expect(told.first?.hasSuffix("left out what no expression is named by: notes") == true)
      #expect(told.last?.contains("left out 1 bad pictures; the first is number 4") == true)
      #expect(throws: DataSetError.self) {
        try FaceFolder(path: folder.path, faultLimit: 0).forEachFace(as: .publicTest) { _, _ in }
      }
    }
  }

  @Test func `folders with another data set's numbers are refused and not read as FER2013's`() async throws {
    try await withTemporaryFolder { folder in
      for number in 1...7 {
        try FileManager.default.createDirectory(
          at: folder.appending(path: "\(number)"), withIntermediateDirectories: true)
      }
      let error = #expect(throws: DataSetError.self) {
        try FaceFolder(path: folder.path).forEachFace(as: .publicTest) { _, _ in }
      }
      #expect(error?.description.contains("numbered to 7") == true)
    }
  }

  @Test func `exploring a folder says what was left out, and refuses one without any expression`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let inner = folder.appending(path: "contempt")
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      #expect(throws: DataSetError.self) { try Exploration(path: folder.path) }
      let happy = folder.appending(path: "happy")
      try FileManager.default.createDirectory(at: happy, withIntermediateDirectories: true)
      try PictureWriter.write(Image(width: 48, height: 48, filledWith: 9), to: happy.appending(path: "a.png"))
      let text = ExplorationReport(try Exploration(path: folder.path)).text
      #expect(text.contains("left out  contempt") && !text.contains("Usage"))
    }
  }

  @Test func `a class that cannot be read is an error`() async throws {
    try await withTemporaryFolder { folder in
      try Data().write(to: folder.appending(path: "happy"))
      #expect(throws: DataSetError.self) {
        try FaceFolder(path: folder.path).forEachFace(as: .publicTest) { _, _ in }
      }
    }
  }

  @Test func `votes of a folder are refused`() async throws {
    try await withTemporaryFolder { folder in
      let error = DataSetError.votesOfFolder(path: "votes.csv")
      #expect(throws: error) {
        try FaceSet.read(path: folder.path, votesPath: "votes.csv", splits: [.publicTest])
      }
      #expect(throws: error) { try Exploration(path: folder.path, votesPath: "votes.csv") }
    }
  }
}
