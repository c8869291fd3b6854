/// Why a training cannot start or go on, in one line: file, place, remedy.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  case exists(path: String)
  /// Another training writes there.
  case inUse(path: String)
  case noCheckpoint(path: String)
  case otherRecipe(path: String)
  case otherData(path: String)
  case otherTeachers(path: String)
  case otherBeginning(path: String)
  /// Of a training that has no recipe.
  case otherSettings(path: String)
  case nothingToBeginWith(path: String)
  /// What is no training is there.
  case taken(path: String)
  case otherNetwork(path: String)
  case otherRange(path: String)
  case unwritable(path: String)
  /// Only trainings of expressions have a recipe.
  case diverged(epoch: Int, hasRecipe: Bool = true)
  case tooFewFaces(found: Int, batchSize: Int)
  case nothingToValidate

  public var description: String {
    switch self {
    case .exists(let path):
      "\(path): exists already; resume it with --resume, or name another folder"
    case .inUse(let path):
      "\(path): another training is writing here; wait for it, or name another folder"
    case .noCheckpoint(let path):
      "\(path): no checkpoint that can be read; start again without --resume"
    case .otherRecipe(let path):
      "\(path): was made with another recipe; resume with that one"
    case .otherData(let path):
      "\(path): was made with other data; resume with those"
    case .otherTeachers(let path):
      "\(path): was made with other teachers; resume with those"
    case .otherBeginning(let path):
      "\(path): began with other weights; resume with those, or without --begin-with"
    case .otherSettings(let path):
      "\(path): was made with other options; resume with those"
    case .nothingToBeginWith(let path):
      "\(path): is not there; name the folder of a training, or a bundle, with --begin-with"
    case .taken(let path):
      "\(path): exists already; name another folder"
    case .otherNetwork(let path):
      "\(path): is another network than this training's; begin with one of the same form"
    case .otherRange(let path):
      "\(path): is fed other numbers for black and white than the recipe's normalization gives; give the recipe its own"
    case .unwritable(let path):
      "\(path): cannot be written; check the folder's permissions and space"
    case .diverged(let epoch, let hasRecipe):
      "the loss is not a number in epoch \(epoch); "
        + (hasRecipe
          ? "lower the recipe's learning_rate"
          : "look for wrong marks in the data, or go on from the last epoch with --resume")
    case .tooFewFaces(let found, let batchSize):
      "\(found) training faces do not fill one batch of \(batchSize); lower the recipe's batch_size"
    case .nothingToValidate:
      "no face to validate on; the data need rows of PublicTest, which choose the best epoch"
    }
  }
}
