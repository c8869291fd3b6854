import Foundation
import Logging
import Reporting
import Vocabulary

@testable import Observations
@testable import Pipeline

/// Reports on a folder whose store is arbitrary: a file as it is, or tables full of arbitrary numbers.
func fuzzObservations(_ bytes: Data) {
  let folder = URL(filePath: scratch.path + "-report")
  defer { try? FileManager.default.removeItem(at: folder) }
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("observations.sqlite")
    if bytes.starts(with: Data("SQLite format 3".utf8)) {
      try bytes.write(to: file)
    } else {
      let store = try ObservationStore(
        at: file,
        for: Provenance(
          recordingDigest: "", recordingName: "<b>.mp4", settingsDigest: "", settings: "", software: ""))
      var numbers = Numbers(bytes)
      try store.commit(
        SliceRecord(first: 0, last: numbers.integer() & Int64.max, account: "{}"), samples: samples(&numbers))
    }
    let resolved = try ResolvedDefinition(file: nil, overrides: [("summarise.bootstrap-resamples", "10")])
    // The page takes a hundred times as long as all that is made of the store before.
    guard bytes.count % 32 == 0 else {
      _ = try Reporter(resolved: resolved, pipelineName: "", log: Logger(label: "fuzz")).summary(
        of: ObservationStore(reading: file), words: Words(), decisions: Decisions(), expressions: true)
      return
    }
    try reportAgain(
      folder, resolved: resolved, pipelineName: nil, formats: Set(ExportFormat.allCases),
      log: Logger(label: "fuzz"))
  } catch {}
}

/// As many samples as the numbers last.
private func samples(_ numbers: inout Numbers) -> [SampleObservation] {
  var samples: [SampleObservation] = []
  while !numbers.isEmpty, samples.count < 40 {
    samples.append(
      SampleObservation(
        index: numbers.integer(), time: numbers.time(), frameTime: numbers.time(),
        frameWidth: Int(numbers.integer()), frameHeight: Int(numbers.integer()),
        view: View.allCases[numbers.byte() % View.allCases.count],
        tiles: (0..<numbers.byte() % 4).map { _ in tile(&numbers) },
        faces: (0..<numbers.byte() % 4).map { _ in face(&numbers) }, screen: numbers.floats()))
  }
  return samples
}

private func tile(_ numbers: inout Numbers) -> TileObservation {
  TileObservation(
    box: numbers.box(), cameraOn: numbers.byte() % 2 == 0, appearance: numbers.floats(),
    labelShape: numbers.floats(), label: numbers.byte() % 2 == 0 ? nil : "\(numbers.byte())")
}

private func face(_ numbers: inout Numbers) -> FaceObservation {
  var face = FaceObservation(box: numbers.box(), score: numbers.double())
  let parts = numbers.byte()
  if parts & 1 != 0 {
    face.landmarks = Landmarks(
      five: numbers.points(), all: numbers.points(), confidence: numbers.double())
  }
  if parts & 2 != 0 {
    face.pose = HeadPose(yaw: numbers.double(), pitch: numbers.double(), roll: numbers.double())
  }
  if parts & 4 != 0 {
    face.features = FacialFeatures(
      rightEyeOpenness: numbers.double(), leftEyeOpenness: numbers.double(), browRaise: numbers.double(),
      browKnit: numbers.double(), mouthOpening: numbers.double(), mouthWidth: numbers.double(),
      mouthCornerLift: numbers.double(), noseTip: Point(x: numbers.double(), y: numbers.double()))
  }
  if parts & 8 != 0 {
    face.quality = FaceQuality(
      size: numbers.double(), sharpness: numbers.double(), exposure: numbers.double(),
      completeness: numbers.double())
  }
  if parts & 16 != 0 {
    face.expression = ExpressionProbabilities((0..<7).map { _ in Float(numbers.double()) })
  }
  return face
}

/// Arbitrary bytes read as numbers: mostly plain ones, now and then those that break arithmetic.
private struct Numbers {
  private var rest: Data.SubSequence

  init(_ bytes: Data) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func byte() -> Int { Int(rest.popFirst() ?? 0) }

  mutating func integer() -> Int64 {
    switch byte() {
    case 250: .max
    case 251: .min
    case 252: -1
    case 253: (0..<8).reduce(0) { value, _ in value << 8 | Int64(byte()) }
    case let small: Int64(small)
    }
  }

  mutating func time() -> Timestamp { Timestamp(integer(), over: integer()) }

  mutating func double() -> Double {
    switch byte() {
    case 249:
      Double(bitPattern: UInt64(bitPattern: (0..<8).reduce(0) { value, _ in value << 8 | Int64(byte()) }))
    case 250: .infinity
    case 251: -.infinity
    case 252: .greatestFiniteMagnitude
    case 253: -1
    case 254: .nan
    case let small: Double(small) / 100
    }
  }

  mutating func box() -> Box { Box(x: double(), y: double(), width: double(), height: double()) }

  mutating func floats() -> [Float] { (0..<byte() % 8).map { _ in Float(double()) } }

  mutating func points() -> [Point] { (0..<byte() % 7).map { _ in Point(x: double(), y: double()) } }
}
