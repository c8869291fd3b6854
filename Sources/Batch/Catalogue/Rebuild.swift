public import Foundation
import Reporting
import Vocabulary

/// `origin.json`, beside each report: what the catalogue knows of it, so that the catalogue can be lost.
struct Origin: Codable, Equatable {
  static let fileName = ReportFile.origin

  var digest: String
  var path: String
  var title: String
  var started: String?
  var work: String
  var seconds: Double
  var companions: [String]?

  init(_ report: ReportEntry) {
    digest = report.digest
    path = report.path
    title = report.title
    started = report.started
    work = report.work
    seconds = report.seconds
    companions = report.companions
  }

  var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }

  /// The entry of a folder whose `run.json` says that the report is finished; `nil` for any other folder.
  static func entry(of folder: URL) -> ReportEntry? {
    let record = folder.appendingPathComponent(ReportFile.run)
    guard
      let origin = try? JSONDecoder().decode(
        Origin.self, from: Data(contentsOf: folder.appendingPathComponent(fileName))),
      ReportFile.isFinished(folder),
      let finished = try? FileManager.default.attributesOfItem(atPath: record.path)[.modificationDate]
        as? Date
    else { return nil }
    return ReportEntry(
      digest: origin.digest, folder: folder.lastPathComponent, path: origin.path, title: origin.title,
      started: origin.started, work: origin.work, finished: Int64(finished.timeIntervalSince1970),
      seconds: origin.seconds, companions: origin.companions)
  }
}

extension Catalogue {
  /// Makes the catalogue anew from the report folders and `purge.log` alone. What failed before is tried again.
  ///
  /// - Returns: how many reports were found.
  public static func rebuild(output: URL) throws -> Int {
    for ending in ["", "-wal", "-shm", "-journal"] {
      unlink(output.appendingPathComponent(fileName).path + ending)
    }
    let catalogue = try Catalogue(output: output)
    let names = try FileManager.default.contentsOfDirectory(atPath: output.path).sorted()
    let entries = names.compactMap { Origin.entry(of: output.appendingPathComponent($0, isDirectory: true)) }
    for digest in Retention.purged(in: output) {
      try catalogue.purge(report: digest, at: Int64(Date().timeIntervalSince1970))
    }
    for entry in entries { try catalogue.record(entry) }
    return entries.count
  }
}
