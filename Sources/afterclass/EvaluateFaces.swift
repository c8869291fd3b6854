import ArgumentParser
import Expressions
import Faces
import Foundation
import Networks
import Pipeline
import Training

/// `afterclass evaluate detector`.
struct EvaluateDetector: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detector", abstract: "Measure a face detector on photographs whose faces are boxed.")

  @Option(help: ArgumentHelp("own, cascade, or an ONNX file such as YuNet's.", valueName: "name|file"))
  var detector = "own"

  @Option(help: ArgumentHelp("A folder with images/ and boxes.csv.", valueName: "dir"))
  var boxes: String

  @Option(
    help: ArgumentHelp("Larger photographs are searched at this long side in pixels.", valueName: "pixels"))
  var longSide = 640

  @Flag(help: "Take every photograph, not only the held-out ones: for data that was never trained on.")
  var all = false

  func run() throws {
    let measured = try DetectorMeasurement(
      of: ChosenDetector(name: detector, longSide: longSide, threshold: 0.02).make(),
      on: URL(fileURLWithPath: boxes), all: all)
    print(measured.text.printable)
  }
}

/// `afterclass evaluate landmarks`.
struct EvaluateLandmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "landmarks", abstract: "Measure a landmark network on face pictures with marked points.")

  @Option(
    help: ArgumentHelp("The network's ONNX file; the shipped one where it is not given.", valueName: "file"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Finds the faces: own, cascade, or an ONNX file such as YuNet's.", valueName: "name|file"))
  var detector = "own"

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Folders with images/ and landmarks.csv.", valueName: "dir"))
  var landmarks: [String]

  @Flag(help: "Take every face, not only the held-out ones: for data that was never trained on.")
  var all = false

  func run() throws {
    let file =
      model.map { URL(fileURLWithPath: $0) }
      ?? Installation().model("landmarks").appendingPathComponent(ModelBundle.modelFile)
    let measured = try LandmarkMeasurement(
      of: LandmarkNetwork(ONNXReader.read(contentsOf: file)),
      detector: ChosenDetector(name: detector, longSide: 640, threshold: 0.3).make(),
      on: landmarks.map { URL(fileURLWithPath: $0) }, all: all)
    print(measured.text.printable)
  }
}

/// A detector by the name that a user gives it.
private struct ChosenDetector {
  let name: String
  let longSide: Int
  let threshold: Float

  func make() throws -> any FaceDetector {
    if name == "cascade" { return try CascadeDetector(longSide: longSide) }
    let file =
      name == "own"
      ? Installation().model("detector").appendingPathComponent(ModelBundle.modelFile)
      : URL(fileURLWithPath: name)
    return try NetworkDetector(onnx: file, threshold: threshold, longSide: longSide)
  }
}
