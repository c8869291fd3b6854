/// Which packets have to be decoded for a slice's samples: the cheapest exact way known.
///
/// Within a group of pictures nothing after the last wanted one is sent to the decoder, groups without a
/// wanted picture are passed over, and the decoder is told to drop every picture that no other refers to unless
/// it is wanted. In H.264 a few bytes stand in for each picture that only unwanted ones refer to
/// (``PictureReferences``). The wanted pictures are bit for bit those of decoding everything.
struct SamplingPlan: Sendable {
  /// A picture that is wanted, and the grid indices at which it is on screen.
  struct Wanted: Hashable, Sendable {
    var packet: Int
    var indices: Range<Int64>
  }

  /// Packets to decode in one go, from a keyframe on.
  struct Run: Hashable, Sendable {
    var packets: Range<Int>
    /// In the order of presentation.
    var wanted: [Wanted]
  }

  private(set) var runs: [Run] = []

  /// - Parameter shown: For each grid index of the slice, in order, the packet on screen.
  init(index: PacketIndex, from first: Int64, shown: [Int]) {
    var wanted: [Wanted] = []
    for (offset, packet) in shown.enumerated() {
      let k = first + Int64(offset)
      if wanted.last?.packet == packet {
        wanted[wanted.count - 1].indices = wanted[wanted.count - 1].indices.lowerBound..<k + 1
      } else {
        wanted.append(Wanted(packet: packet, indices: k..<k + 1))
      }
    }
    for one in wanted { add(one, index) }
  }

  private mutating func add(_ wanted: Wanted, _ index: PacketIndex) {
    let group = index.entry(before: wanted.packet)
    if let run = runs.last, continues(run, with: wanted.packet, group, index) {
      let upper = index.isOrdered ? max(run.packets.upperBound, wanted.packet + 1) : index.ticks.count
      runs[runs.count - 1].packets = run.packets.lowerBound..<upper
      runs[runs.count - 1].wanted.append(wanted)
    } else {
      let start = index.entries[start(of: wanted.packet, group, index)].packet
      let upper = index.isOrdered ? wanted.packet + 1 : index.ticks.count
      runs.append(Run(packets: start..<max(upper, start + 1), wanted: [wanted]))
    }
  }

  /// A picture that is shown before its group's keyframe may be predicted from the group before (open group).
  private func start(of packet: Int, _ group: Int, _ index: PacketIndex) -> Int {
    let isLeading = index.ticks[packet] < index.ticks[index.entries[group].packet]
    return isLeading ? max(0, group - 1) : group
  }

  /// Whether the decoder, having come to the end of `run`, had better go on to `packet` than begin anew.
  private func continues(_ run: Run, with packet: Int, _ group: Int, _ index: PacketIndex) -> Bool {
    packet >= run.packets.lowerBound
      && start(of: packet, group, index) <= index.entry(before: run.packets.upperBound - 1)
  }
}
