public import Foundation
public import Pipeline
import Reporting

/// Deletes reports that are older than a school keeps them, and says so in a file of its own.
public struct Retention: Sendable {
  public var output: URL
  /// Seconds; `nil` keeps each report as long as the pipeline that made it says (`report.retain`).
  public var olderThan: Int64?
  /// The same of folders that have no pipeline of their own: of an analysis that never came to its end.
  public var retain: Int64?
  let catalogue: Catalogue

  public static let auditName = "purge.log"

  public init(output: URL, olderThan: Int64? = nil, retain: Int64? = nil, catalogue: Catalogue) {
    self.output = output
    self.olderThan = olderThan
    self.retain = retain
    self.catalogue = catalogue
  }

  /// What is older than it may be.
  public struct Due: Sendable {
    public var reports: [ReportEntry] = []
    public var leftovers: [Leftover] = []
    /// Folders whose age limit cannot be read, which are kept.
    public var warnings: [String] = []

    public var count: Int { reports.count + leftovers.count }

    /// The folders, for people.
    public var names: [String] { reports.map(\.folder) + leftovers.map(\.name) }
  }

  /// The reports that were finished before the limit, and the leftovers that were last written before it; none where the
  /// clock stands before their time.
  public func due(now: Date = Date()) throws -> Due {
    var due = Due()
    let now = Int64(now.timeIntervalSince1970)
    func isOver(_ folder: String, since: Int64) -> Bool {
      do {
        guard let age = try olderThan ?? ownAge(of: folder) else { return false }
        return since < now - age
      } catch {
        due.warnings.append(
          "\(error); kept until its report.retain can be read, or `afterclass purge --older-than`")
        return false
      }
    }
    let reports = try catalogue.reports()
    due.reports = reports.filter { isOver($0.folder, since: $0.finished) }
    due.leftovers = try leftovers(besides: Set(reports.map(\.folder))).filter {
      isOver($0.folder, since: $0.written)
    }
    return due
  }

  private func ownAge(of folder: String) throws -> Int64? {
    let file = output.appendingPathComponent(folder).appendingPathComponent(ReportFile.pipeline)
    guard FileManager.default.fileExists(atPath: file.path) else { return retain }
    return Self.seconds(try ResolvedDefinition(file: file).definition)
  }

  /// How long a pipeline keeps its reports; `nil` for ever.
  public static func seconds(_ definition: Definition) -> Int64? {
    definition.report.retain?.wholeSeconds
  }

  /// What is still there although its time is over.
  public struct Undeleted: CustomStringConvertible, Sendable {
    public var path: String
    public var reason: String

    public var description: String {
      "\(path): its time is over, but it cannot be deleted (\(reason)); check permissions, and the next run deletes it"
    }
  }

  /// Deletes all that is due. One that cannot be deleted does not hold up the others.
  ///
  /// - Parameter deleted: is told the name of each folder that is gone.
  public func deleteAll(_ due: Due, now: Date = Date(), deleted: (String) -> Void) -> [Undeleted] {
    var undeleted: [Undeleted] = []
    func attempt(_ folder: String, named name: String, _ deletion: () throws -> Void) {
      do {
        try deletion()
        deleted(name)
      } catch {
        let reason = error is any OutcomeError ? "\(error)" : error.localizedDescription
        undeleted.append(Undeleted(path: output.appendingPathComponent(folder).path, reason: reason))
      }
    }
    for report in due.reports {
      attempt(report.folder, named: report.folder) { try delete(report, now: now) }
    }
    for leftover in due.leftovers {
      attempt(leftover.folder, named: leftover.name) { try delete(leftover, now: now) }
    }
    return undeleted
  }

  /// Deletes one report. The audit line is on the disk before anything is deleted, and so is the word that the recording
  /// is not to be analysed again; the catalogue lists the report until nothing is left of it.
  func delete(_ report: ReportEntry, now: Date = Date()) throws {
    guard !report.folder.isEmpty, !report.folder.contains("/"), !report.folder.hasPrefix(".") else { return }
    try audit(
      "\(now.ISO8601Format()) deleting \(Self.oneLine(report.folder)), finished \(Self.day(report.finished))"
        + "\(Self.mark)\(report.digest)\n")
    let time = Int64(now.timeIntervalSince1970)
    try catalogue.rememberPurged(report.digest, at: time)
    try remove(report.folder)
    try catalogue.purge(report: report.digest, at: time)
  }

  func remove(_ name: String) throws {
    let folder = output.appendingPathComponent(name, isDirectory: true)
    // A link in the folder's place goes, what it points to stays.
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    try FileManager.default.removeItem(at: folder)
  }

  func audit(_ line: String) throws {
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

  static func oneLine(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
  }

  static func day(_ seconds: Int64) -> String {
    String(Date(timeIntervalSince1970: Double(seconds)).ISO8601Format().prefix(10))
  }
}
