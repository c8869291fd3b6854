import Foundation
import Observations

enum SliceCount {
  /// Finished slices in a store that another process may be writing.
  static func of(_ store: URL) throws -> Int {
    guard FileManager.default.fileExists(atPath: store.path) else { return 0 }
    return (try? ObservationStore(reading: store).slices().count) ?? 0
  }
}
