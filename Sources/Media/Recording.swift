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
  let header: StreamHeader

  /// Reads the header and the times of all packets (60 ms for ten minutes); decodes nothing.
  /// - Throws: ``MediaError`` for a file that cannot be analysed, `CancellationError` once the task is cancelled.
  public init(opening url: URL) throws {
    let container = try Container(opening: url)
    let survey = try withLargeBlocksApart { try PacketSurvey(of: container) }
    self.url = url
    packets = survey.index
    header = try StreamHeader(of: container)
    information = RecordingInformation(of: container, header, survey)
  }

  public var duration: Timestamp { information.duration }

  /// Presentation times of the keyframes, in order.
  public var keyframeTimes: [Timestamp] { packets.keyframes.map { packets.time(ofPacket: Int($0)) } }

  /// Indices of the grid times in `[from, to)`, by default of the whole recording.
  public func indices(
    of grid: SamplingGrid, from: Timestamp = .zero, to: Timestamp? = nil
  ) -> Range<Int64> {
    let end = min(to ?? duration, duration)
    guard from < end else { return 0..<0 }
    switch grid {
    case .every(let interval):
      guard interval > .zero else { return 0..<0 }
      return firstIndex(of: interval, from: max(.zero, from))..<firstIndex(of: interval, from: end)
    case .keyframes:
      let times = keyframeTimes
      let first = times.firstIndex { $0 >= from } ?? times.count
      let last = times.firstIndex { $0 >= end } ?? times.count
      return Int64(first)..<Int64(last)
    }
  }

  /// The first `k` with `k * interval >= time`.
  private func firstIndex(of interval: Timestamp, from time: Timestamp) -> Int64 {
    let before = time.intervals(of: interval)
    return interval * before < time ? before + 1 : before
  }

  /// Time of the grid index `k`; the end of the recording behind the last keyframe.
  public func time(of index: Int64, on grid: SamplingGrid) -> Timestamp {
    switch grid {
    case .every(let interval): interval * index
    case .keyframes:
      packets.keyframes.indices.contains(Int(index))
        ? packets.time(ofPacket: Int(packets.keyframes[Int(index)])) : duration
    }
  }

  /// The samples of one slice. Cheap to open; the same frames come out however the recording is sliced.
  public func frames(on grid: SamplingGrid, in indices: Range<Int64>) throws -> FrameReader {
    try FrameReader(self, grid, indices)
  }

  /// The packets on screen at the given grid times, up to where the file has pictures.
  func packets(shownIn indices: Range<Int64>, on grid: SamplingGrid) -> [Int] {
    var shown: [Int] = []
    for index in indices {
      let time = time(of: index, on: grid)
      guard index >= 0, time < packets.duration, let packet = packets.packet(shownAt: time) else { break }
      shown.append(packet)
    }
    return shown
  }
}
