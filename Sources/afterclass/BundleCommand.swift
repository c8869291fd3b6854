import ArgumentParser
import Expressions
import Foundation
import Training

/// `afterclass bundle`.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "Check, import, export or quantize a model bundle.",
    subcommands: [BundleCheck.self, Import.self, Export.self, Quantize.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a bundle of an ONNX file from Keras, PyTorch or elsewhere.")

    @Argument(help: "The ONNX file.")
    var file: String

    @Option(
      help: ArgumentHelp(
        "The outputs' labels in order, separated by commas; those beyond the seven expressions, such as contempt, are not used.",
        valueName: "names"))
    var labels = "angry,disgust,fear,happy,sad,surprise,neutral"

    @Option(help: ArgumentHelp("What black becomes before the network.", valueName: "value"))
    var black = 0.0

    @Option(help: ArgumentHelp("What white becomes before the network.", valueName: "value"))
    var white = 1.0

    @Option(help: ArgumentHelp("A new folder for the bundle.", valueName: "dir"))
    var output: String

    @Option(
      help: ArgumentHelp("Which of the network's outputs to read, where it has several.", valueName: "name"))
    var outputName: String?

    func run() throws {
      let folder = URL(fileURLWithPath: output)
      guard !FileManager.default.fileExists(atPath: folder.path) else {
        throw TrainingError.taken(path: output)
      }
      let importer = BundleImporter(
        labels: labels.split(separator: ",", omittingEmptySubsequences: false).map(String.init),
        range: [black, white], output: outputName)
      let bundle = try importer.bundle(
        from: URL(fileURLWithPath: file), named: folder.lastPathComponent, to: folder)
      let manifest = bundle.manifest
      let others = manifest.otherLabels
      print(
        ("\(output): \(manifest.name), labels \(manifest.labels.joined(separator: ", "))"
          + (others.isEmpty ? "" : "; not used: \(others.joined(separator: ", "))")).printable)
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a bundle of a training's best weights so far.")

    @Argument(help: "The training's folder.")
    var training: String

    @Option(
      help: ArgumentHelp(
        "The data that it was trained on, for the temperature and the model card.", valueName: "file"))
    var data: String

    @Option(help: ArgumentHelp("FER+'s votes, row by row as the data.", valueName: "file"))
    var votes: String?

    @Option(
      help: ArgumentHelp(
        "The bundle's folder; the files of one that is there are replaced.", valueName: "dir"))
    var output: String

    func run() throws {
      let validation = try FaceSet.read(
        path: data, votesPath: votes, splits: [.publicTest], report: Terminal.complain)[0]
      let bundle = try BundleExport(run: URL(fileURLWithPath: training), dataPath: data, votesPath: votes)
        .write(
          to: URL(fileURLWithPath: output), validation: validation,
          command: EvaluateCommandLine(bundle: output, data: data, votes: votes).text)
      print("\(output): \(bundle.manifest.name.printable)")
      for figure in bundle.manifest.accuracy ?? [] {
        print(String(format: "%.4f  %@", figure.value, figure.set))
      }
    }
  }
}

extension BundleCommand {
  struct Quantize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a bundle's convolutions multiply eight-bit integers, where the processor does.",
      discussion: """
        Runs the network on a sample of what it was trained on, and notes in model.onnx between which numbers its \
        values lie. An expression network is then measured anew on the rows of PublicTest, and manifest and card get \
        those figures.
        """)

    @Argument(help: "The folder of an expression, landmark or detector network.")
    var bundle: String

    @Option(
      parsing: .upToNextOption,
      help: ArgumentHelp(
        "fer2013.csv for expressions; folders of images/ and landmarks.csv, or images/ and boxes.csv.",
        valueName: "file"))
    var data: [String]

    @Option(
      help: ArgumentHelp("FER+'s votes, row by row as the data, to measure against.", valueName: "file"))
    var votes: String?

    @Option(help: ArgumentHelp("Faces or photographs at most, of each of them.", valueName: "n"))
    var limit = 1000

    func validate() throws {
      if limit < 1 { throw ValidationError("--limit must be 1 or more, not \(limit)") }
    }

    func run() throws {
      if GeometricBundle.isAt(URL(fileURLWithPath: bundle)) {
        throw ValidationError("\(bundle): reads landmarks; it has no convolution to quantize")
      }
      var quantization = Quantization(bundle: URL(fileURLWithPath: bundle))
      quantization.limit = limit
      quantization.report = Terminal.complain
      let ranges = try quantization.ranges(data: data)
      try quantization.write(ranges)
      for (name, range) in ranges.sorted(by: { $0.key < $1.key }) {
        print(String(format: "%@  %.4g to %.4g", name.printable, range.lowerBound, range.upperBound))
      }
      let command = EvaluateCommandLine(bundle: bundle, data: data[0], votes: votes).text
      if let evaluation = try quantization.measure(data: data[0], votes: votes, command: command) {
        print(evaluation.text.printable, terminator: "")
      }
    }
  }
}

/// What a reader types to measure a bundle again; files by name only, so that no path of this machine is kept.
struct EvaluateCommandLine {
  var bundle: String
  var data: String
  var votes: String?

  var text: String {
    let name = { (path: String) in URL(fileURLWithPath: path).lastPathComponent }
    let votes = votes.map { " --votes \(name($0))" } ?? ""
    let parts = URL(fileURLWithPath: bundle).standardizedFileURL.pathComponents
    let folder = parts.dropLast().suffix(2) == ["Pipelines", "Models"] ? "Pipelines/Models/" : ""
    return "afterclass evaluate \(folder)\(name(bundle)) --data \(name(data))\(votes)"
  }
}
