import Expressions
import Foundation
import Testing
import Vocabulary
import enum Vocabulary.Expression

@testable import Networks
@testable import Training

@Suite struct BundleExportTests {
  @Test func `a run becomes a bundle that answers as the trained network did`() async throws {
    let text = """
      name: tiny
      epochs: 8
      batch_size: 4
      network:
        layers: [convolution: {width: 8, stride: 4}, global_pool, dropout: 0.2, dense: 7]
      normalization: {mean: 0.5, deviation: 0.25}
      optimizer: {learning_rate: 0.1}

      """
    var faces = FaceSet()
    for index in 0..<16 {
      let level = UInt8(index % 2 == 0 ? 220 : 30)
      faces.append(
        Face(
          expression: index % 2 == 0 ? .happy : .sad, split: .training,
          pixels: Array(repeating: level, count: Face.pixelCount)))
    }
    try await withTemporaryFolder { folder in
      let run = folder.appending(path: "run")
      let records = try await TrainingRun(recipe: Recipe(text: text, path: "tiny.yaml"), directory: run)
        .run(training: faces, validation: faces)
      let data = folder.appending(path: "data.csv")
      try Data("abc".utf8).write(to: data)
      let bundle = try BundleExport(run: run, dataPath: data.path).write(
        to: folder.appending(path: "bundle"), validation: faces, command: "afterclass evaluate")
      let best = records.map(\.validationAccuracy).max()
      #expect(bundle.manifest.accuracy?.first?.value == best)
      // SHA-256 of "abc", as FIPS 180 prints it.
      #expect(
        bundle.manifest.provenance?.data.first?.digest
          == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
      #expect(bundle.manifest.input.range == [-2, 2])
      let again = try ModelBundle(contentsOf: folder.appending(path: "bundle"))
      #expect(try Evaluation(of: again, on: faces).confusion.accuracy.value == best)
      let card = try String(contentsOf: folder.appending(path: "bundle/MODEL_CARD.md"), encoding: .utf8)
      #expect(card.contains("## Not for") && card.contains("batch_size: 4"))
    }
  }

  /// A run of one epoch on gray faces.
  private func run(
    in folder: URL, _ text: String = "", name: String = "name: tiny", data digests: [String] = []
  ) async throws -> (run: URL, data: URL, faces: FaceSet) {
    let text = """
      \(name)
      epochs: 1
      batch_size: 2
      network:
        layers: [convolution: {width: 8, stride: 4}, global_pool, dense: 7]
      optimizer: {learning_rate: 0.1}
      \(text)

      """
    var faces = FaceSet()
    for label in [Expression.happy, .sad] {
      faces.append(
        Face(expression: label, split: .training, pixels: Array(repeating: 90, count: Face.pixelCount)))
    }
    let (run, data) = (folder.appending(path: "run"), folder.appending(path: "data.csv"))
    _ = try await TrainingRun(recipe: Recipe(text: text, path: "tiny.yaml"), directory: run, data: digests)
      .run(training: faces, validation: faces)
    try Data("abc".utf8).write(to: data)
    return (run, data, faces)
  }

