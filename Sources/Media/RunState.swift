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
  /// Packet from which on pictures may show traces of damage, in the order of decoding: a picture that is shown before
  /// a damaged one may refer to it.
  private var damagedFrom: Int?
  /// Damaged packets whose pictures no other refers to: not decoded, since a decoder keeps traces of damage even so.
  private let leftOut: Set<Int>
  /// Another such packet, which the run should be begun again without.
  private(set) var spoiler: Int?
  /// In a run with more of them all is lost from the next on, so that a wreck is not decoded a hundred times.
  private static let mostLeftOut = 8
  /// Where packets cannot be told by their pictures: presentation tick from which pictures may show traces of damage.
  private var damagedFromTick: Int64?
  private var pictures = 0
  private let index: PacketIndex
  /// Whether a wanted picture is, or may refer to, that of each packet; `nil` where all may be needed.
  private let needed: [Bool]?

  init(
    _ run: SamplingPlan.Run, _ index: PacketIndex, isThorough: Bool, isSecondLook: Bool = false,
    leftOut: Set<Int> = []
  ) {
    self.leftOut = leftOut
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

  /// The second look again from its first packet, without the one that spoils it.
  /// - Parameter unsettled: what was taken off the list and is not yet delivered.
  func withoutSpoiler(_ unsettled: [SamplingPlan.Wanted]) -> RunState {
    RunState(
      SamplingPlan.Run(packets: packets, wanted: unsettled + wanted), index, isThorough: isThorough,
      isSecondLook: true, leftOut: leftOut.union(spoiler.map { [$0] } ?? []))
  }

  /// Whether the next packet is kept from the decoder.
  var leavesNextOut: Bool { leftOut.contains(nextPacket) }

  /// True where the decoder may drop the next packet's picture, should no other refer to it.
  var mayDropNext: Bool { !isThorough && !wanted.contains { $0.packet == nextPacket } }

  /// False where no wanted picture refers to the next packet's, directly or through others.
  var needsNext: Bool { needed?[nextPacket - packets.lowerBound] ?? true }

  /// The last packet sent was damaged.
  mutating func noteDamagedPacket() {
    let packet = min(max(0, nextPacket - 1), index.ticks.count - 1)
    if index.isOrdered {
      noteDamage(of: packet)
    } else {
      noteDamage(at: index.ticks[min(pictures, index.ticks.count - 1)])
    }
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
      if index.isOrdered { noteDamage(of: packet) } else { noteDamage(at: tick) }
    } else if isKeyframe {
      if let since = damagedFrom, packet > since { damagedFrom = nil }
      if let since = damagedFromTick, tick > since { damagedFromTick = nil }
    }
    return tick
  }

  private mutating func noteDamage(of packet: Int) {
    let others = packets.lazy.filter { $0 != packet }
    // What a first look finds is looked at again, whatever it is.
    if isSecondLook, packets.contains(packet), leftOut.count < Self.mostLeftOut,
      index.references?.needed(of: packets, for: others)?[packet - packets.lowerBound] == false
    {
      spoiler = spoiler ?? packet
    } else {
      damagedFrom = min(damagedFrom ?? packet, packet)
    }
  }

  private mutating func noteDamage(at tick: Int64) { damagedFromTick = min(damagedFromTick ?? tick, tick) }

  /// Whether the picture of a packet may show traces of damage.
  func isDamaged(packet: Int, tick: Int64) -> Bool {
    damagedFrom.map { $0 <= packet } ?? false
      || damagedFromTick.map { $0 <= tick } ?? false
  }

  var hasDamage: Bool { damagedFrom != nil || damagedFromTick != nil || !leftOut.isEmpty }

  /// When all that a packet's picture may refer to has come out of the decoder, which gives pictures in the order of
  /// presentation: damage of those tells itself only then.
  func settled(packet: Int) -> Int64 { index.ticks[packets.lowerBound..<packet].max() ?? .min }

  /// Takes the next wanted picture off the list if it is presented before `tick`, or at it with `orAt`.
  mutating func takeWanted(before tick: Int64, orAt isIncluded: Bool = false) -> SamplingPlan.Wanted? {
    guard let first = wanted.first else { return nil }
    let due = index.ticks[first.packet]
    guard due < tick || (isIncluded && due == tick) else { return nil }
    return wanted.removeFirst()
  }
}
