import Foundation
import Pipeline
import Reporting

/// A folder of measurements that never became a report: the analysis failed for good, or its recording was replaced.
public struct Leftover: Hashable, Sendable {
  /// Relative to the output folder.
  public var folder: String
  /// Seconds since 1970 of its newest file.
  public var written: Int64

  /// For people, told from a report.
  var name: String { "\(folder) (never finished)" }
}

extension Retention {
  /// - Parameter reports: the folders that the catalogue knows.
  func leftovers(besides reports: Set<String>) throws -> [Leftover] {
    // What a cluster has in hand is no leftover.
    guard try ClusterPlan(in: output) == nil else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: output.path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") && !reports.contains($0) }.compactMap(leftover)
  }

  /// A finished report without an `origin.json` is somebody's own `analyze`, and theirs to delete.
  private func leftover(_ name: String) -> Leftover? {
    let files = FileManager.default
    let folder = output.appendingPathComponent(name, isDirectory: true).path
    guard let kind = try? files.attributesOfItem(atPath: folder)[.type] as? FileAttributeType,
      kind == .typeDirectory, let names = try? files.contentsOfDirectory(atPath: folder),
      names.contains(ReportFile.observations) || names.contains(ReportFile.portions),
      !names.contains(ReportFile.run) || names.contains(Origin.fileName),
      !names.contains(where: CompanionNames.isRecording)
    else { return nil }
    let times = (names + ["."]).compactMap {
      try? files.attributesOfItem(atPath: "\(folder)/\($0)")[.modificationDate] as? Date
    }
    return times.max().map { Leftover(folder: name, written: Int64($0.timeIntervalSince1970)) }
  }

  /// Deletes one leftover. Its recording may be analysed again: nothing was told about it yet.
  func delete(_ leftover: Leftover, now: Date = Date()) throws {
    try audit(
      "\(now.ISO8601Format()) deleting \(Self.oneLine(leftover.folder)), never finished, last written "
        + "\(Self.day(leftover.written))\n")
    try remove(leftover.folder)
  }
}
