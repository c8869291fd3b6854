/// How far one run of a ``SamplingPlan`` has come: which pictures are still wanted, and what was damaged.
struct RunState {
  let packets: Range<Int>
  /// Still to come, in the order of presentation.
  private(set) var wanted: ArraySlice<SamplingPlan.Wanted>
  /// Everything is decoded, and a wanted picture that never comes out is replaced by the one before it: for
  /// packets that hold no picture of their own, or none whose number can be told.
  let isThorough: Bool
  /// What is lost stays lost, so damage must show twice: what one shortage of memory did is gone when the run is
  /// decoded again.
  let isSecondLook: Bool
  /// Number of the packet to send next.
  var nextPacket: Int
  /// Presentation tick from which pictures may show traces of damage.
  private var damagedFrom: Int64?
  private var pictures = 0
  private let index: PacketIndex
  /// Whether a wanted picture is, or may refer to, that of each packet; `nil` where all may be needed.
  private let needed: [Bool]?

  init(_ run: SamplingPlan.Run, _ index: PacketIndex, isThorough: Bool, isSecondLook: Bool = false) {
    packets = run.packets
    wanted = run.wanted[...]
    nextPacket = run.packets.lowerBound
    self.index = index
    self.isThorough = isThorough
    self.isSecondLook = isSecondLook
    needed =
      isThorough || isSecondLook
      ? nil : index.references?.needed(of: run.packets, for: run.wanted.lazy.map(\.packet))
  }

  /// The run again, for what is still wanted, from one keyframe earlier: after one that is no reset of the decoder
  /// (open groups), FFmpeg's H.264 decoder keeps pictures back until that keyframe has come out.
  func thoroughly() -> RunState {
    let entry = max(0, index.entry(before: packets.lowerBound) - 1)
    let start = min(packets.lowerBound, index.entries[entry].packet)
    return RunState(
      SamplingPlan.Run(packets: start..<packets.upperBound, wanted: Array(wanted)), index, isThorough: true)
  }

  /// The run again from its first packet, after the first sign of damage.
  func again() -> RunState {
    RunState(
      SamplingPlan.Run(packets: packets, wanted: Array(wanted)), index, isThorough: isThorough,
      isSecondLook: true)
  }

  /// True where the decoder may drop the next packet's picture, should no other refer to it.
  var mayDropNext: Bool { !isThorough && !wanted.contains { $0.packet == nextPacket } }

  /// False where no wanted picture refers to the next packet's, directly or through others.
  var needsNext: Bool { needed?[nextPacket - packets.lowerBound] ?? true }

  /// The last packet sent was damaged.
  mutating func noteDamagedPacket() {
    let packet = min(max(0, nextPacket - 1), index.ticks.count - 1)
    noteDamage(at: index.isOrdered ? index.ticks[packet] : index.ticks[min(pictures, index.ticks.count - 1)])
  }

  /// A picture has come out of the decoder. Damage lasts up to the next keyframe.
  /// - Returns: Its presentation tick.
  mutating func notePicture(number: Int, isKeyframe: Bool, isDamaged: Bool) -> Int64? {
    // Lost pictures upset the count; a keyframe comes after as many pictures as packets.
    if isKeyframe { pictures = max(pictures, number) }
    let packet = index.isOrdered ? number : pictures
    pictures += 1
    guard index.ticks.indices.contains(packet) else { return nil }
    let tick = index.ticks[packet]
    if isDamaged {
      noteDamage(at: tick)
    } else if isKeyframe, let since = damagedFrom, tick > since {
      damagedFrom = nil
    }
    return tick
  }

  private mutating func noteDamage(at tick: Int64) { damagedFrom = min(damagedFrom ?? tick, tick) }

  func isDamaged(at tick: Int64) -> Bool { damagedFrom.map { $0 <= tick } ?? false }
  var hasDamage: Bool { damagedFrom != nil }

  /// Takes the next wanted picture off the list if it is presented before `tick`, or at it with `orAt`.
  mutating func takeWanted(before tick: Int64, orAt isIncluded: Bool = false) -> SamplingPlan.Wanted? {
    guard let first = wanted.first else { return nil }
    let due = index.ticks[first.packet]
    guard due < tick || (isIncluded && due == tick) else { return nil }
    return wanted.removeFirst()
  }
}
