import ArgumentParser
import Expressions
import Foundation
import Pipeline
import Training

/// `afterclass train`.
struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Train a network: of expressions (the default), the face detector, landmarks, or expressions from landmarks.",
    subcommands: [TrainExpressions.self, TrainDetector.self, TrainLandmarks.self, TrainGeometric.self],
    defaultSubcommand: TrainExpressions.self)
}

/// `afterclass train expressions`.
struct TrainExpressions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expressions",
    abstract: "Train an expression network on FER2013 by a recipe.",
    discussion: """
      Every epoch ends with a checkpoint, so a run that was stopped goes on with --resume, to the same \
      weights; one that was stopped in its first epoch starts afresh. Training takes hours: see the speed and \
      the time left in the first epoch.
      """)

  @Option(
    help: ArgumentHelp("A recipe: a YAML file, or the name of one in Pipelines/Recipes.", valueName: "file"))
  var recipe = "afterclass"

  @Option(help: ArgumentHelp("fer2013.csv, plain or compressed (bz2, gz, xz).", valueName: "file"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "FER+'s votes, row by row as the data; needed by a recipe with label_share, votes_output or skip_non_faces.",
      valueName: "file"))
  var votes: String?

  @Option(
    help: ArgumentHelp(
      "A new folder for checkpoints, history, curves and, at the end, the bundle.", valueName: "dir"))
  var output: String

  @Flag(help: "Go on from the output folder's last checkpoint.")
  var resume = false

  @Option(
    help: ArgumentHelp(
      "Begin with the weights of this bundle, or the best of this training's folder; it must be of the same network.",
      valueName: "dir"))
  var beginWith: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Bundles to learn from besides the labels, as far as the recipe's teacher_share says; of several, the mean.",
      valueName: "dir")
  )
  var teacher: [String] = []

  @Option(
    help: ArgumentHelp(
      "Threads of the network's arithmetic: as many as there are idle cores. Beside other work one is faster.",
      valueName: "n")
  )
  var threads = 1

  func validate() throws {
    if !(1...256).contains(threads) { throw ValidationError("--threads must be 1 to 256, not \(threads)") }
  }

  func run() async throws {
    let recipe = try Recipe(path: try Installation().recipe(recipe).path)
    let name = URL(fileURLWithPath: self.recipe).deletingPathExtension().lastPathComponent
    if recipe.needsVotes, votes == nil {
      throw ValidationError("the recipe \(name) learns from FER+'s votes: name their file with --votes")
    }
    let takesTeachers = recipe.targets.teacherShare > 0
    if takesTeachers, teacher.isEmpty {
      throw ValidationError(
        "the recipe \(name) learns from other networks: name their bundles with --teacher")
    }
    if !takesTeachers, !teacher.isEmpty {
      throw ValidationError(
        "the recipe \(name) learns from no other network: give its targets a teacher_share")
    }
    let folder = URL(fileURLWithPath: output)
    var training = TrainingRun(
      recipe: recipe, directory: folder, threads: threads,
      beginning: beginWith.map { URL(fileURLWithPath: $0) },
      teachers: try teacher.map { try ModelBundle(contentsOf: URL(fileURLWithPath: $0)) })
    try training.checkFolder(resumes: resume)
    if FaceFolder.isFolder(data) {
      throw ValidationError(
        "\(data): is a folder; training takes fer2013.csv, whose Usage column says what is learned from")
    }
    training.data = try BundleExport.sources([data] + (votes.map { [$0] } ?? [])).map(\.digest)
    let terminal = TrainingTerminal()
    let sets = try FaceSet.read(
      path: data, votesPath: votes, splits: [.training, .publicTest],
      skipsNonFaces: recipe.targets.skipsNonFaces, report: terminal.line)
    let precision = recipe.precision.onThisProcessor
    terminal.line(
      "\(recipe.name): \(sets[0].count) faces to learn from, \(sets[1].count) to validate on (PublicTest), in \(precision)"
    )
    let records = try await terminal.watch { [training, resume] in
      try await training.run(
        training: sets[0], validation: sets[1], resumes: resume, report: terminal.show)
    }
    let bundle = folder.appending(path: "bundle")
    let command = EvaluateCommandLine(bundle: bundle.path, data: data, votes: votes).text
    try BundleExport(run: folder, dataPath: data, votesPath: votes).write(
      to: bundle, validation: sets[1], command: command)
    terminal.line("\(records.count) epochs; the bundle of the best weights is \(bundle.path)")
    var evaluation = try Evaluation(of: ModelBundle(contentsOf: bundle), on: sets[1])
    evaluation.subject = EvaluateExpressions.subject(data, .publicTest)
    print(evaluation.text.printable, terminator: "")
  }
}
