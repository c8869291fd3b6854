import Engagement
import Foundation
import Testing

@testable import Reporting

@Suite struct ExportTests {
  private func withReport(
    _ formats: Set<ExportFormat>, aggregateOnly: Bool = false, _ body: (URL) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("export-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    var made = MadeClass()
    (made.people, made.seconds, made.trouble) = (6, 90, 20..<60)
    let samples = Array(made.samples())
    let cues = [Cue(source: .transcript, start: 25, end: 30, speaker: "Ana Ruiz", text: "words")]
    func write(_ formats: Set<ExportFormat>, _ aggregateOnly: Bool) throws {
      var settings = SummarySettings()
      (settings.pseudonyms, settings.aggregateOnly) = (false, aggregateOnly)
      let summary = summarise(
        samples: samples, settings: settings,
        companions: Companions(
          transcript: cues, decisions: [.rename(participant: 2, name: "Ben Okoye")]))
      try Reporting.write(
        summary: summary, run: RunDescription(recording: "=class.mp4"), to: folder.path, formats: formats
      ) { try samples.forEach($0) }
    }
    // What an earlier run wrote must not stay.
    try write(Set(ExportFormat.allCases), false)
    try write(formats, aggregateOnly)
    try body(folder)
  }

  private func lines(_ name: String, in folder: URL) throws -> [String] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n").map(
      String.init)
  }

  @Test func jsonLinesHoldWhatTheCSVHolds() throws {
    try withReport([.json]) { folder in
      for name in ["class", "windows", "faces"] {
        let table = try lines("\(name).csv", in: folder)
        let objects = try lines("\(name).jsonl", in: folder).map {
          try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(objects.count == table.count - 1)
        let heads = Set(table[0].split(separator: ",").map(String.init))
        #expect(objects.allSatisfy { Set($0.keys) == heads })
      }
    }
  }

  /// A value of JSON Lines.
  private enum Value: Decodable {
    case nothing, flag(Bool), number(Double), text(String)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .nothing
      } else if let flag = try? value.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try value.decode(String.self))
      }
    }

    /// Whether a cell of CSV without quotes says the same.
    func agrees(with cell: Substring) -> Bool {
      switch self {
      case .nothing: cell.isEmpty
      case .flag(let flag): cell == (flag ? "true" : "false")
      case .number(let number): Double(cell) == number
      case .text(let text): cell == text
      }
    }
  }

  @Test(arguments: ["class", "windows", "faces"])
  func `each cell of the CSV is the same column's value in the JSON`(name: String) throws {
    try withReport([.json]) { folder in
      let rows = try lines("\(name).csv", in: folder).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let objects = try lines("\(name).jsonl", in: folder).map {
        try JSONDecoder().decode([String: Value].self, from: Data($0.utf8))
      }
      try #require(objects.count == rows.count - 1 && !objects.isEmpty)
      let others = zip(rows.dropFirst(), objects).flatMap { cells, object in
        zip(rows[0], cells).filter { object[String($0)]?.agrees(with: $1) != true }.map { "\($0): \($1)" }
      }
      #expect(rows.allSatisfy { $0.count == rows[0].count } && others.isEmpty, "\(others.prefix(5))")
    }
  }

  @Test func pyFeatsNamesStandInItsTable() throws {
    try withReport([.pyFeat]) { folder in
      let table = try lines("faces.py-feat.csv", in: folder)
      let heads = table[0].split(separator: ",").map(String.init)
      for name in [
        "frame", "input", "FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore", "Pitch",
        "Roll", "Yaw", "x_0", "x_67", "y_0", "y_67", "anger", "disgust", "fear", "happiness", "sadness",
        "surprise", "neutral", "Identity",
      ] { #expect(heads.contains(name)) }
      #expect(table.dropFirst().allSatisfy { $0.hasPrefix("'=class.mp4,") })
    }
  }

  @Test func openFacesNamesStandInItsTable() throws {
    try withReport([.openFace]) { folder in
      let table = try lines("faces.openface.csv", in: folder)
      let heads = "frame,face_id,timestamp,confidence,success,pose_Rx,pose_Ry,pose_Rz,x_0,x_1"
      #expect(table[0].hasPrefix(heads))
      #expect(table[1].hasPrefix("1,1,0.000,0.900,1,"))
    }
  }

  @Test func whatIsNotAskedForIsNotLeftBehind() throws {
    try withReport([]) { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(!names.contains { ExportFormat.files.contains($0) })
    }
  }

  @Test func theClassAloneSaysNothingAboutAnyone() throws {
    try withReport([.json, .pyFeat], aggregateOnly: true) { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(!names.contains { $0.hasPrefix("faces") || $0.hasPrefix("part") || $0.hasPrefix("presence") })
      for name in names {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(!text.contains("Okoye") && !text.contains("Ruiz") && !text.contains("Participant 1"))
      }
      let page = try String(contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
      #expect(page.contains("6 participants") && !page.contains("id=\"heat\""))
    }
  }
}

@Suite struct ParticipantsTableTests {
  @Test func everyParticipantHasARowAWindow() {
    var made = MadeClass()
    (made.people, made.seconds) = (4, 90)
    let summary = summarise(samples: made.samples())
    let rows = participantRows(summary)
    #expect(rows.count == summary.participants.count * summary.windows.count)
    #expect(rows.prefix(summary.windows.count).allSatisfy { $0.participant == "Participant 1" })
    #expect(rows.map(\.time.seconds).max() == 80)
  }
}
