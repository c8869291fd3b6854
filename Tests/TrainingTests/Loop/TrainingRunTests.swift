import Expressions
import Foundation
import Testing
import Vocabulary

@testable import Networks
@testable import Training

@Suite struct TrainingRunTests {
  private static let recipe = """
    epochs: 4
    batch_size: 4
    averaging: 0.5
    network:
      layers:
        - convolution: {width: 8, stride: 4}
        - residual: {width: 8, stride: 4}
        - global_pool
        - dropout: 0.2
        - dense: 7
    optimizer: {learning_rate: 0.05, weight_decay: 0.001}
    schedule: {shape: cosine, warmup: 1}
    targets: {smoothing: 0.1}
    augmentation: {horizontal_flip: true, rotation: 10}

    """

  private func run(_ folder: URL, text: String = recipe, resumes: Bool = false) async throws -> [EpochRecord]
  {
    try await TrainingRun(recipe: Recipe(text: text, path: "test.yaml"), directory: folder)
      .run(training: faces(18), validation: faces(6), resumes: resumes)
  }

  private func state(_ folder: URL) throws -> TrainingState {
    var state = try Checkpoint.read(from: folder.appending(path: "last.checkpoint")).state
    state.attachment = Data()
    return state
  }

  @Test func `a run that was cut and resumed has the same weights as one that was not`() async throws {
    try await withTemporaryFolder { folder in
      let whole = folder.appending(path: "whole")
      let cut = folder.appending(path: "cut")
      let records = try await run(whole)
      #expect(records.count == 4)

      // Stops after two epochs by a checkpoint that is put back as it was then.
      var early: Data?
      _ = try await TrainingRun(recipe: Recipe(text: Self.recipe, path: "test.yaml"), directory: cut)
        .run(training: faces(18), validation: faces(6)) { progress in
          if case .epoch(let record, _, _) = progress, record.epoch == 2 {
            early = try? Data(contentsOf: cut.appending(path: "last.checkpoint"))
          }
        }
      try #require(early).write(to: cut.appending(path: "last.checkpoint"))
      let resumed = try await run(cut, resumes: true)
      #expect(resumed.map(\.loss) == records.map(\.loss))
      let (left, right) = (try state(cut), try state(whole))
      #expect(left == right)
    }
  }

