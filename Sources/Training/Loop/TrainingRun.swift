public import Expressions
public import Foundation
public import Networks
import enum Vocabulary.Expression

/// One training from data to the best weights, in a folder of its own:
/// `recipe.yaml`, `history.csv`, `curves.svg`, `training.html`, `best.checkpoint` and `last.checkpoint`.
public struct TrainingRun: Sendable {
  public var recipe: Recipe
  public var directory: URL
  public var threads: Int
  /// The folder of a run of the same network whose best weights this one begins with, or a bundle's; `nil` draws new ones.
  public var beginning: URL?
  /// Digests of the files that are learned from: with others a run is not gone on with.
  public var data: [String]
  /// What the recipe's `teacher_share` is learned from.
  public var teachers: [ModelBundle]

  public init(
    recipe: Recipe, directory: URL, threads: Int = 1, beginning: URL? = nil, data: [String] = [],
    teachers: [ModelBundle] = []
  ) {
    self.data = data
    self.teachers = teachers
    self.recipe = recipe
    self.directory = directory
    self.threads = threads
    self.beginning = beginning
  }

  /// Trains until the recipe's last epoch or until a callback stops.
  ///
  /// - Parameters:
  ///   - resumes: goes on from the folder's checkpoint, to the same weights as if it had never stopped.
  ///   - report: called after each batch and each epoch.
  /// - Returns: the figures of all epochs.
  /// - Throws: `TrainingError`, `NetworksError`, `BundleError` of a teacher, or `CancellationError` between two batches
  ///   once the task is cancelled.
  public func run(
    training: FaceSet, validation: FaceSet, resumes: Bool = false,
    report: (TrainingProgress) -> Void = { _ in }
  ) async throws -> [EpochRecord] {
    let source = BatchSource(faces: training, recipe: recipe)
    guard source.batchesPerEpoch > 0 else {
      throw TrainingError.tooFewFaces(found: training.count, batchSize: recipe.batchSize)
    }
    guard validation.count > 0 else { throw TrainingError.nothingToValidate }
    try checkFolder(resumes: resumes)
    let session = try TrainingSession(
      graph: graph(), batch: recipe.batchSize, precision: recipe.precision, threads: threads,
      seed: recipe.seed)
    let folder = try TrainingFolder(directory)
    var progress = try start(session, in: folder, resumes: resumes)
    if !progress.records.isEmpty { report(.resumed(epochs: progress.records.count)) }
    let teachers = try Teachers(teachers, recipe: recipe, threads: threads)
    let hasVotes = validation.votes.contains { $0 != nil }
    let evaluation = ValidationPass(source: BatchSource(faces: validation, recipe: recipe))

    while !progress.isFinished {
      let epoch = progress.records.count + 1
      let clock = ContinuousClock.now
      let (tally, rate) = try await learn(
        epoch: epoch, from: source, teachers: teachers, session: session, rateFactor: progress.rateFactor,
        report: report)
      let plain = try evaluation.run(session)
      guard plain.loss.isFinite else { throw TrainingError.diverged(epoch: epoch) }
      let averaged = recipe.averaging > 0 ? try evaluation.runAveraged(session) : nil
      let record = EpochRecord(
        epoch: epoch, loss: tally.loss, accuracy: tally.accuracy, validationLoss: plain.loss,
        validationAccuracy: plain.accuracy, averagedAccuracy: averaged?.accuracy,
        majorityAccuracy: hasVotes ? (averaged ?? plain).majorityAccuracy : nil, learningRate: rate,
        seconds: clock.duration(to: .now) / .seconds(1))
      progress.records.append(record)
      try keepBest(session, record: record, progress: &progress)
      observe(record, progress: &progress)
      try write(progress, session: session, to: folder)
      report(.epoch(record, of: recipe.epochs, best: progress.best?.accuracy ?? 0))
    }
    return progress.records
  }

  /// The recipe's network, with a bundle's weights where the run begins with one.
  private func graph() throws -> Graph {
    var graph = recipe.network.graph(name: recipe.name, seed: recipe.seed)
    guard let beginning, let beginningModel else { return graph }
    let given = try ModelBundle(contentsOf: beginning)
    guard given.graph.parameters.mapValues(\.shape) == graph.parameters.mapValues(\.shape) else {
      throw TrainingError.otherNetwork(path: beginningModel.path)
    }
    let fed = zip(given.manifest.input.range, recipe.normalization.range)
    guard fed.allSatisfy({ abs($0 - $1) < 1e-5 }) else {
      throw TrainingError.otherRange(path: beginning.path)
    }
    graph.parameters = given.graph.parameters
    return graph
  }

