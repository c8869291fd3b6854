import Foundation

/// Decides whether a recording is still being written: its size and time must not change for a while.
///
/// File times may lie (copied with `-p`, a clock set back), so a file is either old by the file system's
/// clock or has been looked at twice, far enough apart on a clock that never jumps.
public struct Stability: Sendable {
  /// How long a file must have been left alone.
  public var settle: Duration
  private var firstLook: [String: (size: Int64, modified: Int64, at: ContinuousClock.Instant)] = [:]

  public init(settle: Duration = .seconds(60)) {
    self.settle = settle
  }

  public enum Verdict: Equatable, Sendable {
    case stable
    /// Look again in so long.
    case wait(Duration)
  }

  /// - Parameters:
  ///   - now: nanoseconds since 1970, the clock that file times are set by.
  ///   - instant: the same moment on the clock that never jumps.
  public mutating func judge(
    _ file: FoundFile, now: Int64, instant: ContinuousClock.Instant
  ) -> Verdict {
    let age = Duration.nanoseconds(now &- file.modified)
    if age >= settle { return .stable }
    if let look = firstLook[file.path], look.size == file.size, look.modified == file.modified {
      let watched = look.at.duration(to: instant)
      return watched >= settle ? .stable : .wait(settle - watched)
    }
    firstLook[file.path] = (file.size, file.modified, instant)
    // A time in the future tells nothing, so such a file is watched for the whole while.
    return .wait(age < .zero ? settle : settle - age)
  }
}
