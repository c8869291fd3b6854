import ArgumentParser
import Benchmarking
import Foundation
import Media
import Networks
import Pipeline
import Vocabulary

/// One stage of the pipeline by itself, for the benchmarks.
struct StageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage", abstract: "Run one stage alone, to be timed.", shouldDisplay: false,
    subcommands: [Decode.self, Faces.self, NetworkStage.self, TrainingSteps.self, Observations.self])

  /// As `Command.measure` reads it from programs that time themselves.
  static func tell(_ usage: ProcessUsage) throws {
    print(String(decoding: try JSONEncoder().encode(usage), as: UTF8.self))
  }

  /// Decoding and sampling alone: every sampled frame is converted as the pipeline gets it.
  struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Decode one frame a second.")

    @Argument(help: "A video file.") var recording: String

    func run() throws {
      let recording = try Recording(opening: URL(fileURLWithPath: recording))
      let grid = SamplingGrid.every(Timestamp(1))
      let frames = try recording.frames(on: grid, in: recording.indices(of: grid))
      var count = 0
      while try frames.next() != nil { count += 1 }
      print("\(count) frames")
    }
  }

  /// Summarising and writing alone need a class that is long and large enough.
  struct Observations: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a long and large class of a measured one, for `report`.")

    @Argument(help: "A report's folder.") var report: String
    @Option(help: "Where the other goes.") var output: String
    @Option(help: "How many people.") var people = 50
    @Option(help: "How many samples.") var count: Int64 = 7200

    func run() throws {
      try RepeatedObservations.write(
        from: URL(fileURLWithPath: report, isDirectory: true), people: people, count: count,
        to: URL(fileURLWithPath: output, isDirectory: true))
    }
  }

  /// Everything that is done to a decoded frame but reading expressions.
  struct Faces: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Measure the faces of decoded frames; prints what that used as JSON.")

    @Argument(help: "A video file.") var recording: String
    @Option(help: "How many frames.") var count = 100

    func run() throws {
      var definition = Definition()
      definition.classify.bundle = nil
      let stages = try Composition(definition).stageSet().make()
      let recording = try Recording(opening: URL(fileURLWithPath: recording))
      let grid = SamplingGrid.every(Timestamp(1))
      let reader = try recording.frames(on: grid, in: 0..<10)
      var frames: [Image] = []
      while let sampled = try reader.next() { frames.append(sampled.frame.image) }
      guard !frames.isEmpty else { throw ValidationError("there is no frame in it.") }
      for frame in frames { _ = try stages.faces(ofFrame: frame, definition.detect) }
      let usage = try ProcessUsage.measure {
        for index in 0..<count {
          _ = try stages.faces(ofFrame: frames[index % frames.count], definition.detect)
        }
      }
      try StageCommand.tell(usage)
    }
  }

  /// A network alone, timed without its loading.
  struct NetworkStage: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "network", abstract: "Run a network on one thread; prints what that used as JSON.")

    enum Precision: String, ExpressibleByArgument, CaseIterable {
      case float32, bfloat16, fastest

      var form: InferenceForm.Precision {
        switch self {
        case .float32: .float32
        case .bfloat16: .bfloat16
        case .fastest: .fastest
        }
      }
    }

    @Argument(help: "An ONNX file.") var model: String
    @Option(help: "Batch, channels, height, width, separated by x.") var shape: String
    @Option(help: "How many batches.") var count = 100
    @Option(help: "What is multiplied: float32, bfloat16, or fastest, as in analysis.") var precision =
      Precision.float32

    func run() throws {
      let sizes = shape.split(separator: "x").compactMap { Int($0) }
      guard let size = Tensor.count(of: sizes), size > 0,
        let input = Tensor(shape: sizes, values: (0..<size).map { Float($0 % 251) / 251 })
      else { throw ValidationError("--shape takes numbers such as 8x1x48x48.") }
      let network = try Network(
        ONNXReader.read(contentsOf: URL(fileURLWithPath: model)),
        InferenceForm(precision.form))
      _ = try network.run(input)
      let usage = try ProcessUsage.measure {
        for _ in 0..<count { _ = try network.run(input) }
      }
      try StageCommand.tell(usage)
    }
  }
}
