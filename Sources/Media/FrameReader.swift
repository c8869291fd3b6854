import CFFmpeg
import Vocabulary

/// Frames at the grid times of one slice, in order. Decodes those that they need, and no more; see ``SamplingPlan``.
/// Not to be shared between threads: each slice opens its own.
public final class FrameReader {
  /// What was lost so far, in order; complete once `next()` has returned `nil`. Independent of how the
  /// recording is sliced, but for a gap across a cut, which is reported in two parts.
  public private(set) var gaps: [Gap] = []

  private let recording: Recording
  private let grid: SamplingGrid
  private let packets: any PacketCursor
  private var decoder: VideoDecoder
  private let standIn: StandInPacket?
  private let converter = PictureConverter()
  private var runs: ArraySlice<SamplingPlan.Run>
  private var run: RunState?
  /// Pictures to be delivered, each with the grid indices at which it is on screen.
  private var ready: [(frame: Frame, indices: Range<Int64>)] = []
  /// Samples behind the last picture that the file still has.
  private var beyond: Range<Int64>
  /// In a thorough run, the picture decoded last.
  private var held: HeldPicture
  /// In a second look, wanted pictures in order, `nil` where none came out, until all is known that they may refer to.
  private var unsettled: [(picture: HeldPicture?, wanted: SamplingPlan.Wanted)] = []
  /// The decoder met damage, of which it keeps traces that a flush does not take away.
  private var isSpoilt = false

  init(_ recording: Recording, _ grid: SamplingGrid, _ indices: Range<Int64>) throws {
    let shown = recording.packets(shownIn: indices, on: grid)
    self.recording = recording
    self.grid = grid
    beyond = indices.lowerBound + Int64(shown.count)..<indices.upperBound
    runs = SamplingPlan(index: recording.packets, from: indices.lowerBound, shown: shown).runs[...]
    packets = try recording.cursor()
    decoder = try VideoDecoder(of: recording.header)
    standIn = try StandInPacket(for: recording.header)
    held = try HeldPicture(of: recording.header)
  }

  /// The next sample; `nil` at the end of the slice. Samples in a gap are left out.
  /// - Throws: ``MediaError``, or `CancellationError` once the task is cancelled.
  public func next() throws -> SampledFrame? {
    while true {
      if let sample = takeReady() { return sample }
      try Task.checkCancellation()
      if run == nil {
        guard let next = runs.popFirst() else { break }
        try begin(RunState(next, recording.packets, isThorough: !recording.packets.isOrdered))
      }
      try step()
    }
    if !beyond.isEmpty {
      lose(beyond, because: "the file ends early")
      beyond = beyond.upperBound..<beyond.upperBound
    }
    return nil
  }

  private func takeReady() -> SampledFrame? {
    guard let (frame, indices) = ready.first, let index = indices.first else { return nil }
    if indices.count > 1 {
      ready[0].indices = index + 1..<indices.upperBound
    } else {
      ready.removeFirst()
    }
    return SampledFrame(index: index, gridTime: recording.time(of: index, on: grid), frame: frame)
  }

  private func begin(_ state: RunState) throws {
    let index = recording.packets
    if isSpoilt { decoder = try VideoDecoder(of: recording.header) }
    isSpoilt = false
    decoder.flush(strictly: !state.isSecondLook)
    held.tick = nil
    try packets.move(to: index.entries[index.entry(before: state.packets.lowerBound)])
    run = state
  }

  /// Takes one picture out of the decoder, or puts one packet in.
  private func step() throws {
    switch try decoder.receive() {
    case .picture: try takePicture()
    case .hungry: try sendPacket()
    case .damaged: noteDamagedPacket()
    case .end: try finishRun()
    }
    if try !lookAgain(), run?.wanted.isEmpty == true, unsettled.isEmpty { run = nil }
  }

  private func noteDamagedPacket() {
    run?.noteDamagedPacket()
    isSpoilt = true
  }

  /// Begins the run again at its first sign of damage, and then without each picture that is damaged for itself alone;
  /// false where it goes on.
  private func lookAgain() throws -> Bool {
    guard let state = run else { return false }
    if state.spoiler != nil {
      let taken = unsettled.map(\.wanted)
      unsettled = []
      try begin(state.withoutSpoiler(taken))
    } else if state.hasDamage, !state.isSecondLook {
      try begin(state.again())
    } else {
      return false
    }
    return true
  }

  private func sendPacket() throws {
    guard let state = run else { return }
    guard state.nextPacket < state.packets.upperBound, try packets.next() else {
      decoder.drain()
      return
    }
    run?.nextPacket += 1
    if state.leavesNextOut { return }
    let replacement = standIn?.replacing(packets.packet, isNeeded: state.needsNext)
    // A decoder that may drop a picture does not tell where it had no memory for it.
    let mayDrop = decoder.canDropUnreferenced && state.mayDropNext && standIn?.isReference != true
    let isIntact = try decoder.send(
      replacement ?? packets.packet, number: state.nextPacket, mayDrop: mayDrop,
      isStandIn: replacement != nil)
    if !isIntact || packets.packet.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 { noteDamagedPacket() }
  }