  @Test func `a folder with content is refused, and so is resuming with another recipe`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      let short = Self.recipe.replacing("epochs: 4", with: "epochs: 1")
      _ = try await run(output, text: short)
      await #expect(throws: TrainingError.exists(path: output.path)) { _ = try await run(output) }
      await #expect(throws: TrainingError.self) { _ = try await run(output, resumes: true) }
      let none = folder.appending(path: "none")
      let missing = TrainingError.noCheckpoint(path: none.appending(path: "last.checkpoint").path)
      await #expect(throws: missing) { _ = try await run(none, resumes: true) }
      #expect(!FileManager.default.fileExists(atPath: none.path))
    }
  }

  @Test func `two runs do not write to one folder`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      let first = try TrainingFolder(output)
      await #expect(throws: TrainingError.inUse(path: output.path)) { _ = try await run(output) }
      try first.write(Data(), to: "held.txt")
    }
  }

  @Test func `a run is not gone on with with other data`() async throws {
    try await withTemporaryFolder { folder in
      let recipe = try Recipe(text: Self.recipe, path: "test.yaml")
      var training = TrainingRun(recipe: recipe, directory: folder.appending(path: "run"), data: ["one"])
      _ = try await training.run(training: faces(18), validation: faces(6))
      training.data = ["another"]
      let last = training.directory.appending(path: "last.checkpoint").path
      await #expect(throws: TrainingError.otherData(path: last)) {
        _ = try await training.run(training: faces(18), validation: faces(6), resumes: true)
      }
    }
  }

  @Test func `a cancelled run stops between two batches and goes on to the same weights`() async throws {
    try await withTemporaryFolder { folder in
      let (whole, cut) = (folder.appending(path: "whole"), folder.appending(path: "cut"))
      _ = try await run(whole)
      let training = TrainingRun(recipe: try Recipe(text: Self.recipe, path: "test.yaml"), directory: cut)
      let (learned, validated) = (faces(18), faces(6))
      let task = Task {
        try await training.run(training: learned, validation: validated) { progress in
          if case .batch(3, 2, _, _, _) = progress { withUnsafeCurrentTask { $0?.cancel() } }
        }
      }
      await #expect(throws: CancellationError.self) { _ = try await task.value }
      #expect(try await run(cut, resumes: true).count == 4)
      let (left, right) = (try state(cut), try state(whole))
      #expect(left == right)
    }
  }

  @Test func `a beginning that is not there is told of, and leaves no folder`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      let training = TrainingRun(
        recipe: try Recipe(text: Self.recipe, path: "test.yaml"), directory: output,
        beginning: folder.appending(path: "nowhere"))
      await #expect(throws: TrainingError.self) {
        _ = try await training.run(training: faces(18), validation: faces(6))
      }
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }

  @Test func `a run learns what is easy and leaves its files`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      let long = Self.recipe.replacing("epochs: 4", with: "epochs: 12")
      let records = try await run(output, text: long)
      #expect(try #require(records.last).validationAccuracy == 1)
      let history = try String(contentsOf: output.appending(path: "history.csv"), encoding: .utf8)
      #expect(history.split(separator: "\n").count == 13)
      let names = try FileManager.default.contentsOfDirectory(atPath: output.path).sorted()
      #expect(
        names == [
          "best.checkpoint", "curves.svg", "history.csv", "last.checkpoint", "recipe.yaml", "training.html",
        ])
    }
  }

  @Test func `a run may begin with another's best weights`() async throws {
    try await withTemporaryFolder { folder in
      let first = folder.appending(path: "first")
      let long = try Recipe(text: Self.recipe.replacing("epochs: 4", with: "epochs: 12"), path: "test.yaml")
      _ = try await TrainingRun(recipe: long, directory: first)
        .run(training: faces(18), validation: faces(6))
      // A rate of almost nothing keeps what was learnt.
      let calm = Self.recipe.replacing("learning_rate: 0.05", with: "learning_rate: 0.000001")
      let records = try await TrainingRun(
        recipe: Recipe(text: calm, path: "test.yaml"), directory: folder.appending(path: "second"),
        beginning: first
      ).run(training: faces(18), validation: faces(6))
      #expect(records[0].averagedAccuracy == 1)

      // A bundle has the same weights.
      let data = folder.appending(path: "faces.csv")
      try Data().write(to: data)
      let bundle = folder.appending(path: "bundle")
      try BundleExport(run: first, dataPath: data.path).write(
        to: bundle, validation: faces(6), command: "none")
      let third = try await TrainingRun(
        recipe: Recipe(text: calm, path: "test.yaml"), directory: folder.appending(path: "third"),
        beginning: bundle
      ).run(training: faces(18), validation: faces(6))
      #expect(third[0].validationAccuracy == 1 && third[0].averagedAccuracy == 1)
      // And is told of where it was learnt on from.
      let next = try BundleExport(run: folder.appending(path: "third"), dataPath: data.path).write(
        to: folder.appending(path: "next"), validation: faces(6), command: "none")
      let sources = try #require(next.manifest.provenance).data
      let digest = try ModelBundle(contentsOf: bundle).manifest.digest
      #expect(sources.contains(BundleManifest.Source(file: "weights of test", digest: digest)))
      let card = try String(
        contentsOf: folder.appending(path: "next").appending(path: "MODEL_CARD.md"), encoding: .utf8)
      #expect(card.contains("It began with the `weights of test`"))

      let other = TrainingRun(
        recipe: try Recipe(text: calm, path: "test.yaml"), directory: folder.appending(path: "third"),
        beginning: first)
      let last = folder.appending(path: "third").appending(path: "last.checkpoint").path
      await #expect(throws: TrainingError.otherBeginning(path: last)) {
        _ = try await other.run(training: faces(18), validation: faces(6), resumes: true)
      }
      let dark = TrainingRun(
        recipe: try Recipe(text: calm + "normalization: {mean: 0.5}\n", path: "test.yaml"),
        directory: folder.appending(path: "fifth"), beginning: bundle)
      await #expect(throws: TrainingError.otherRange(path: bundle.path)) {
        _ = try await dark.run(training: faces(18), validation: faces(6))
      }
      let wider = TrainingRun(
        recipe: try Recipe(text: calm.replacing("width: 8", with: "width: 16"), path: "test.yaml"),
        directory: folder.appending(path: "fourth"), beginning: bundle)
      let model = bundle.appending(path: "model.onnx").path
      await #expect(throws: TrainingError.otherNetwork(path: model)) {
        _ = try await wider.run(training: faces(18), validation: faces(6))
      }
    }
  }

  @Test(arguments: [false, true])
  func `a run that was killed in its first epoch starts afresh`(resumes: Bool) async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      let short = Self.recipe.replacing("epochs: 4", with: "epochs: 1")
      try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
      let recipe = output.appending(path: "recipe.yaml")
      try Data("# another\n".utf8).write(to: recipe)
      await #expect(throws: (any Error).self) { _ = try await run(output, text: short, resumes: resumes) }
      try Data(short.utf8).write(to: recipe)
      #expect(try await run(output, text: short, resumes: resumes).count == 1)
    }
  }

  @Test(arguments: [false, true])
  func `a long training whose checkpoint is gone is not begun anew over what is left`(resumes: Bool)
    async throws
  {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      _ = try await run(output)
      try FileManager.default.removeItem(at: output.appending(path: "last.checkpoint"))
      let best = try Data(contentsOf: output.appending(path: "best.checkpoint"))
      await #expect(throws: TrainingError.self) { _ = try await run(output, resumes: resumes) }
      #expect(try Data(contentsOf: output.appending(path: "best.checkpoint")) == best)
    }
  }

  @Test func `a loss that is no number ends a run at once`() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (folder.appending(path: "first"), folder.appending(path: "second"))
      let recipe = try Recipe(text: Self.recipe.replacing("epochs: 4", with: "epochs: 1"), path: "test.yaml")
      _ = try await TrainingRun(recipe: recipe, directory: first).run(
        training: faces(18), validation: faces(6))
      let best = first.appending(path: "best.checkpoint")
      var checkpoint = try Checkpoint.read(from: best)
      for index in checkpoint.state.sections[0].values.indices {
        checkpoint.state.sections[0].values[index] = .nan
      }
      try checkpoint.write(to: best)
      var batches = 0
      await #expect(throws: TrainingError.diverged(epoch: 1)) {
        _ = try await TrainingRun(recipe: recipe, directory: second, beginning: first)
          .run(training: faces(18), validation: faces(6)) { _ in batches += 1 }
      }
      #expect(batches == 0)
      #expect(!FileManager.default.fileExists(atPath: second.appending(path: "last.checkpoint").path))
    }
  }

  @Test func `without faces to validate on nothing is trained`() async throws {
    try await withTemporaryFolder { folder in
      let output = folder.appending(path: "run")
      await #expect(throws: TrainingError.nothingToValidate) {
        _ = try await TrainingRun(recipe: Recipe(text: Self.recipe, path: "test.yaml"), directory: output)
          .run(training: faces(18), validation: FaceSet())
      }
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }

  @Test func `early stopping ends a run`() async throws {
    try await withTemporaryFolder { folder in
      let text =
        Self.recipe.replacing("epochs: 4", with: "epochs: 50")
        + "callbacks: {early_stopping: {monitor: val_accuracy, min_delta: 2, patience: 2}}\n"
      let records = try await run(folder.appending(path: "run"), text: text)
      #expect(records.count == 3)
    }
  }

  @Test func `too few faces for one batch are an error`() async throws {
    try await withTemporaryFolder { folder in
      _ = await #expect(throws: TrainingError.tooFewFaces(found: 18, batchSize: 128)) {
        let text = Self.recipe.replacing("batch_size: 4", with: "batch_size: 128")
        _ = try await run(folder.appending(path: "run"), text: text)
      }
    }
  }
}
