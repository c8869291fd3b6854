public import Foundation

/// A recording without a report, and why.
public struct FailedRecording: Sendable, Equatable {
  public var title: String
  public var path: String
  /// One line: file, place, remedy.
  public var reason: String
  /// Whether a later night tries it again by itself.
  public var isRetried: Bool

  public init(title: String, path: String, reason: String, isRetried: Bool) {
    self.title = title
    self.path = path
    self.reason = reason
    self.isRetried = isRetried
  }
}

/// Writes `index.html` into a folder of reports: one offline page over all lectures, with each course's trend
/// over the weeks, and what failed.
///
/// - Parameters:
///   - failures: recordings that have no report, for instance of last night.
///   - naming: reads title and date from a recording's file name, for reports without an `origin.json`.
/// - Returns: the file, and how many reports it lists.
/// - Throws: `ReportError`.
@discardableResult
public func writeIndex(
  of folder: URL, failures: [FailedRecording] = [],
  naming: (String) -> RecordingTitle = { RecordingTitle(title: $0, started: nil) }
) throws -> (file: URL, reports: Int) {
  let file = folder.appendingPathComponent("index.html")
  let names: [String]
  do {
    names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  } catch {
    throw ReportError.cannotWrite(
      path: folder.path, operation: "read the folder", reason: (error as NSError).localizedDescription)
  }
  let states = names.filter { !$0.hasPrefix(".") }.compactMap {
    ReportState(folder.appendingPathComponent($0, isDirectory: true), naming: naming)
  }
  let page = IndexPage(states: states, failures: failures)
  try writeAtomically(page.html(), to: file.path)
  return (file, page.lectures.count)
}
