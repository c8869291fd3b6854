/// What a training tells while it runs.
public enum TrainingProgress: Sendable {
  /// A stopped training goes on after so many epochs.
  case resumed(epochs: Int)
  /// After a batch: running accuracy and loss of the epoch.
  case batch(epoch: Int, position: Int, of: Int, _ accuracy: Double, _ loss: Double)
  case epoch(EpochRecord, of: Int, best: Double)
}