  /// Learns from every batch of an epoch, counted from 1.
  ///
  /// - Returns: what the network answered before it learned, and the last batch's rate.
  private func learn(
    epoch: Int, from source: BatchSource, teachers: Teachers, session: TrainingSession, rateFactor: Double,
    report: (TrainingProgress) -> Void
  ) async throws -> (Tally, rate: Double) {
    let batches = source.batchesPerEpoch
    let order = source.order(epoch: epoch)
    var tally = Tally()
    var rate = 0.0
    // The next batch is made while this one is learnt from.
    var next = Task.detached { source.trainingBatch(0, epoch: epoch, order: order) }
    for position in 0..<batches {
      var batch = await next.value
      try Task.checkCancellation()
      if position + 1 < batches {
        next = Task.detached { source.trainingBatch(position + 1, epoch: epoch, order: order) }
      }
      let done = Double(epoch - 1) + Double(position) / Double(batches)
      rate =
        Double(recipe.optimizer.learningRate) * recipe.schedule.factor(at: done, of: recipe.epochs)
        * rateFactor
      try teachers.teach(&batch)
      try learn(batch, rate: rate, session: session, tally: &tally)
      guard tally.loss.isFinite else { throw TrainingError.diverged(epoch: epoch) }
      report(.batch(epoch: epoch, position: position + 1, of: batches, tally.accuracy, tally.loss))
    }
    return (tally, rate)
  }

  private func learn(_ batch: Batch, rate: Double, session: TrainingSession, tally: inout Tally) throws {
    try session.setInput(batch.images)
    try session.forward(training: true)
    let loss = try batch.loss(of: session)
    tally.add(loss: Double(loss), logits: try session.output(), labels: batch.labels)
    try session.backward()
    session.step(recipe.optimizer.optimizer(rate: rate))
    if recipe.averaging > 0 { session.updateAverage(decay: recipe.averaging) }
  }

  /// Keras's ModelCheckpoint: the weights with the best validation accuracy so far.
  private func keepBest(
    _ session: TrainingSession, record: EpochRecord, progress: inout Checkpoint.Progress
  ) throws {
    let averaged = record.averagedAccuracy ?? 0
    let isAveraged = averaged > record.validationAccuracy
    let accuracy = max(averaged, record.validationAccuracy)
    guard accuracy > progress.best?.accuracy ?? -1 else { return }
    progress.best = Checkpoint.Best(epoch: record.epoch, accuracy: accuracy, isAveraged: isAveraged)
    if isAveraged { session.exchangeAverage() }
    defer { if isAveraged { session.exchangeAverage() } }
    try Checkpoint(progress: progress, state: session.state())
      .write(to: directory.appending(path: "best.checkpoint"))
  }

  private func observe(_ record: EpochRecord, progress: inout Checkpoint.Progress) {
    if let plateau = recipe.callbacks.reduceOnPlateau {
      let base = Double(recipe.optimizer.learningRate)
      let lowered = plateau.observe(
        record.value(of: plateau.monitor), rate: base * progress.rateFactor, state: &progress.plateau)
      progress.rateFactor = lowered / base
    }
    let stops =
      recipe.callbacks.earlyStopping.map {
        $0.observe(record.value(of: $0.monitor), state: &progress.earlyStopping)
      } ?? false
    progress.isFinished = stops || record.epoch >= recipe.epochs
  }
}

// MARK: The run's folder

extension TrainingRun {
  /// Whether the folder can be begun in, or gone on in; to be asked before the data are read, which takes a while.
  ///
  /// - Throws: `TrainingError` where it cannot.
  public func checkFolder(resumes: Bool) throws {
    let isThere = { FileManager.default.fileExists(atPath: $0) }
    if let best = beginning?.appending(path: "best.checkpoint"), beginningModel == nil, !isThere(best.path) {
      throw TrainingError.nothingToBeginWith(path: best.path)
    }
    if isUnstarted { return }
    guard resumes else { return try TrainingFolder.requireEmpty(directory) }
    guard isThere(last.path) else { throw TrainingError.noCheckpoint(path: last.path) }
  }

