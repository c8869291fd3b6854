import Expressions
import Foundation
import Networks

/// Everything that a killed training needs to go on to the same weights.
///
/// Batches need nothing here, since each is a function of seed, epoch and position.
struct Checkpoint {
  struct Progress: Codable, Hashable {
    /// The recipe's text, so that a run is never resumed with another one.
    var recipe: String
    /// Digests of the files that were learned from.
    var data: [String]?
    /// Names and digests of the networks that were learned from.
    var teachers: [BundleManifest.Source]?
    /// The network whose weights were begun with; empty where they were drawn.
    var beginning: [BundleManifest.Source]?
    /// The recipe's own, or its file's.
    var name: String?
    var records: [EpochRecord] = []
    var earlyStopping = EarlyStopping.State()
    var plateau = ReduceOnPlateau.State()
    /// What the plateau has made of the schedule's rate.
    var rateFactor = 1.0
    /// The best accuracy on the validation split so far, and its epoch.
    var best: Best?
    var isFinished = false
  }

  struct Best: Codable, Hashable {
    var epoch: Int
    var accuracy: Double
    /// Whether the averaged weights reached it.
    var isAveraged: Bool
  }

  var progress: Progress
  var state: TrainingState

  /// Written beside its place first, so that a kill leaves the old file or the new one.
  func write(to url: URL) throws {
    var state = state
    state.attachment = try JSONEncoder().encode(progress)
    do { try state.write(to: url) } catch { throw TrainingError.unwritable(path: url.path) }
  }

  /// - Throws: `NetworksError.invalidFile` where the file is absent, cut off or damaged.
  static func read(from url: URL) throws -> Checkpoint {
    let state = try TrainingState(contentsOf: url)
    guard let progress = try? JSONDecoder().decode(Progress.self, from: state.attachment) else {
      throw TrainingError.noCheckpoint(path: url.path)
    }
    return Checkpoint(progress: progress, state: state)
  }
}
