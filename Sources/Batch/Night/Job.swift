public import Foundation
public import Pipeline

/// One recording to be analysed into one folder.
public struct Job: Hashable, Sendable, Codable {
  /// The recording as it was when its digest was taken.
  public var file: FoundFile
  /// SHA-256 of the recording.
  public var digest: String
  /// The report's folder.
  public var folder: URL
  public var title: String
  /// ISO 8601, where the recording's name says it.
  public var started: String?
  /// Transcript, chat and participant list of the same meeting.
  public var companions: [URL]
  /// `Candidate.companionStates` as they were found.
  var companionStates: [String]?
  /// Measure this portion alone and report on nothing: an element of a cluster's array.
  public var portion: Portion?

  public var recording: URL { URL(fileURLWithPath: file.path) }
}

/// How an analysis ended.
public enum JobOutcome: Hashable, Sendable, Codable {
  case finished
  /// Stopped by a signal or the clock; what was measured is kept.
  case stopped
  case failed(Failure.Kind, reason: String)
  /// No recording can be analysed like this (pipeline, models, policy): the night ends.
  case impossible(code: Int32, reason: String)
}

/// Analyses one recording. The seam between the night and the pipeline, so that the night's rules are tested
/// without video.
public protocol Analyst: Sendable {
  /// Returns soon after the surrounding task is cancelled, with `stopped`.
  func analyse(_ job: Job) async -> JobOutcome
}

extension Analyst {
  /// Stops the analysis at a moment as a signal would.
  func analyse(_ job: Job, until deadline: Date?) async -> JobOutcome {
    guard let deadline else { return await analyse(job) }
    guard deadline > Date() else { return .stopped }
    return await withTaskGroup(of: JobOutcome?.self) { group in
      group.addTask { await analyse(job) }
      group.addTask {
        try? await Task.sleep(for: .seconds(max(0, deadline.timeIntervalSinceNow)))
        return nil
      }
      var outcome: JobOutcome?
      for await first in group {
        outcome = outcome ?? first
        group.cancelAll()
      }
      return outcome ?? .stopped
    }
  }
}
