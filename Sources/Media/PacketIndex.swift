import Vocabulary

/// Times and kinds of a video stream's packets, gathered in one pass without decoding.
///
/// Packets are numbered in the order of the file, which is the order of decoding. Sixteen bytes a packet, so
/// that two hours at 30 frames a second take under 4 MB.
public struct PacketIndex: Sendable {
  /// A packet where decoding can begin.
  struct Entry: Hashable, Sendable {
    var packet: Int
    /// What to seek to, in ticks of the container.
    var seekTick: Int64
    /// Byte position in the file, to recognise the packet after seeking; negative where unknown.
    var position: Int64
  }

  /// Seconds in a tick.
  let tick: Timestamp
  /// Presentation tick of each packet's picture.
  let ticks: [Int64]
  /// In ascending order of packets, from the first one that can be decoded.
  let entries: [Entry]
  /// Packets whose picture is shown, in the order of presentation.
  let shown: [Int32]
  /// Those of `shown` that are keyframes, in the same order.
  let keyframes: [Int32]
  /// False where the container tells no presentation times: the n-th picture out of the decoder is then shown
  /// at `ticks[n]`, and decoding has to begin with the first packet.
  let isOrdered: Bool
  /// Tick at which the last picture ends.
  let endTick: Int64
  /// `nil` where the codec's are not followed.
  var references: PictureReferences?
  /// `nil` where packets have to be read by the demuxer.
  var places: PacketPlaces?

  /// Tick of the first picture shown: zero on the recording's clock.
  var originTick: Int64 { shown.first.map { ticks[Int($0)] } ?? 0 }

  /// Presentation time of a packet's picture on the recording's clock.
  func time(ofPacket packet: Int) -> Timestamp { time(atTick: ticks[packet]) }

  func time(atTick value: Int64) -> Timestamp {
    let (distance, overflow) = value.subtractingReportingOverflow(originTick)
    return tick * (overflow ? Int64.max : distance)
  }

  /// From the first picture shown to the end of the last.
  var duration: Timestamp { time(atTick: endTick) }

  /// The packet whose picture is on screen at `time`: the last that is presented at or before it. The first
  /// one before the start; `nil` only where nothing is shown at all.
  func packet(shownAt time: Timestamp) -> Int? {
    var low = 0
    var high = shown.count
    while low < high {
      let middle = (low + high) / 2
      if self.time(ofPacket: Int(shown[middle])) <= time { low = middle + 1 } else { high = middle }
    }
    return shown.isEmpty ? nil : Int(shown[max(0, low - 1)])
  }

  /// Position in `entries` of the last entry at or before a packet.
  func entry(before packet: Int) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].packet <= packet { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}

extension PacketIndex {
  /// A packet as the demuxer delivers it.
  struct Packet: Hashable, Sendable {
    var presentation: Int64?
    var decoding: Int64?
    var duration: Int64 = 0
    var isKeyframe = false
    /// Outside the edit list: decoded for others' sake, never shown.
    var isHidden = false
    var position: Int64 = -1
  }

  /// Collects packets in decoding order.
  struct Builder {
    private let tick: Timestamp
    /// Longest step between packets that is believed; a larger one, or one backwards, is a splice whose times
    /// are shifted so that the recording goes on. `nil` believes everything.
    private let spliceTicks: Int64?
    private var ticks: [Int64] = []
    private var decoding: [Int64] = []
    private var hidden: [Bool] = []
    private var entries: [Entry] = []
    private var isOrdered = true
    private var shift: Int64 = 0
    private var lastDecoding: Int64?
    private(set) var lastDuration: Int64 = 0
    /// Of the picture that is shown last, which with others between is not the one that is decoded last.
    private var finalPicture: (tick: Int64, duration: Int64)?

    var count: Int { ticks.count }

    /// When the first packet that is shown is decoded.
    var firstDecoding: Int64 { hidden.firstIndex(of: false).map { decoding[$0] } ?? 0 }

    init(tick: Timestamp, spliceTicks: Int64? = nil) {
      self.tick = tick
      self.spliceTicks = spliceTicks
    }

    mutating func append(_ packet: Packet) {
      let decodes = packet.decoding ?? packet.presentation ?? (lastDecoding ?? 0) &+ lastDuration
      let shifted = follow(decodes)
      if packet.presentation == nil { isOrdered = false }
      if packet.isKeyframe {
        entries.append(
          Entry(packet: ticks.count, seekTick: packet.decoding ?? decodes, position: packet.position))
      }
      let tick = (packet.presentation ?? decodes) &+ shift
      if !packet.isHidden, tick >= finalPicture?.tick ?? .min {
        finalPicture = (tick, max(0, packet.duration))
      }
      ticks.append(tick)
      decoding.append(shifted)
      hidden.append(packet.isHidden)
      lastDuration = max(0, packet.duration)
    }

    /// The decoding tick on a clock without splices.
    private mutating func follow(_ tick: Int64) -> Int64 {
      if let spliceTicks, let lastDecoding {
        let step = tick &+ shift &- lastDecoding
        if step < 0 || step > spliceTicks { shift = lastDecoding &+ lastDuration &- tick }
      }
      lastDecoding = tick &+ shift
      return tick &+ shift
    }

    func finish() -> PacketIndex {
      isOrdered ? ordered() : unordered()
    }

    private func ordered() -> PacketIndex {
      // A stream that marks no keyframe is tried from its first packet.
      let entries =
        entries.isEmpty && !ticks.isEmpty
        ? [Entry(packet: 0, seekTick: decoding[0], position: -1)] : entries
      let first = entries.first.map(\.packet) ?? 0
      // Pictures before the first keyframe, in either order, have nothing to be predicted from.
      let shown = (first..<max(first, ticks.count))
        .filter { !hidden[$0] && ticks[$0] >= ticks[first] }
        .sorted { (ticks[$0], $0) < (ticks[$1], $1) }
      return PacketIndex(
        tick: tick, ticks: ticks, entries: entries, shown: shown.map(Int32.init),
        keyframes: entries.map(\.packet).filter { !hidden[$0] && ticks[$0] >= ticks[first] }.map(Int32.init),
        isOrdered: true,
        endTick: end(shown.last.map { ticks[$0] }, count: shown.count, first: shown.first.map { ticks[$0] }))
    }

    private func unordered() -> PacketIndex {
      let sorted = decoding.sorted()
      return PacketIndex(
        tick: tick, ticks: sorted, entries: [Entry(packet: 0, seekTick: sorted[0], position: -1)],
        shown: sorted.indices.map(Int32.init), keyframes: entries.map { Int32($0.packet) }, isOrdered: false,
        endTick: end(sorted.last, count: sorted.count, first: sorted.first))
    }

    /// The last picture stays as long as its packet says, else as long as pictures do on average.
    private func end(_ last: Int64?, count: Int, first: Int64?) -> Int64 {
      guard let last, let first else { return 0 }
      if let duration = finalPicture?.duration, duration > 0 { return last &+ duration }
      return last &+ (count > 1 ? max(0, last &- first) / Int64(count - 1) : 0)
    }
  }
}
