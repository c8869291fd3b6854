public import Foundation
import Pipeline

/// Deletes reports that are older than a school keeps them, and says so in a file of its own.
public struct Retention: Sendable {
  public var output: URL
  /// Seconds; `nil` keeps each report as long as the pipeline that made it says (`report.retain`).
  public var olderThan: Int64?
  let catalogue: Catalogue

  public static let auditName = "purge.log"

  public init(output: URL, olderThan: Int64? = nil, catalogue: Catalogue) {
    self.output = output
    self.olderThan = olderThan
    self.catalogue = catalogue
  }

  /// The reports that were finished before the limit; none where the clock stands before their time.
  public func due(now: Date = Date()) throws -> [ReportEntry] {
    let now = Int64(now.timeIntervalSince1970)
    return try catalogue.reports().filter { report in
      guard let age = olderThan ?? ownAge(of: report) else { return false }
      return report.finished < now - age
    }
  }

  private func ownAge(of report: ReportEntry) -> Int64? {
    let file = output.appendingPathComponent(report.folder).appendingPathComponent("pipeline.yaml")
    let retain = (try? ResolvedDefinition(file: file))?.definition.report.retain
    return retain.map { Int64($0.time.seconds) }
  }

  /// Deletes one report. The audit line is on the disk before anything is deleted.
  public func delete(_ report: ReportEntry, now: Date = Date()) throws {
    guard !report.folder.isEmpty, !report.folder.contains("/"), !report.folder.hasPrefix(".") else { return }
    try audit(
      "\(now.ISO8601Format()) deleting \(Self.oneLine(report.folder)), finished \(Self.day(report.finished))"
        + "\(Self.mark)\(report.digest)\n")
    try catalogue.purge(report: report.digest, at: Int64(now.timeIntervalSince1970))
    let folder = output.appendingPathComponent(report.folder, isDirectory: true)
    // A link in the folder's place goes, what it points to stays.
    if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
  }

  private func audit(_ line: String) throws {
    let path = output.appendingPathComponent(Self.auditName).path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0, write(descriptor, line, line.utf8.count) == line.utf8.count, fsync(descriptor) == 0
    else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw OutputLock.Unavailable(path: path, reason: reason)
    }
    close(descriptor)
  }

  private static let mark = ", recording "

  /// The digests of the recordings whose reports were deleted, as the audit tells it.
  static func purged(in output: URL) -> [String] {
    let text = try? String(contentsOf: output.appendingPathComponent(auditName), encoding: .utf8)
    return (text ?? "").split(separator: "\n").compactMap { line in
      let parts = line.split(separator: mark)
      return parts.count > 1 ? parts.last.map(String.init) : nil
    }
  }

  private static func oneLine(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
  }

  private static func day(_ seconds: Int64) -> String {
    String(Date(timeIntervalSince1970: Double(seconds)).ISO8601Format().prefix(10))
  }
}
