import Expressions
import Faces
import Media
import Vocabulary

/// The walk over one slice: decode and sample, detect, find the layout, register, classify. What comes out
/// depends on the slice's frames alone.
struct Walk {
  let recording: Recording
  let grid: SamplingGrid
  let minimumHeight: Double
  let minimumScore: Double
  let stages: Stages
  let tally: Tally

  func measure(_ slice: Range<Int64>) throws -> (samples: [SampleObservation], account: Account) {
    var account = Account()
    var samples: [SampleObservation] = []
    var waiting = ReadingQueue()
    let frames = try recording.frames(on: grid, in: slice)

    while let sampled = try account.time(.decode, { try frames.next() }) {
      try Task.checkCancellation()
      let image = sampled.frame.image
      let detections = try account.time(.detect) { try stages.detector.detect(in: image) }.filter(isWanted)
      let layout = try account.time(.layout) {
        try stages.layout.layout(of: image, sample: sampled.index)
      }
      var sample = SampleObservation(sampled, layout)
      let readings = account.time(.register, count: detections.count) {
        detections.map { try? read($0, in: image, layout) }
      }
      for reading in readings {
        guard let (face, reading) = reading else {
          account.unreadableFaces += 1
          continue
        }
        if let reading { waiting.append(reading, sample: samples.count, face: sample.faces.count) }
        sample.faces.append(face)
      }
      samples.append(sample)
      account.samples += 1
      account.faces += sample.faces.count
      tally.add(samples: 1, faces: sample.faces.count)
      try classify(&waiting, into: &samples, &account, atLeast: Stages.batch)
    }

    try classify(&waiting, into: &samples, &account, atLeast: 1)
    account.gaps = frames.gaps
    return (samples, account)
  }

  private func isWanted(_ face: FaceDetection) -> Bool {
    let box = face.box
    return face.score >= minimumScore && box.height >= minimumHeight && box.width > 0
      && [box.x, box.y, box.width, box.height].allSatisfy(\.isFinite)
  }

  private func read(
    _ face: FaceDetection, in image: Image, _ layout: FrameLayout
  ) throws -> (face: FaceObservation, reading: FaceReading?) {
    let tile = layout.tiles.first { $0.box.contains(face.box.centre) }
    return try stages.reader.read(face, in: image, tile: tile?.box)
  }

  /// Classifies whole batches while at least so many chips wait.
  private func classify(
    _ waiting: inout ReadingQueue, into samples: inout [SampleObservation], _ account: inout Account,
    atLeast: Int
  ) throws {
    guard let classifier = stages.classifier else { return }
    while waiting.count >= atLeast {
      let batch = waiting.next(Stages.batch)
      let probabilities = try account.time(.classify, count: batch.count) {
        try classifier.classify(batch.map(\.reading))
      }
      for (place, expression) in zip(batch, probabilities) {
        samples[place.sample].faces[place.face].expression = expression
      }
    }
  }
}

/// Readings of several samples that wait for a full batch, each with the place of its face.
private struct ReadingQueue {
  typealias Entry = (reading: FaceReading, sample: Int, face: Int)
  private var entries: [Entry] = []

  var count: Int { entries.count }

  mutating func append(_ reading: FaceReading, sample: Int, face: Int) {
    entries.append((reading, sample, face))
  }

  mutating func next(_ count: Int) -> [Entry] {
    let batch = Array(entries.prefix(count))
    entries.removeFirst(batch.count)
    return batch
  }
}

extension SampleObservation {
  fileprivate init(_ sampled: SampledFrame, _ layout: FrameLayout) {
    self.init(
      index: sampled.index, time: sampled.gridTime, frameTime: sampled.frame.timestamp,
      frameWidth: sampled.frame.image.width, frameHeight: sampled.frame.image.height, view: layout.view,
      tiles: layout.tiles, screen: layout.screen)
  }
}