  private func takePicture() throws {
    isSpoilt = isSpoilt || decoder.isDamaged
    guard
      let tick = run?.notePicture(
        number: decoder.number, isKeyframe: decoder.isKeyframe, isDamaged: decoder.isDamaged)
    else { return }
    if try lookAgain() { return }
    if run?.isThorough == true {
      while let wanted = run?.takeWanted(before: tick) { try deliverHeld(for: wanted) }
      return try held.take(decoder.frame, at: tick)
    }
    while let missing = run?.wanted.first, recording.packets.ticks[missing.packet] < tick {
      guard try replace(missing) else { return }
    }
    if run?.wanted.first?.packet == decoder.number,
      let wanted = run?.takeWanted(before: tick, orAt: true)
    {
      try takeWanted(wanted, at: tick)
    }
    try settle(at: tick)
  }

  private func takeWanted(_ wanted: SamplingPlan.Wanted, at tick: Int64) throws {
    guard run?.isSecondLook == true else { return try deliver(decoder.frame, at: tick, for: wanted) }
    let picture = try HeldPicture(of: recording.header)
    try picture.take(decoder.frame, at: tick)
    unsettled.append((picture, wanted))
  }

  /// Delivers or loses what all is known about once the picture shown at `tick` has come out.
  private func settle(at tick: Int64) throws {
    while let (picture, wanted) = unsettled.first, let run, run.settled(packet: wanted.packet) <= tick {
      unsettled.removeFirst()
      if let picture, let shown = picture.tick {
        try deliver(picture.frame, at: shown, for: wanted)
      } else {
        try loseToDamage(wanted.indices)
      }
    }
  }

  /// The decoder is empty, and pictures are still wanted or not yet settled.
  private func finishRun() throws {
    if run?.isThorough == true {
      while let wanted = run?.takeWanted(before: .max) { try deliverHeld(for: wanted) }
    } else {
      try settle(at: .max)
      if let missing = run?.wanted.first { _ = try replace(missing) }
    }
  }

  /// A wanted picture did not come out: lost to damage, or else what was on screen has to be found by decoding
  /// everything.
  /// - Returns: False where the run was begun again for that.
  private func replace(_ missing: SamplingPlan.Wanted) throws -> Bool {
    guard let state = run else { return false }
    guard state.hasDamage else {
      try settle(at: .max)
      try begin(state.thoroughly())
      return false
    }
    _ = run?.takeWanted(before: .max)
    if state.isSecondLook {
      unsettled.append((nil, missing))
    } else {
      try loseToDamage(missing.indices)
    }
    return true
  }

  private func deliverHeld(for wanted: SamplingPlan.Wanted) throws {
    guard let tick = held.tick else {
      return try loseToDamage(wanted.indices, because: "no picture can be decoded")
    }
    try deliver(held.frame, at: tick, for: wanted)
  }

  private func deliver(
    _ picture: UnsafeMutablePointer<AVFrame>, at tick: Int64, for wanted: SamplingPlan.Wanted
  ) throws {
    if run?.isDamaged(packet: wanted.packet, tick: tick) == true { return try loseToDamage(wanted.indices) }
    let header = recording.header
    guard
      let image = converter.image(
        of: picture, orientation: header.orientation(of: picture),
        pixelAspectRatio: header.pixelAspectRatio(of: picture))
    else {
      if converter.isShortOfMemory { throw MediaError.outOfMemory("decode", header.file) }
      return lose(wanted.indices, because: "pictures of an unknown format")
    }
    ready.append((Frame(timestamp: recording.packets.time(atTick: tick), image: image), wanted.indices))
  }

  private func loseToDamage(_ indices: Range<Int64>, because reason: String = "damaged pictures") throws {
    try decoder.requireMemory()
    lose(indices, because: reason)
  }

  private func lose(_ indices: Range<Int64>, because reason: String) {
    var indices = indices
    if let last = gaps.last, last.indices.upperBound == indices.lowerBound, last.reason == reason {
      indices = last.indices.lowerBound..<indices.upperBound
      gaps.removeLast()
    }
    gaps.append(
      Gap(
        indices: indices, start: recording.time(of: indices.lowerBound, on: grid),
        end: min(recording.time(of: indices.upperBound, on: grid), recording.duration), reason: reason))
  }
}

/// A picture kept while the decoder goes on.
private final class HeldPicture {
  let frame: UnsafeMutablePointer<AVFrame>
  private let file: String
  /// `nil` while there is no picture.
  var tick: Int64?

  init(of header: StreamHeader) throws {
    guard let frame = av_frame_alloc() else { throw MediaError.outOfMemory("decode", header.file) }
    self.frame = frame
    file = header.file
  }

  deinit {
    var allocated: UnsafeMutablePointer<AVFrame>? = frame
    av_frame_free(&allocated)
  }

  func take(_ other: UnsafeMutablePointer<AVFrame>, at tick: Int64) throws {
    av_frame_unref(frame)
    self.tick = nil
    guard av_frame_ref(frame, other) >= 0 else { throw MediaError.outOfMemory("decode", file) }
    self.tick = tick
  }
}
