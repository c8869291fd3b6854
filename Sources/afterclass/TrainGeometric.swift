import ArgumentParser
import Expressions
import Foundation
import Networks
import Pipeline
import Training

/// `afterclass train geometric`.
struct TrainGeometric: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "geometric",
    abstract: "Train the small network that reads expressions from landmarks alone.",
    discussion: """
      One hidden layer over nine landmark features, taught face by face. It takes half a minute, needs no picture \
      once the landmarks are found, and is far weaker than the expression network. Name its folder in a \
      pipeline file's classify.bundle to use it.
      """)

  @Option(help: ArgumentHelp("fer2013.csv, plain or compressed (bz2, gz, xz).", valueName: "file"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "FER+'s votes, row by row as the data: training rows without a face are left out; majorities are measured against.",
      valueName: "file")
  )
  var votes: String?

  @Option(help: ArgumentHelp("A new folder for the bundle.", valueName: "dir"))
  var output: String

  func run() throws {
    guard !FileManager.default.fileExists(atPath: output) else { throw TrainingError.taken(path: output) }
    let terminal = TrainingTerminal()
    let sets = try FaceSet.read(
      path: data, votesPath: votes, splits: [.training, .publicTest], skipsNonFaces: true,
      report: terminal.line)
    let landmarks = try Installation().landmarkNetwork()
    let command = EvaluateCommandLine(bundle: output, data: data, votes: votes).text
    let result = try GeometricTraining(landmarks: landmarks).run(
      training: sets[0], validation: sets[1],
      provenance: BundleManifest.Provenance(
        date: Date().formatted(.iso8601.year().month().day()), recipe: "afterclass train geometric",
        data: BundleExport.sources([data] + (votes.map { [$0] } ?? []))),
      command: command, report: terminal.line)
    try result.bundle.write(card: result.card, to: URL(fileURLWithPath: output))
    print(result.evaluation.text, terminator: "")
  }
}

extension Installation {
  /// The landmark network that ships.
  func landmarkNetwork() throws -> Graph {
    try ONNXReader.read(contentsOf: model("landmarks").appendingPathComponent(ModelBundle.modelFile))
  }
}
