import ArgumentParser
import Foundation
import Training

/// `afterclass train detector`.
struct TrainDetector: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detector",
    abstract: "Train the face detector on photographs whose faces are boxed.",
    discussion: """
      Every seventh photograph is held out for `afterclass evaluate detector`, every tenth single face for \
      `afterclass evaluate landmarks`. Every epoch ends with a checkpoint, so a run that was stopped goes on with \
      --resume, to the same weights.
      """)

  @Option(help: ArgumentHelp("A folder with images/ and boxes.csv (file,x,y,w,h).", valueName: "dir"))
  var boxes: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Folders with images/ and landmarks.csv: single faces for made gallery views.", valueName: "dir"))
  var landmarks: [String] = []

  @Option(help: ArgumentHelp("YuNet's ONNX file: a teacher to imitate besides the boxes.", valueName: "file"))
  var teacher: String?

  @Option(
    help: ArgumentHelp("A new folder for the weights, the history and the checkpoint.", valueName: "dir"))
  var output: String

  @Option(help: ArgumentHelp("Times that 2,400 made scenes are learned from.", valueName: "n"))
  var epochs = 60

  @Option(help: ArgumentHelp("Begin with the weights of this detector's ONNX file.", valueName: "file"))
  var beginWith: String?

  @Flag(help: "Go on from the output folder's checkpoint.")
  var resume = false

  func run() async throws {
    var run = DetectorRun(
      boxes: URL(fileURLWithPath: boxes), landmarks: landmarks.map { URL(fileURLWithPath: $0) },
      teacher: teacher.map { URL(fileURLWithPath: $0) }, output: URL(fileURLWithPath: output),
      epochs: epochs)
    run.beginning = beginWith.map { URL(fileURLWithPath: $0) }
    let terminal = TrainingTerminal()
    try await terminal.watch { [run, resume] in try run.run(resumes: resume, report: terminal.line) }
  }
}

/// `afterclass train landmarks`.
struct TrainLandmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landmarks",
    abstract: "Train the landmark network on face pictures with marked points.",
    discussion: "Every tenth face is held out for `afterclass evaluate landmarks`.")

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Folders with images/ and landmarks.csv of 68 or five points; at least one of 68.", valueName: "dir"))
  var landmarks: [String]

  @Option(
    help: ArgumentHelp("A new folder for the weights, the history and the checkpoint.", valueName: "dir"))
  var output: String

  @Option(help: ArgumentHelp("Times that 8,192 chips are learned from.", valueName: "n"))
  var epochs = 90

  @Flag(help: "Go on from the output folder's checkpoint.")
  var resume = false

  func run() async throws {
    let run = LandmarkRun(
      landmarks: landmarks.map { URL(fileURLWithPath: $0) }, output: URL(fileURLWithPath: output),
      epochs: epochs)
    let terminal = TrainingTerminal()
    try await terminal.watch { [run, resume] in try run.run(resumes: resume, report: terminal.line) }
  }
}
