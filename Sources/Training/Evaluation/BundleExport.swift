import Digests
public import Expressions
public import Foundation
import Networks
import Vocabulary

/// Makes a model bundle of a run's best weights: network, manifest and model card.
public struct BundleExport: Sendable {
  /// The folder of a `TrainingRun`.
  public var run: URL
  public var dataPath: String
  public var votesPath: String?

  public init(run: URL, dataPath: String, votesPath: String? = nil) {
    self.run = run
    self.dataPath = dataPath
    self.votesPath = votesPath
  }

  /// The temperature is fitted on the validation faces, and so are the figures of the card.
  ///
  /// - Parameter command: what a reader would type to get the manifest's accuracy again.
  /// - Throws: where the run has no checkpoint, there is no validation face, or the bundle cannot be written; what
  ///   was in the folder is then still there; `TrainingError.otherData` where the files are not those of the training.
  @discardableResult
  public func write(
    to folder: URL, validation: FaceSet, command: String, date: Date = Date()
  ) throws -> ModelBundle {
    guard validation.count > 0 else {
      throw DataSetError.empty(path: dataPath, wanted: Split.publicTest.rawValue)
    }
    let checkpoint = try Checkpoint.read(from: run.appending(path: "best.checkpoint"))
    let progress = try Checkpoint.read(from: run.appending(path: "last.checkpoint")).progress
    var recipe = try Recipe(text: checkpoint.progress.recipe, path: run.appending(path: "recipe.yaml").path)
    if let name = progress.name { recipe.name = name }
    let sources = try sources()
    if let trained = progress.data, !trained.isEmpty, trained != sources.map(\.digest) {
      throw TrainingError.otherData(path: run.path)
    }
    let session = try TrainingSession(
      graph: recipe.network.graph(name: recipe.name, seed: recipe.seed), batch: 1, seed: recipe.seed)
    try session.restore(checkpoint.state)
    let model = try ONNXWriter.bytes(of: session.graph())

    var manifest = BundleManifest(
      name: recipe.name,
      output: recipe.network.answersVotes ? [ModelBundle.labelsOutput, ModelBundle.votesOutput] : nil,
      input: BundleManifest.Input(side: Face.side, range: recipe.normalization.range))
    manifest.provenance = BundleManifest.Provenance(
      date: date.formatted(.iso8601.year().month().day()),
      recipe: "\(recipe.name) \(ContentDigest.of(recipe.text))",
      data: sources + (progress.beginning ?? []) + (progress.teachers ?? []))
    let draft = try ModelBundle(model: model, manifest: manifest, for: folder)
    var evaluation = try Evaluation(of: draft, on: validation)
    manifest.temperature = Calibration.temperature(
      logits: evaluation.classified.logits, labels: evaluation.classified.truths)
    evaluation = evaluation.at(temperature: manifest.temperature)
    manifest.accuracy = Self.accuracies(evaluation, command: command)
    let card = ModelCard(
      recipe: recipe, progress: progress, evaluation: evaluation, command: command, hasVotes: votesPath != nil
    ).markdown
    return try ModelBundle.write(model: model, manifest: manifest, card: card, to: folder)
  }

  private func sources() throws -> [BundleManifest.Source] {
    try Self.sources([dataPath, votesPath].compactMap(\.self))
  }

  /// Names and digests of the files that were trained on.
  public static func sources(_ paths: [String]) throws -> [BundleManifest.Source] {
    try paths.map { path in
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw DataSetError.unreadable(path: path, reason: "it cannot be opened")
      }
      var digest = ContentDigest()
      while let bytes = try handle.read(upToCount: 1 << 20), !bytes.isEmpty {
        bytes.withUnsafeBytes { digest.update($0) }
      }
      return BundleManifest.Source(
        file: URL(fileURLWithPath: path).lastPathComponent, digest: digest.finish())
    }
  }

  static func accuracies(_ evaluation: Evaluation, command: String) -> [BundleManifest.Accuracy] {
    let (first, second, both) = evaluation.answerNames
    var figures = [("FER2013 PublicTest, used for selection\(first)", evaluation.confusion.accuracy)]
    if evaluation.majorityConfusion.total > 0 {
      figures.append(("FER+ majority on PublicTest\(second)", evaluation.majorityConfusion.accuracy))
    }
    if let mean = evaluation.meanConfusions {
      figures.append(("FER2013 PublicTest\(both)", mean.labels.accuracy))
      if mean.majorities.total > 0 {
        figures.append(("FER+ majority on PublicTest\(both)", mean.majorities.accuracy))
      }
    }
    return figures.map { name, proportion in
      let rounded = [proportion.value, proportion.interval.lowerBound, proportion.interval.upperBound].map {
        ($0 * 10_000).rounded() / 10_000
      }
      return BundleManifest.Accuracy(
        set: name, value: rounded[0], interval: [rounded[1], rounded[2]], command: command)
    }
  }
}

extension Evaluation {
  /// The same answers with another temperature.
  func at(temperature: Double) -> Evaluation {
    var other = self
    other.temperature = temperature
    return other
  }
}
