import Foundation
import Rendering
import Testing

/// The tables on the sample against what the sample is known to show.
@Suite(.serialized) struct SampleTests {
  private static let folder = TemporaryFolder()

  /// Every fourth second of the sample, with the pipeline that ships; analysed once for all tests.
  private static let analysis = Result {
    try CommandLine.run([
      "analyze", CommandLine.sample.path, "--every", "4s", "--quiet", "--profile", "--output",
      folder.url.path,
    ])
  }

  /// What `run.json` tells of the time that measuring took.
  private struct Record: Decodable {
    struct Effort: Decodable { var seconds: Double, count: Int }
    struct Samples: Decodable { var measured, faces: Int }
    var samples: Samples
    var stages: [String: Effort]
    var seconds: Double { stages.values.reduce(0) { $0 + $1.seconds } }
  }

  private static func record() throws -> Record {
    let file = folder.url.appendingPathComponent("run.json")
    return try JSONDecoder().decode(Record.self, from: Data(contentsOf: file))
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

  @Test func `the profile tells of each stage what the run's record holds`() throws {
    let result = try SampleTests.analysis.get()
    try #require(result.status == 0, "\(result.errors)")
    let record = try SampleTests.record()
    let lines = result.output.split(separator: "\n")
    let rows = lines.dropFirst().dropLast().map { $0.split(separator: " ").map(String.init) }
    try #require(rows.allSatisfy { $0.count == 5 }, "\(result.output)")
    #expect(lines.first == "stage        CPU s   share    count   ms each")
    #expect(Set(rows.map { $0[0] }) == Set(record.stages.keys) && rows.count == record.stages.count)
    for row in rows {
      let effort = try #require(record.stages[row[0]])
      let each = effort.seconds / Double(effort.count) * 1000
      #expect(row[1] == String(format: "%.2f", effort.seconds))
      #expect(row[3] == "\(effort.count)" && row[4] == String(format: "%.3f", each))
    }
    let shares = rows.compactMap { Double($0[2].dropLast()) }
    #expect(shares.count == rows.count && abs(shares.reduce(0, +) - 100) < 0.5)
    let speed = String(format: "%.2f   (%.1f × real time a core)", record.seconds, 130 / record.seconds)
    #expect(lines.last?.hasPrefix("all ") == true && lines.last?.hasSuffix(" \(speed)") == true)
    #expect(record.samples.measured == 33 && record.stages["layout"]?.count == 33)
    #expect(record.stages["classify"]?.count == record.samples.faces)
  }

  @Test func `probe's estimate is near what the analysis then takes`() throws {
    struct Answer: Decodable { var estimatedSeconds: Double }
    _ = try SampleTests.rows("class.csv")
    let taken = try SampleTests.record().seconds
    let probed = try CommandLine.run([
      "probe", "--json", CommandLine.sample.path, "--set", "sample.every=4s",
    ])
    let answer = try JSONDecoder().decode(Answer.self, from: Data(probed.output.utf8))
    // With all cores at work.
    let estimated = answer.estimatedSeconds * Double(ProcessInfo.processInfo.activeProcessorCount)
    #expect((taken / 3...taken * 3).contains(estimated), "\(estimated) of \(taken)")
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
func table(_ file: URL) throws -> [[String: String]] {
  let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
  let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  return lines.dropFirst().map { line in
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })
  }
}