  @Test func `what was in the folder stays where a bundle cannot be made`() async throws {
    try await withTemporaryFolder { folder in
      let (run, data, faces) = try await run(in: folder)
      let export = BundleExport(run: run, dataPath: data.path)
      let target = folder.appending(path: "bundle")
      #expect(throws: DataSetError.empty(path: data.path, wanted: "PublicTest")) {
        try export.write(to: target, validation: FaceSet(), command: "")
      }
      let best = run.appending(path: "best.checkpoint")
      var checkpoint = try Checkpoint.read(from: best)
      for index in checkpoint.state.sections[0].values.indices {
        checkpoint.state.sections[0].values[index] = 1e38
      }
      try checkpoint.write(to: best)
      #expect(throws: BundleError.self) { try export.write(to: target, validation: faces, command: "") }
      #expect(!FileManager.default.fileExists(atPath: target.path))
    }
  }

  @Test func `a recipe without a name gives the bundle its file's`() async throws {
    try await withTemporaryFolder { folder in
      let (run, data, faces) = try await run(in: folder, name: "")
      let bundle = try BundleExport(run: run, dataPath: data.path).write(
        to: folder.appending(path: "bundle"), validation: faces, command: "")
      #expect(bundle.manifest.name == "tiny")
    }
  }

  @Test func `data that the network never saw are not written down as its own`() async throws {
    try await withTemporaryFolder { folder in
      let (run, data, faces) = try await run(in: folder, data: ["another file's digest"])
      #expect(throws: TrainingError.otherData(path: run.path)) {
        try BundleExport(run: run, dataPath: data.path).write(
          to: folder.appending(path: "bundle"), validation: faces, command: "")
      }
    }
  }

  @Test func `a card tells of the votes what the training did with them`() async throws {
    func card(_ recipe: String, votes: Bool) async throws -> String {
      try await withTemporaryFolder { folder in
        let (run, data, faces) = try await run(in: folder, recipe)
        try BundleExport(run: run, dataPath: data.path, votesPath: votes ? data.path : nil)
          .write(to: folder.appending(path: "bundle"), validation: faces, command: "")
        return try String(contentsOf: folder.appending(path: "bundle/MODEL_CARD.md"), encoding: .utf8)
      }
    }
    #expect(try await !card("", votes: false).contains("FER+"))
    #expect(try await card("", votes: true).contains("not trained on"))
    let taught = try await card("targets: {label_share: 0.5}", votes: true)
    #expect(taught.contains("rows, and FER+'s ten votes a face"))
  }

  @Test func `a network taught labels and votes answers both, and its bundle classifies by the mean of both`()
    async throws
  {
    let text = """
      name: both
      epochs: 30
      batch_size: 8
      network:
        votes_output: true
        layers: [convolution: {width: 8, stride: 4}, global_pool, dense: 7]
      normalization: {mean: 0.5, deviation: 0.25}
      optimizer: {learning_rate: 0.1}

      """
    // The label says happy where ten people say neutral, so one answer cannot be right for both.
    let neutral = try #require(AnnotatorVotes([10, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    let sad = try #require(AnnotatorVotes([0, 0, 0, 10, 0, 0, 0, 0, 0, 0]))
    var faces = FaceSet()
    for index in 0..<16 {
      let isBright = index % 2 == 0
      faces.append(
        Face(
          expression: isBright ? .happy : .angry, split: .training,
          pixels: Array(repeating: isBright ? 220 : 30, count: Face.pixelCount)),
        votes: isBright ? neutral : sad)
    }
    try await withTemporaryFolder { folder in
      let run = folder.appending(path: "run")
      let records = try await TrainingRun(recipe: Recipe(text: text, path: "both.yaml"), directory: run)
        .run(training: faces, validation: faces)
      #expect(records.contains { $0.majorityAccuracy == 1 })
      let data = folder.appending(path: "data.csv")
      try Data("abc".utf8).write(to: data)
      let bundle = try BundleExport(run: run, dataPath: data.path).write(
        to: folder.appending(path: "bundle"), validation: faces, command: "")
      let evaluation = try Evaluation(of: bundle, on: faces)
      #expect(evaluation.confusion.accuracy.value == 1)
      #expect(evaluation.majorityConfusion.accuracy.value == 1)
      #expect(bundle.manifest.output == ["logits", "votes"])
      let chips = [faces.image(0), faces.image(1)]
      let labels = try NetworkClassifier(bundle.reading(output: "logits"))
      #expect(try labels.classify(chips).map(\.top) == [.happy, .angry])
      let votes = try NetworkClassifier(bundle.reading(output: "votes"))
      #expect(try votes.classify(chips).map(\.top) == [.neutral, .sad])
      let both = try NetworkClassifier(bundle)
      for (index, found) in try both.logits(of: chips).enumerated() {
        let each = try [labels, votes].map {
          Softmax.probabilities(try $0.logits(of: chips)[index], temperature: 1)
        }
        for (position, logarithm) in found.enumerated() {
          #expect(abs(exp(Double(logarithm)) - (each[0][position] + each[1][position]) / 2) < 1e-5)
        }
      }
    }
  }
}