  /// The network's file where the run begins with a bundle.
  private var beginningModel: URL? {
    guard let model = beginning?.appending(path: ModelBundle.modelFile),
      FileManager.default.fileExists(atPath: model.path)
    else { return nil }
    return model
  }

  private var last: URL { directory.appending(path: "last.checkpoint") }

  private func start(_ session: TrainingSession, in folder: TrainingFolder, resumes: Bool) throws
    -> Checkpoint.Progress
  {
    // Once more, now that no other training can begin here.
    try checkFolder(resumes: resumes)
    if resumes, !isUnstarted {
      let checkpoint = try Checkpoint.read(from: last)
      guard checkpoint.progress.recipe == recipe.text else {
        throw TrainingError.otherRecipe(path: last.path)
      }
      if let before = checkpoint.progress.data, !before.isEmpty, !data.isEmpty, before != data {
        throw TrainingError.otherData(path: last.path)
      }
      guard checkpoint.progress.teachers ?? [] == teacherSources else {
        throw TrainingError.otherTeachers(path: last.path)
      }
      if beginning != nil, let before = checkpoint.progress.beginning, before != (try beginningSource()) {
        throw TrainingError.otherBeginning(path: last.path)
      }
      try session.restore(checkpoint.state)
      return checkpoint.progress
    }
    if let beginning, beginningModel == nil {
      let best = beginning.appending(path: "best.checkpoint")
      let state = try Checkpoint.read(from: best).state
      do { try session.begin(with: state) } catch { throw TrainingError.otherNetwork(path: best.path) }
    }
    try folder.write(Data(recipe.text.utf8), to: "recipe.yaml")
    return Checkpoint.Progress(
      recipe: recipe.text, data: data, teachers: teacherSources, beginning: try beginningSource(),
      name: recipe.name)
  }

  /// Name and digest of what the run begins with.
  private func beginningSource() throws -> [BundleManifest.Source] {
    guard let beginning else { return [] }
    if beginningModel != nil {
      let manifest = try ModelBundle(contentsOf: beginning).manifest
      return [BundleManifest.Source(file: "weights of \(manifest.name)", digest: manifest.digest)]
    }
    return try BundleExport.sources([beginning.appending(path: "best.checkpoint").path]).map {
      BundleManifest.Source(file: "weights of \(beginning.lastPathComponent)", digest: $0.digest)
    }
  }

  private var teacherSources: [BundleManifest.Source] {
    teachers.map { BundleManifest.Source(file: "teacher \($0.manifest.name)", digest: $0.manifest.digest) }
  }

  /// Whether the folder is of this run, killed before its first checkpoint: nothing in it can be gone on from. The
  /// folder of a later epoch whose checkpoint somebody took away is not: what is left there is worth keeping.
  private var isUnstarted: Bool {
    let recipe = try? String(contentsOf: directory.appending(path: "recipe.yaml"), encoding: .utf8)
    let content = TrainingFolder.content(of: directory)
    let early: Set = ["recipe.yaml", "best.checkpoint", "history.csv", "curves.svg", "training.html"]
    let history = try? String(contentsOf: directory.appending(path: "history.csv"), encoding: .utf8)
    let epochs = (history?.split(separator: "\n").count ?? 1) - 1
    return recipe == self.recipe.text && early.isSuperset(of: content) && epochs <= 1
  }

  private func write(
    _ progress: Checkpoint.Progress, session: TrainingSession, to folder: TrainingFolder
  ) throws {
    try folder.write(Data(HistoryFile.text(progress.records).utf8), to: "history.csv")
    let curves = LearningCurves(records: progress.records, title: recipe.name)
    try folder.write(Data(curves.svg.utf8), to: "curves.svg")
    try folder.write(Data(curves.page.utf8), to: "training.html")
    try Checkpoint(progress: progress, state: session.state()).write(to: last)
  }
}

extension OptimizerSection {
  /// The optimizer at a rate that the schedule gave.
  public func optimizer(rate: Double) -> Optimizer {
    let rule: Optimizer.Rule =
      switch kind {
      case .sgd: .sgd(momentum: momentum, nesterov: nesterov)
      case .adam: .adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
      }
    return Optimizer(rule: rule, learningRate: Float(rate), weightDecay: weightDecay)
  }
}
