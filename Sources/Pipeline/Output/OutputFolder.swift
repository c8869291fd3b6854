import Files
public import Foundation
import Reporting

/// Why nothing can be written; each message is one line with place and remedy.
public enum OutputError: Error, Equatable, CustomStringConvertible {
  case unwritable(URL, reason: String)
  case inUse(URL)
  case belongsElsewhere(URL, recording: String)
  case noReport(URL)
  /// It holds somebody else's file of a name that a report's file has.
  case foreign(URL, file: String)

  public var description: String {
    switch self {
    case .unwritable(let file, let reason):
      "\(file.path): cannot be written (\(reason)); check permissions and free space, or choose another --output"
    case .inUse(let folder):
      "\(folder.path): another run of afterclass is writing here; wait for it or choose another --output"
    case .belongsElsewhere(let folder, let recording):
      "\(folder.path): belongs to another recording (\(recording)); choose another --output"
    case .noReport(let folder):
      "\(folder.path): \(Self.whyNoReport(folder))"
    case .foreign(let folder, let file):
      "\(folder.path): holds a \(file) that is not of a report, which would be overwritten; choose another --output"
    }
  }

  private static func whyNoReport(_ folder: URL) -> String {
    let files = FileManager.default
    guard files.fileExists(atPath: folder.path) else { return "no such folder; check the path" }
    let below = ((try? files.contentsOfDirectory(atPath: folder.path)) ?? []).sorted().filter {
      files.fileExists(atPath: folder.appendingPathComponent("\($0)/\(ReportFile.observations)").path)
    }
    guard !below.isEmpty else {
      return "no observations here; run `afterclass analyze` on the recording first"
    }
    let rest = below.count > 5 ? " and \(below.count - 5) more" : ""
    return "this is a folder of reports; name one of them: "
      + below.prefix(5).map { "\(folder.path)/\($0)" }.joined(separator: ", ") + rest
  }
}

/// The folder of one recording's report. While an instance lives, no other process writes there.
public final class OutputFolder: Sendable {
  public let url: URL
  private let lock: FolderLock

  public var observations: URL { url.appendingPathComponent(ReportFile.observations) }
  public var runRecord: URL { url.appendingPathComponent(ReportFile.run) }
  public var words: URL { url.appendingPathComponent(ReportFile.words) }
  public var pipeline: URL { url.appendingPathComponent(ReportFile.pipeline) }

  /// Takes hold of the folder, first creating it (mode 0700) where there is none.
  public init(_ url: URL) throws {
    self.url = url
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw OutputError.unwritable(url, reason: Self.reason(error))
    }
    do { lock = try FolderLock(url.path) } catch {
      switch error {
      case .held: throw OutputError.inUse(url)
      case .unopened(let code), .unlocked(let code):
        throw OutputError.unwritable(url, reason: String(cString: strerror(code)))
      }
    }
    removeDrafts()
  }

  /// Takes back the word that the report is finished, before any of its files changes. What the record says of models
  /// and length stays: `report` needs it where this run fails.
  func reopenRunRecord() throws {
    guard var record = RunRecord(in: self) else { return try removeRunRecord() }
    record.state = .unfinished
    try writeAtomically(try record.json, to: runRecord.path)
  }

  private func removeRunRecord() throws {
    guard unlink(runRecord.path) == 0 || errno == ENOENT else {
      throw OutputError.unwritable(runRecord, reason: lastError())
    }
  }

  /// Makes sure that nothing in the folder is lost by writing a report there.
  ///
  /// - Throws: `OutputError.foreign` where files have a report's names but nothing says that they are of one.
  func requireOwn() throws {
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: url.path))
    let marks = [ReportFile.observations, ReportFile.run, ReportFile.portions]
    guard names.isDisjoint(with: marks) else { return }
    let taken = names.intersection(Reporting.fileNames + [ReportFile.words, ReportFile.pipeline])
    if let file = taken.min() { throw OutputError.foreign(url, file: file) }
  }

  /// Forgets what was measured.
  func removeObservations() {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(observations.path + suffix) }
  }

  /// SHA-256 of each file of the report, `run.json`, the observations and a night's `origin.json` aside.
  func digests() throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
    let apart: Set = [ReportFile.observations, ReportFile.run, ReportFile.origin]
    return try names.filter { !apart.contains($0) && !$0.hasPrefix(".") }.reduce(into: [:]) { digests, name in
      let file = url.appendingPathComponent(name)
      // Folders are not the report's: charts that were put here, or what a file server keeps.
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { return }
      digests[name] = try RecordingFile.digest(file)
    }
  }

  /// The folder of a recording below `reports`: its file name without the extension.
  public static func location(of recording: URL, in reports: URL) -> URL {
    let stem = recording.deletingPathExtension().lastPathComponent
    let isName = !stem.isEmpty && !stem.hasPrefix(".")
    return reports.appendingPathComponent(isName ? stem : "recording" + stem, isDirectory: true)
  }

  /// What a killed run was about to write.
  private func removeDrafts() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    for name in names where name.hasSuffix(Draft.ending) {
      unlink(url.appendingPathComponent(name).path)
    }
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    return (error as NSError).localizedDescription
  }
}

func lastError() -> String { String(cString: strerror(errno)) }
