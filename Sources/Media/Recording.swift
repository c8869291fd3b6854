public import Foundation
public import Vocabulary

/// A video file: what is in it and where its frames are. Holds no open file, so that all slices can share it.
///
/// The recording's clock is zero at the first frame that a player shows, after edit lists and whatever
/// timestamp the container starts with.
public struct Recording: Sendable {
  public let url: URL
  public let information: RecordingInformation
  public let packets: PacketIndex

  /// Reads the header and the times of all packets (60 ms for ten minutes) and decodes the first frame.
  /// - Throws: ``MediaError`` for a file that cannot be analysed.
  public init(opening url: URL) throws {
    throw MediaError(.unsupported, "open", file: url.path, reason: "not built yet", remedy: "update")
  }

  public var duration: Timestamp { information.duration }

  /// Presentation times of the keyframes, in order.
  public var keyframeTimes: [Timestamp] { [] }

  /// Indices of the grid times in `[from, to)`, by default of the whole recording.
  public func indices(
    of grid: SamplingGrid, from: Timestamp = .zero, to: Timestamp? = nil
  ) -> Range<Int64> {
    0..<0
  }

  /// Time of the grid index `k`.
  public func time(of index: Int64, in grid: SamplingGrid) -> Timestamp { .zero }

  /// The samples of one slice. Cheap to open; the same frames come out however the recording is sliced.
  public func frames(on grid: SamplingGrid, in indices: Range<Int64>) throws -> FrameReader {
    throw MediaError(.unsupported, "open", file: url.path, reason: "not built yet", remedy: "update")
  }
}
