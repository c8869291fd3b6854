import Media
import Vocabulary

/// The walk over one slice: decode and sample, then measure each frame. What comes out depends on the
/// slice's frames alone.
struct Walk {
  let recording: Recording
  let grid: SamplingGrid
  let wanted: Definition.Detection
  let stages: Stages
  let tally: Tally

  func measure(_ slice: Range<Int64>) throws -> (samples: [SampleObservation], account: Account) {
    var account = Account()
    var samples: [SampleObservation] = []
    var seen = SeenPictures()
    let frames = try recording.frames(on: grid, in: slice)

    while let sampled = try account.time(.decode, { try frames.next() }) {
      try Task.checkCancellation()
      let frame = try stages.measure(
        frame: sampled.frame.image, sample: sampled.index, wanted, &seen, &account)
      samples.append(SampleObservation(sampled, frame))
      account.samples += 1
      account.faces += frame.faces.count
      tally.add(samples: 1, faces: frame.faces.count)
    }

    account.gaps = frames.gaps
    return (samples, account)
  }
}

extension SampleObservation {
  fileprivate init(_ sampled: SampledFrame, _ measured: MeasuredFrame) {
    self.init(
      index: sampled.index, time: sampled.gridTime, frameTime: sampled.frame.timestamp,
      frameWidth: sampled.frame.image.width, frameHeight: sampled.frame.image.height,
      view: measured.layout.view, tiles: measured.layout.tiles, faces: measured.faces,
      screen: measured.layout.screen)
  }
}
