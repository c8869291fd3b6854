import Foundation
import Rendering
import Testing

/// The tables on the sample against what the sample is known to show.
@Suite(.serialized) struct SampleTests {
  private static let folder = TemporaryFolder()

  /// Every fourth second of the sample, with the pipeline that ships; analysed once for all tests.
  private static let analysis = Result {
    try CommandLine.run(
      ["analyze", CommandLine.sample.path, "--every", "4s", "--quiet", "--output", folder.url.path])
  }

  private static func rows(_ name: String) throws -> [[String: String]] {
    let result = try analysis.get()
    try #require(result.status == 0, "\(result.errors)")
    return try table(folder.url.appendingPathComponent(name))
  }

  @Test func everySampleStandsAtItsExactTime() throws {
    let rows = try SampleTests.rows("class.csv")
    #expect(rows.map { $0["time_s"] ?? "" } == (0..<33).map { "\($0 * 4).000" })
    #expect(rows.last?["timecode"] == "00:02:08")
  }

  @Test func facesAreFoundWhereCamerasAreOnAndNowhereElse() throws {
    var (shown, found, ghosts) = (0, 0, 0)
    try forEachTile { tile, faces in
      if tile.camera {
        shown += 1
        found += faces.isEmpty ? 0 : 1
      } else {
        ghosts += faces.count
      }
    }
    #expect(shown > 100)
    #expect(Double(found) >= 0.95 * Double(shown), "\(found) of \(shown) faces found")
    #expect(ghosts == 0)
  }

  @Test func aPersonStaysOneParticipantThroughJoinsAndSwaps() throws {
    var counts: [String: [String: Int]] = [:]
    try forEachTile { tile, faces in
      for face in faces { counts[tile.participant, default: [:]][face["participant"] ?? "", default: 0] += 1 }
    }
    let all = counts.values.flatMap(\.values).reduce(0, +)
    let right = counts.values.compactMap { $0.values.max() }.reduce(0, +)
    let participants = Set(counts.values.compactMap { $0.max { $0.value < $1.value }?.key })
    #expect(Double(right) >= 0.97 * Double(all), "\(right) of \(all) faces")
    #expect(participants.count == counts.count)
  }

  @Test func happySurpriseAndNeutralAreToldApart() throws {
    let asked = ["happy", "surprise", "neutral"]
    var (right, all): ([String: Int], [String: Int]) = ([:], [:])
    try forEachTile { tile, faces in
      guard let truth = tile.expression, asked.contains(truth), let face = faces.first else { return }
      let answer = asked.max { number(face, $0) < number(face, $1) }
      all[truth, default: 0] += 1
      right[truth, default: 0] += answer == truth ? 1 : 0
    }
    for expression in asked {
      let recall = Double(right[expression] ?? 0) / Double(max(1, all[expression] ?? 0))
      #expect(recall >= 0.7, "\(expression): \(right[expression] ?? 0) of \(all[expression] ?? 0)")
    }
  }

  private func forEachTile(_ body: (LectureTruth.Tile, [[String: String]]) -> Void) throws {
    let truth = CommandLine.sample.deletingPathExtension().appendingPathExtension("truth.json")
    let bySecond = Dictionary(grouping: try SampleTests.rows("faces.csv")) { $0["time_s"] ?? "" }
    for second in try LectureTruth(json: Data(contentsOf: truth)).timeline where Int(second.t) % 4 == 0 {
      let faces = bySecond["\(Int(second.t)).000"] ?? []
      for tile in second.tiles { body(tile, faces.filter { lies($0, in: tile.tile) }) }
    }
  }

  /// Whether the face's middle lies in a rectangle x, y, width, height.
  private func lies(_ face: [String: String], in tile: [Int]) -> Bool {
    let (x, y) = (number(face, "x") + number(face, "w") / 2, number(face, "y") + number(face, "h") / 2)
    return x >= Double(tile[0]) && x < Double(tile[0] + tile[2]) && y >= Double(tile[1])
      && y < Double(tile[1] + tile[3])
  }

  private func number(_ face: [String: String], _ column: String) -> Double {
    face[column].flatMap(Double.init) ?? 0
  }
}

/// The rows of a CSV file whose cells hold neither commas nor quotes, as the sample's do.
private func table(_ file: URL) throws -> [[String: String]] {
  let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
  let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  return lines.dropFirst().map { line in
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })
  }
}
