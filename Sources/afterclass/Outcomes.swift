public import Expressions
public import Faces
public import Networks
public import Pipeline
public import Training

// How a run ends where one of these stops it: their rooms do not know the pipeline.

extension GraphError: OutcomeError {
  public var outcome: Outcome { .badModel }
}

extension BundleError: OutcomeError {
  public var outcome: Outcome { .badModel }
}

extension FaceError: OutcomeError {
  public var outcome: Outcome { .badModel }
}

extension NetworksError: OutcomeError {
  public var outcome: Outcome {
    switch self {
    // Such as memory that ran out.
    case .library: .failure
    case .unsupported, .invalidGraph, .wrongCount: .badModel
    // Checkpoints.
    case .invalidFile: .badOutput
    }
  }
}

extension RecipeError: OutcomeError {
  public var outcome: Outcome { .usage }
}

extension DataSetError: OutcomeError {
  public var outcome: Outcome { .badRecording }
}

extension LabelTableError: OutcomeError {
  public var outcome: Outcome { .badRecording }
}

extension TrainingError: OutcomeError {
  public var outcome: Outcome {
    switch self {
    case .inUse: .inUse
    case .exists, .taken, .noCheckpoint, .otherRecipe, .otherData, .otherTeachers, .otherBeginning,
      .otherSettings, .unwritable:
      .badOutput
    case .otherNetwork, .otherRange, .nothingToBeginWith: .badModel
    case .tooFewFaces, .nothingToValidate: .badRecording
    case .diverged: .failure
    }
  }
}
