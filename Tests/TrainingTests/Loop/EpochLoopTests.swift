import Foundation
import Networks
import Testing

@testable import Training

@Suite struct EpochLoopTests {
  /// Learns nothing; each epoch's record is its number.
  private struct Counting: EpochTraining {
    struct Record: Codable, EpochSummary {
      var number: Int
      var columns: [(name: String, value: Double)] { [("number", Double(number))] }
    }

    var settings = 7
    var epochs = 3
    let session: TrainingSession
    var stopsIn: Int?

    init(stopsIn: Int? = nil) throws {
      let recipe = try Recipe(
        text: "epochs: 1\nnetwork: {layers: [flatten, dense: 7]}\noptimizer: {learning_rate: 0.1}",
        path: "test.yaml")
      session = try TrainingSession(graph: recipe.network.graph(name: "test", seed: 1), batch: 1)
      self.stopsIn = stopsIn
    }

    func run(epoch: Int) throws -> Record {
      if epoch == stopsIn { throw CancellationError() }
      return Record(number: epoch + 1)
    }
  }

  private func run(_ training: Counting, in folder: URL, resumes: Bool, sources: [String] = ["one"]) throws
    -> [String]
  {
    var lines: [String] = []
    _ = try EpochLoop(training: training, folder: folder, sources: sources).run(resumes: resumes) {
      lines.append($0)
    }
    return lines
  }

  @Test(arguments: [0, 1, 2])
  func `a stopped training goes on after its last whole epoch`(stop: Int) async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      #expect(throws: CancellationError.self) {
        _ = try run(Counting(stopsIn: stop), in: output, resumes: false)
      }
      let lines = try run(Counting(), in: output, resumes: true)
      #expect(lines == (stop + 1...3).map { "epoch \($0)/3  number \($0)" })
      let table = try String(contentsOf: output.appending(path: "history.csv"), encoding: .utf8)
      #expect(table == "epoch,number\n1,1.0\n2,2.0\n3,3.0\n")
    }
  }

  @Test func `a training is not gone on with with other settings or other data`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      #expect(throws: CancellationError.self) {
        _ = try run(Counting(stopsIn: 1), in: output, resumes: false)
      }
      var other = try Counting()
      other.settings = 8
      let last = output.appending(path: "last.checkpoint").path
      #expect(throws: TrainingError.otherSettings(path: last)) {
        _ = try run(other, in: output, resumes: true)
      }
      #expect(throws: TrainingError.otherData(path: last)) {
        _ = try run(Counting(), in: output, resumes: true, sources: ["another"])
      }
    }
  }

  @Test func `two trainings do not write to one folder`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      let first = try TrainingFolder(output)
      #expect(throws: TrainingError.inUse(path: output.path)) {
        _ = try run(Counting(), in: output, resumes: false)
      }
      try first.write(Data(), to: "held.txt")
    }
  }

  @Test func `what is no training is neither gone on with nor overwritten`() async throws {
    try await withTemporaryFolder { folder in
      try Data().write(to: folder.appending(path: "thesis.txt"))
      for resumes in [false, true] {
        #expect(throws: TrainingError.self) { _ = try run(Counting(), in: folder, resumes: resumes) }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["thesis.txt"])
    }
  }
}
