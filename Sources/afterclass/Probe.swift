import ArgumentParser
import Foundation
import Media
import Pipeline

struct Probe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell what is in a recording, whether it can be analysed and how long that will take.")

  @Argument(help: "Video files.", completion: .file())
  var recordings: [String]

  @OptionGroup var pipeline: PipelineOptions

  @Flag(help: "As JSON, a line with an object for each recording.")
  var json = false

  func run() async throws {
    let resolved = try pipeline.resolve()
    var failure: (any Error)?
    for path in recordings {
      do {
        let recording = try Recording(opening: URL(fileURLWithPath: path))
        if json {
          try await printJSON(recording, path, resolved.definition)
        } else {
          try await describe(recording, resolved.definition)
        }
      } catch {
        failure = error
        Terminal.complain(String(describing: error))
      }
    }
    if let failure { throw ExitCode(Outcome(failure).rawValue) }
  }

  private struct Answer: Encodable {
    var path: String
    var information: RecordingInformation
    /// How many samples the pipeline asks for.
    var samples: Int
    /// With all of this machine's cores; `nil` where no frame can be read in the range asked for.
    var estimatedSeconds: Double?
  }

  private func printJSON(_ recording: Recording, _ path: String, _ definition: Definition) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let trial = try measuring(recording, definition)
    let seconds = try await trial.estimate().map { $0 / Double(Self.jobs) }
    let answer = Answer(
      path: path, information: recording.information, samples: trial.samples.count, estimatedSeconds: seconds)
    print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  }

  private static var jobs: Int { ProcessInfo.processInfo.activeProcessorCount }

  private func measuring(_ recording: Recording, _ definition: Definition) throws -> Measuring {
    let stages = try Composition(definition).stageSet()
    return Measuring(
      recording: recording, definition: definition, jobs: 1, tally: Tally(), stages: stages.make)
  }

  private func describe(_ recording: Recording, _ definition: Definition) async throws {
    let information = recording.information
    let size = "\(information.displayedWidth)×\(information.displayedHeight)"
    let turned = information.rotation == 0 ? "" : ", turned by \(information.rotation)°"
    let rate = String(format: "%.3g", information.averageFrameRate)
    var rows = [
      ("recording", recording.url.lastPathComponent),
      ("picture", "\(size)\(turned), \(information.codec) \(information.pixelFormat), \(rate) frames/s"),
      (
        "length",
        "\(information.duration.timecode), \(information.frameCount) frames, \(information.keyframeCount) keyframes"
      ),
      ("container", ([information.container] + information.otherStreams).joined(separator: ", ")),
    ]
    if information.readableDuration < information.duration {
      rows.append(("damage", "there are frames up to \(information.readableDuration.timecode) only"))
    }
    let trial = try measuring(recording, definition)
    if let seconds = try await trial.estimate() {
      rows.append(
        (
          "analysis",
          "about \(clock(seconds / Double(Self.jobs))) with \(Self.jobs) jobs, \(trial.samples.count) samples"
        ))
    } else {
      rows.append(("analysis", "not possible: no frame could be read in the range asked for"))
    }
    for (name, value) in rows {
      print(name.padding(toLength: 11, withPad: " ", startingAt: 0) + value.printable)
    }
  }
}
