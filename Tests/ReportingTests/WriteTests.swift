import Engagement
import Foundation
import Testing
import Vocabulary

@testable import Reporting

@Suite struct WriteTests {
  private func withReport(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    var made = MadeClass()
    made.people = 4
    made.seconds = 60
    let samples = Array(made.samples())
    let run = RunDescription(recording: "class.mp4")
    try Reporting.write(summary: summarise(samples: samples), run: run, to: folder.path) { visit in
      try samples.forEach(visit)
    }
    try body(folder)
  }

  @Test func everyFileIsThereWholeAndItsOwnersAlone() throws {
    try withReport { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(
        names == [
          "class.csv", "datapackage.json", "events.vtt", "faces.csv", "participants.csv", "presence.csv",
          "report.html", "summary.json", "windows.csv",
        ])
      for name in names {
        let attributes = try FileManager.default.attributesOfItem(
          atPath: folder.appendingPathComponent(name).path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      }
    }
  }

  @Test func thePackageNamesTheColumnsThatTheFilesHave() throws {
    try withReport { folder in
      let data = try Data(contentsOf: folder.appendingPathComponent("datapackage.json"))
      let package = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      for resource in try #require(package["resources"] as? [[String: Any]]) {
        let path = try #require(resource["path"] as? String)
        let schema = try #require(resource["schema"] as? [String: Any])
        let fields = try #require(schema["fields"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        #expect(text.split(separator: "\n").first.map(String.init) == fields.joined(separator: ","))
      }
    }
  }

  @Test func aRowStandsForEverySampleAndEveryFace() throws {
    try withReport { folder in
      func rows(_ name: String) throws -> Int {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n")
          .count - 1
      }
      var made = MadeClass()
      made.people = 4
      made.seconds = 60
      let rows = try ["class.csv", "faces.csv", "presence.csv"].map(rows)
      #expect(
        rows == [
          60, made.samples().reduce(0) { $0 + $1.faces.count },
          made.samples().reduce(0) { $0 + $1.tiles.count },
        ])
    }
  }

  @Test func aReportOnTheClassAloneHoldsNoParticipant() throws {
    try withReport { folder in
      var settings = SummarySettings()
      settings.aggregateOnly = true
      let samples = Array(MadeClass().samples())
      let summary = summarise(
        samples: samples, settings: settings,
        companions: Companions(transcript: MadeClass().transcript, chat: MadeClass().chat))
      try Reporting.write(
        summary: summary, run: RunDescription(recording: "class.mp4"), to: folder.path
      ) { visit in try samples.forEach(visit) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(!names.contains("faces.csv") && !names.contains("presence.csv"))
      for name in names {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        for word in ["Participant 1", "Voice A", "Ana Ruiz", "Dina Haddad", "faces.csv", "Carried by 1"] {
          #expect(!text.contains(word), "\(name): \(word)")
        }
      }
    }
  }

  @Test func aFolderThatCannotBeMadeIsNamed() {
    let summary = summarise(samples: [])
    #expect {
      try Reporting.write(summary: summary, run: RunDescription(recording: "a"), to: "/proc/nowhere/report") {
        _ in
      }
    } throws: { "\($0)".hasPrefix("/proc/nowhere/report: cannot make the folder") }
  }
}
