public import Vocabulary

/// Which instants of a recording are looked at.
public enum SamplingGrid: Hashable, Sendable {
  /// The instants `k * interval`, anchored at the recording's zero whatever the range.
  case every(Timestamp)
  /// The keyframes themselves, `k` counting from the first; costs next to nothing.
  case keyframes
}

/// The frame that was on screen at a grid time.
public struct SampledFrame: Sendable {
  /// `k`: the grid time is `k * interval`, or that of keyframe `k`.
  public let index: Int64
  public let gridTime: Timestamp
  /// The last frame whose presentation time is not after the grid time; blue, green, red, as a viewer sees it.
  public let frame: Frame

  public init(index: Int64, gridTime: Timestamp, frame: Frame) {
    self.index = index
    self.gridTime = gridTime
    self.frame = frame
  }
}

/// Samples that cannot be had because the recording is damaged or ends early.
public struct Gap: Hashable, Sendable, Codable {
  /// Grid indices of the lost samples; not empty.
  public let indices: Range<Int64>
  /// Grid time of the first lost sample.
  public let start: Timestamp
  /// Grid time after the last lost sample, or the recording's end.
  public let end: Timestamp
  public let reason: String

  public init(indices: Range<Int64>, start: Timestamp, end: Timestamp, reason: String) {
    self.indices = indices
    self.start = start
    self.end = end
    self.reason = reason
  }
}
