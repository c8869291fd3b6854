import CFFmpeg
import Vocabulary

/// Decodes the frames that a slice's grid times need, and no more; see ``SamplingPlan``.
public final class FrameReader: FrameSource {
  public private(set) var gaps: [Gap] = []

  private let recording: Recording
  private let grid: SamplingGrid
  private let packets: any PacketCursor
  private let decoder: VideoDecoder
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
    case .damaged: run?.noteDamagedPacket()
    case .end: try finishRun()
    }
    if try !lookAgain(), run?.wanted.isEmpty == true { run = nil }
  }

  /// Begins the run again at its first sign of damage; false where there is none, or it was begun again before.
  private func lookAgain() throws -> Bool {
    guard let state = run, state.hasDamage, !state.isSecondLook else { return false }
    try begin(state.again())
    return true
  }

  private func sendPacket() throws {
    guard let state = run else { return }
    guard state.nextPacket < state.packets.upperBound, try packets.next() else {
      decoder.drain()
      return
    }
    run?.nextPacket += 1
    let replacement = standIn?.replacing(packets.packet, isNeeded: state.needsNext)
    // A decoder that may drop a picture does not tell where it had no memory for it.
    let mayDrop = decoder.canDropUnreferenced && state.mayDropNext && standIn?.isReference != true
    let isIntact = try decoder.send(
      replacement ?? packets.packet, number: state.nextPacket, mayDrop: mayDrop,
      isStandIn: replacement != nil)
    if !isIntact || packets.packet.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 { run?.noteDamagedPacket() }
  }

  private func takePicture() throws {
    guard
      let tick = run?.notePicture(
        number: decoder.number, isKeyframe: decoder.isKeyframe, isDamaged: decoder.isDamaged)
    else { return }
    if try lookAgain() { return }
    if run?.isThorough == true {
      while let wanted = run?.takeWanted(before: tick) { try deliverHeld(for: wanted) }
      return try held.take(decoder.frame, at: tick)
    }
    if let missing = run?.wanted.first, recording.packets.ticks[missing.packet] < tick {
      return try replace(missing)
    }
    guard run?.wanted.first?.packet == decoder.number,
      let wanted = run?.takeWanted(before: tick, orAt: true)
    else { return }
    try deliver(decoder.frame, at: tick, for: wanted)
  }

  /// The decoder is empty, and pictures are still wanted.
  private func finishRun() throws {
    if run?.isThorough == true {
      while let wanted = run?.takeWanted(before: .max) { try deliverHeld(for: wanted) }
    } else if let missing = run?.wanted.first {
      try replace(missing)
    }
  }

  /// A wanted picture did not come out: lost to damage, or else what was on screen has to be found by decoding
  /// everything.
  private func replace(_ missing: SamplingPlan.Wanted) throws {
    guard let state = run else { return }
    guard state.hasDamage else { return try begin(state.thoroughly()) }
    _ = run?.takeWanted(before: .max)
    try loseToDamage(missing.indices)
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
    if run?.isDamaged(at: tick) == true { return try loseToDamage(wanted.indices) }
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
