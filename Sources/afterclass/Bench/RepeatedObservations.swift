import Foundation
import Observations
import Reporting
import Vocabulary

/// A long and large class made of a measured short one: its samples one after another again and again, its frames
/// side by side with other backgrounds. For timing reports.
struct RepeatedObservations {
  let samples: [SampleObservation]
  let people: Int

  /// Copies of the frame in a row, and one over another.
  private var columns: Int { Int(Double(copies).squareRoot().rounded(.up)) }
  private var rows: Int { (copies + columns - 1) / columns }
  private var copies: Int {
    let most = samples.map { max($0.tiles.count, $0.faces.count) }.max() ?? 1
    return (people + max(1, most) - 1) / max(1, most)
  }

  /// The sample at a grid index of the long class.
  func sample(_ index: Int64) -> SampleObservation {
    var sample = samples[Int(index) % samples.count]
    let step = samples.count > 1 ? samples[1].time - samples[0].time : Timestamp(1)
    sample.index = index
    (sample.time, sample.frameTime) = (step * index, step * index)
    let (tiles, faces) = (sample.tiles, sample.faces)
    (sample.tiles, sample.faces) = ([], [])
    for copy in 0..<copies {
      sample.tiles += tiles.map { moved($0, copy, sample) }
      sample.faces += faces.map { moved($0, copy, sample) }
    }
    let tiled = !tiles.isEmpty
    sample.tiles = Array(sample.tiles.prefix(people))
    // With their tiles, so that nobody is a face without one.
    let kept = sample.tiles
    sample.faces.removeAll { face in tiled && !kept.contains { $0.box.contains(face.box.centre) } }
    sample.faces = Array(sample.faces.prefix(people))
    return sample
  }

  private func moved(_ tile: TileObservation, _ copy: Int, _ sample: SampleObservation) -> TileObservation {
    var tile = tile
    tile.box = moved(tile.box, copy, sample)
    tile.appearance = tile.appearance.map { ($0 + Float(copy) * 0.09).truncatingRemainder(dividingBy: 1) }
    if let length = tile.labelShape.last {
      let bins = tile.labelShape.dropLast()
      let shift = min(bins.count, copy * 5)
      tile.labelShape = Array(bins.dropFirst(shift) + bins.prefix(shift)) + [length]
    }
    return tile
  }

  private func moved(_ face: FaceObservation, _ copy: Int, _ sample: SampleObservation) -> FaceObservation {
    var face = face
    face.box = moved(face.box, copy, sample)
    return face
  }

  private func moved(_ box: Box, _ copy: Int, _ sample: SampleObservation) -> Box {
    let (wide, high) = (1 / Double(columns), 1 / Double(rows))
    return Box(
      x: box.x * wide + Double(copy % columns) * wide * Double(sample.frameWidth),
      y: box.y * high + Double(copy / columns) * high * Double(sample.frameHeight), width: box.width * wide,
      height: box.height * high)
  }

  /// Makes the report folder `output` out of `report`, ready for `afterclass report`.
  static func write(from report: URL, people: Int, count: Int64, to output: URL) throws {
    let store = try ObservationStore(reading: report.appendingPathComponent(ReportFile.observations))
    let repeated = RepeatedObservations(samples: try store.samples(), people: people)
    try? FileManager.default.removeItem(at: output)
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    for name in [ReportFile.run, ReportFile.words, ReportFile.pipeline] {
      try FileManager.default.copyItem(
        at: report.appendingPathComponent(name), to: output.appendingPathComponent(name))
    }
    let account = try store.slices().first?.account ?? "{}"
    let copy = try ObservationStore(
      at: output.appendingPathComponent(ReportFile.observations), for: try store.provenance())
    for first in stride(from: Int64(0), to: count, by: 300) {
      let slice = first..<min(count, first + 300)
      try copy.commit(
        SliceRecord(first: slice.lowerBound, last: slice.upperBound - 1, account: account),
        samples: slice.map(repeated.sample))
    }
  }
}
