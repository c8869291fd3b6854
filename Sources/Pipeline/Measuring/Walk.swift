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

  /// What was measured of a slice.
  struct Measured {
    var samples: [SampleObservation] = []
    var account = Account()
    /// The grid indices that need not be measured again: fewer than the slice's where the task was cancelled.
    var range: Range<Int64>
  }

  func measure(_ slice: Range<Int64>) throws -> Measured {
    var measured = Measured(range: slice)
    var seen = SeenPictures()
    let frames = try recording.frames(on: grid, in: slice)
    do {
      while let sampled = try measured.account.time(.decode, { try frames.next() }) {
        try Task.checkCancellation()
        let frame = try stages.measure(
          frame: sampled.frame.image, sample: sampled.index, wanted, &seen, &measured.account)
        measured.samples.append(SampleObservation(sampled, frame))
        measured.account.samples += 1
        measured.account.faces += frame.faces.count
        tally.add(samples: 1, faces: frame.faces.count)
      }
      measured.account.gaps = frames.gaps
    } catch is CancellationError {
      // Whole samples are kept: a run that is stopped often still comes to its end.
      measured.range = slice.lowerBound..<(measured.samples.last?.index ?? slice.lowerBound - 1) + 1
      measured.account.gaps = frames.gaps.filter { $0.indices.upperBound <= measured.range.upperBound }
    }
    return measured
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
