import ArgumentParser
import Expressions
import Foundation
import Pipeline
import Training

/// `afterclass evaluate`.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a network: of expressions (the default), the face detector, or landmarks.",
    subcommands: [EvaluateExpressions.self, EvaluateDetector.self, EvaluateLandmarks.self],
    defaultSubcommand: EvaluateExpressions.self)
}

/// `afterclass evaluate expressions`.
struct EvaluateExpressions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expressions",
    abstract: "Measure a model bundle on labelled faces.",
    discussion: """
      Prints accuracy with its 95 % interval, top-2, precision, recall and F1 of each expression, calibration and \
      cost; with --output also a page, the confusion matrix as a table, all mistakes as a table, and the most confident as a picture. \
      Keep that picture to yourself: it shows faces of the data.
      """)

  @Argument(help: "The bundle's folder.")
  var bundle: String

  @Option(
    help: ArgumentHelp("fer2013.csv, plain or compressed, or a folder of class/picture.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("FER+'s votes, row by row as the data.", valueName: "file"))
  var votes: String?

  @Option(
    help: "Training, PublicTest (the default) or PrivateTest; of a folder, all pictures are measured.",
    transform: { name in
      guard let split = Split(rawValue: name) else { throw ValidationError("unknown split \(name)") }
      return split
    })
  var split = Split.publicTest

  @Flag(
    name: .customLong("tta"),
    help: "Average the logits of each face and of its mirror image; for networks that read pictures.")
  var mirrors = false

  @Option(help: ArgumentHelp("A folder for the page, the tables and the grid of mistakes.", valueName: "dir"))
  var output: String?

  @Option(help: ArgumentHelp("Threads of the network's arithmetic.", valueName: "n"))
  var threads = 1

  func run() throws {
    let folder = output.map { URL(fileURLWithPath: $0) }
    if let folder {
      // Before the work, which would be lost.
      do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
        throw TrainingError.unwritable(path: folder.path)
      }
    }
    let faces = try FaceSet.read(path: data, votesPath: votes, splits: [split], report: Terminal.complain)[0]
    guard faces.count > 0 else { throw DataSetError.empty(path: data, wanted: split.rawValue) }
    var evaluation = try evaluation(of: URL(fileURLWithPath: bundle), on: faces)
    evaluation.subject = Self.subject(data, split)
    print(evaluation.text.printable, terminator: "")
    guard let folder else { return }
    try evaluation.write(to: folder)
    try evaluation.writeMistakes(of: faces, to: folder)
    print("page: \(folder.appending(path: "evaluation.html").path)")
  }

  /// What an evaluation is of, by the file's name alone.
  static func subject(_ data: String, _ split: Split) -> String {
    let name = URL(fileURLWithPath: data).lastPathComponent
    return FaceFolder.isFolder(data) ? name : "\(name), \(split.rawValue)"
  }

  private func evaluation(of folder: URL, on faces: FaceSet) throws -> Evaluation {
    guard GeometricBundle.isAt(folder) else {
      return try Evaluation(
        of: ModelBundle(contentsOf: folder), on: faces, mirrors: mirrors, threads: threads)
    }
    if mirrors {
      throw ValidationError("--tta mirrors pictures, and \(bundle) reads landmarks; leave it out")
    }
    return try Evaluation(
      of: GeometricBundle(contentsOf: folder), on: faces, landmarks: Installation().landmarkNetwork())
  }
}
