import Media
import Observations
import Reporting

/// How a run ended, as its exit code.
public enum Outcome: Int32, Sendable, CaseIterable {
  case success = 0
  /// The machine failed (memory, disk), or an error that is not told apart further.
  case failure = 1
  /// A recording cannot be analysed, or a data set not used: missing, damaged, without video.
  case badRecording = 2
  /// Stopped by a signal or by the clock; the same command goes on where it stopped, a training's with --resume.
  case stopped = 3
  /// Another run holds the output folder.
  case inUse = 4
  /// The pipeline's setting does not allow what was asked for.
  case refused = 5
  /// The output cannot be written or read, or belongs to another recording.
  case badOutput = 6
  /// A detector or network cannot be used.
  case badModel = 7
  /// Doctor found something that a night would fail of.
  case unfit = 8
  /// The command line, the pipeline file or a recipe is wrong.
  case usage = 64

  public var meaning: String {
    switch self {
    case .success: "all well"
    case .failure: "the machine failed (memory, disk), or an unexpected error"
    case .badRecording: "a recording or data set cannot be used (missing, damaged, without video or faces)"
    case .stopped: "stopped; the same command goes on where it stopped (a training's, with --resume)"
    case .inUse: "another run is writing to the output folder"
    case .refused: "refused by the pipeline's setting"
    case .badOutput: "the output cannot be written or read, or belongs to another recording"
    case .badModel: "a detector or network cannot be used"
    case .unfit: "doctor found something that a night would fail of"
    case .usage: "the command line, the pipeline file or a recipe is wrong"
    }
  }

  /// The outcome that an error stands for.
  public init(_ error: any Error) {
    self =
      switch error {
      case let error as any OutcomeError: error.outcome
      case let error as MediaError:
        switch error.code {
        case .unwritable: .badOutput
        case .surroundings: .failure
        default: .badRecording
        }
      case let error as OutputError: if case .inUse = error { .inUse } else { .badOutput }
      case is StoreError, is ReportError: .badOutput
      case is DefinitionError: .usage
      case is PolicyRefusal: .refused
      case is ModelError: .badModel
      case is CancellationError: .stopped
      default: .failure
      }
  }
}

/// An error that says itself how the run ends: for rooms that are built on this one.
public protocol OutcomeError: Error {
  var outcome: Outcome { get }
}
