import Foundation
import Reporting

/// What a night has before it: what is due, nearly finished first and then the oldest, and what is not.
public struct Agenda: Sendable {
  public private(set) var due: [Candidate] = []
  /// Have a report of this very work.
  public private(set) var done: [Candidate] = []
  /// Had a report until it was deleted for its age.
  public private(set) var purged: [Candidate] = []
  /// Failed before with this very work, have not changed since, and are not to be tried yet.
  public private(set) var waiting: [(candidate: Candidate, failure: Failure)] = []

  init(
    of candidates: [Candidate], output: URL, catalogue: Catalogue, work: String, force: Bool, now: Int64
  ) throws {
    var begun: [Candidate] = []
    for candidate in candidates {
      let digest = try catalogue.knownDigest(of: candidate.file)
      let report = try digest.flatMap { try catalogue.report(of: $0) }
      if force {
        due.append(candidate)
      } else if let report, report.isCurrent(for: candidate, work: work, in: output) {
        done.append(candidate)
      } else if try digest.map(catalogue.isPurged) ?? false {
        purged.append(candidate)
      } else if let failure = try Self.waitingFailure(candidate, catalogue, work, now: now) {
        waiting.append((candidate, failure))
      } else if digest != nil, report == nil {
        // Its bytes were read by an earlier run, which did not come to the end of it.
        begun.append(candidate)
      } else {
        due.append(candidate)
      }
    }
    due = begun + due
  }

  private static func waitingFailure(
    _ candidate: Candidate, _ catalogue: Catalogue, _ work: String, now: Int64
  ) throws -> Failure? {
    guard let entry = try catalogue.failure(of: candidate.file.path), !entry.failure.isDue(at: now),
      entry.isOf(candidate.file, work)
    else { return nil }
    return entry.failure
  }
}

extension ReportEntry {
  /// Whether it is there, finished, of this very work, and knows all that lies beside the recording.
  func isCurrent(for candidate: Candidate, work: String, in output: URL) -> Bool {
    guard self.work == work, ReportFile.isFinished(output.appendingPathComponent(folder)) else {
      return false
    }
    // Two copies of a recording with other files beside them must not have its one report by turns.
    let isCopy = path != candidate.file.path && FileManager.default.fileExists(atPath: path)
    guard let companions, !isCopy else { return !candidate.hasNewCompanion(since: finished) }
    return Set(candidate.companionStates).isSubset(of: companions)
  }
}

extension Candidate {
  /// The same recording as it is now; `nil` where it is gone.
  var lookedAtAgain: Candidate? {
    guard let file = FolderWalk(of: [file.path], isOwnOutput: { _, _ in false }).files.first else {
      return nil
    }
    var candidate = self
    candidate.file = file
    return candidate
  }
}
