import Foundation
import Testing
import Vocabulary

@testable import Training

@Suite struct CallbacksInARunTests {
  private static let recipe = """
    epochs: 4
    batch_size: 4
    network:
      layers:
        - convolution: {width: 8, stride: 4}
        - global_pool
        - dense: 7
    optimizer: {learning_rate: 0.05}
    schedule: {shape: constant}

    """

  private func training(_ text: String, in folder: URL) throws -> TrainingRun {
    TrainingRun(recipe: try Recipe(text: text, path: "test.yaml"), directory: folder)
  }

  /// Trains to the end, then puts back the checkpoint of an epoch, as if the run had been stopped there.
  private func run(_ training: TrainingRun, thenPutBack epoch: Int) async throws -> [EpochRecord] {
    let last = training.directory.appending(path: "last.checkpoint")
    var early: Data?
    let records = try await training.run(training: faces(18), validation: faces(6)) { progress in
      if case .epoch(let record, _, _) = progress, record.epoch == epoch {
        early = try? Data(contentsOf: last)
      }
    }
    try #require(early).write(to: last)
    return records
  }

  private func resume(_ training: TrainingRun) async throws -> [EpochRecord] {
    try await training.run(training: faces(18), validation: faces(6), resumes: true)
  }

  /// A loss falls by less than 1000, so that every epoch but the first is one without improvement.
  @Test func `a plateau lowers the rate of the next epoch, also of a run that was resumed`() async throws {
    try await withTemporaryFolder { folder in
      let plateau = "{monitor: val_loss, factor: 0.5, patience: 1, min_delta: 1000}"
      let training = try training(
        Self.recipe + "callbacks: {reduce_on_plateau: \(plateau)}\n", in: folder.appending(path: "run"))
      let expected: [Float] = [0.05, 0.05, 0.025, 0.0125]
      let records = try await run(training, thenPutBack: 2)
      #expect(records.map { Float($0.learningRate) } == expected)

      var begun: [Int] = []
      let resumed = try await training.run(training: faces(18), validation: faces(6), resumes: true) {
        if case .resumed(let epochs) = $0 { begun.append(epochs) }
      }
      #expect(begun == [2])
      #expect(resumed.map { Float($0.learningRate) } == expected)
      #expect(resumed.map(\.loss) == records.map(\.loss))
    }
  }

  /// An accuracy rises by less than 2.
  @Test func `early stopping counts the epochs before a run was resumed and ends it`() async throws {
    try await withTemporaryFolder { folder in
      let text =
        Self.recipe.replacing("epochs: 4", with: "epochs: 10")
        + "callbacks: {early_stopping: {monitor: val_accuracy, min_delta: 2, patience: 3}}\n"
      let training = try training(text, in: folder.appending(path: "run"))
      #expect(try await run(training, thenPutBack: 2).count == 4)
      #expect(try await resume(training).count == 4)
      #expect(try await resume(training).count == 4)
    }
  }
}
