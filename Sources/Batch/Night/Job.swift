public import Foundation

/// One recording to be analysed into one folder.
public struct Job: Hashable, Sendable {
  public var recording: URL
  /// The report's folder.
  public var folder: URL
  public var title: String
  /// ISO 8601, where the recording's name says it.
  public var started: String?
  /// Transcript, chat and participant list of the same meeting.
  public var companions: [URL]
}

/// How an analysis ended.
public enum JobOutcome: Hashable, Sendable {
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
