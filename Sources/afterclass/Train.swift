import ArgumentParser
import Foundation
import Training

/// `afterclass train`.
struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train an expression network on FER2013 by a recipe.",
    discussion: """
      Every epoch ends with a checkpoint, so a run that was stopped goes on with --resume, to the same \
      weights. Training takes hours: see the speed and the time left in the first epoch.
      """)

  @Option(help: "A recipe: a YAML file, or the name of one in Pipelines/Recipes.")
  var recipe = "afterclass"

  @Option(help: "fer2013.csv, plain or compressed (bz2, gz, xz).")
  var data: String

  @Option(help: "FER+'s votes, row by row as the data; a recipe with a label_share below 1 uses them.")
  var votes: String?

  @Option(help: "A new folder for the checkpoints, the history and the curves.")
  var output: String

  @Flag(help: "Go on from the output folder's last checkpoint.")
  var resume = false

  @Option(help: "Threads of the network's arithmetic.")
  var threads = 1

  func run() async throws {
    let path = recipe.hasSuffix(".yaml") ? recipe : "Pipelines/Recipes/\(recipe).yaml"
    let recipe = try Recipe(path: path)
    if recipe.targets.labelShare < 1, votes == nil {
      throw ValidationError("the recipe \(recipe.name) mixes in FER+'s votes: name their file with --votes")
    }
    let sets = try FaceSet.read(
      path: data, votesPath: votes, splits: [.training, .publicTest],
      skipsNonFaces: recipe.targets.skipsNonFaces)
    let terminal = TrainingTerminal()
    terminal.line(
      "\(recipe.name): \(sets[0].count) faces to learn from, \(sets[1].count) to validate on (PublicTest)")
    let records = try await TrainingRun(
      recipe: recipe, directory: URL(fileURLWithPath: output), threads: threads
    ).run(training: sets[0], validation: sets[1], resumes: resume, report: terminal.show)
    terminal.line("\(records.count) epochs; the best weights are in \(output)/best.checkpoint")
  }
}
