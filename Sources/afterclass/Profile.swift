import Foundation
import Pipeline

/// Where the time went, from a run's record.
enum Profile {
  /// - Parameter sampling: which part of the recording was measured.
  static func table(_ record: RunRecord, of sampling: Definition.Sampling) -> String {
    let total = record.stages.values.reduce(0) { $0 + $1.seconds }
    var lines = ["stage        CPU s   share    count   ms each"]
    for stage in Account.Stage.allCases {
      guard let effort = record.stages[stage], effort.count > 0 else { continue }
      let share = total > 0 ? effort.seconds / total * 100 : 0
      let each = effort.seconds / Double(effort.count) * 1000
      let name = stage.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
      lines.append(
        name + String(format: "%8.2f %6.1f%% %8d %9.3f", effort.seconds, share, effort.count, each))
    }
    let end = min(record.recording.seconds, sampling.to?.time.seconds ?? .infinity)
    let speed = total > 0 ? (end - sampling.from.time.seconds) / total : 0
    lines.append(String(format: "all       %8.2f   (%.1f × real time a core)", total, speed))
    return lines.joined(separator: "\n")
  }
}
