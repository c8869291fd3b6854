import Engagement
import Foundation
import Testing

@testable import Reporting

@Suite struct CourseNameTests {
  @Test(arguments: [
    ("Data structures", "Data structures"), ("Algebra 2026-03-01", "Algebra"),
    ("Algebra, lecture 4", "Algebra"),
    ("algebra-2026-03-01", "algebra"), ("algebra-w04", "algebra"), ("algebra_2026_03_01", "algebra"),
    ("CS101", "CS101"), ("CS101 week 3", "CS101"), ("Data structures, part 2 of 3", "Data structures"),
    ("Recording of 2026-03-01 10:02 GMT", "Algebra I"), ("2026-03-01", "Algebra I"),
  ])
  func datesAndRunningNumbersAreNoPartOfACourse(title: String, course: String) {
    #expect(courseName(title: title, path: "/srv/Algebra I/file.mp4") == course)
  }
}

@Suite struct IndexTests {
  /// A folder of three lectures of one course and one of another.
  private func withReports(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("index-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (number, name) in ["A 2026-03-01", "A 2026-03-08", "A 2026-03-15", "<b>B</b>"].enumerated() {
      var made = MadeClass()
      (made.people, made.seconds, made.trouble) = (4 + number, 120, 30..<60)
      let samples = Array(made.samples())
      let report = folder.appendingPathComponent("report \(number) #?")
      try FileManager.default.createDirectory(at: report, withIntermediateDirectories: true)
      try Reporting.write(
        summary: summarise(samples: samples), run: RunDescription(recording: name), to: report.path
      ) { try samples.forEach($0) }
      let run = ["state": "finished", "recording": ["name": name]] as [String: Any]
      try JSONSerialization.data(withJSONObject: run).write(to: report.appendingPathComponent("run.json"))
      let origin = ["title": name, "started": "2026-03-0\(number + 1)T10:00:00"]
      try JSONSerialization.data(withJSONObject: origin).write(
        to: report.appendingPathComponent("origin.json"))
    }
    try body(folder)
  }

  private func page(of folder: URL, failures: [FailedRecording] = []) throws -> String {
    let index = try writeIndex(of: folder, failures: failures)
    return try String(contentsOf: index.file, encoding: .utf8)
  }

  @Test func lecturesOfACourseStandTogetherTheLatestFirst() throws {
    try withReports { folder in
      let page = try page(of: folder)
      #expect(page.split(separator: "<section class=\"course\">").count - 1 == 2)
      let rows = page.split(separator: "<tr>").map(String.init).filter { $0.contains("report.html") }
      #expect(rows.count == 4)
      let first = try #require(page.firstRange(of: "A 2026-03-15</a>"))
      let last = try #require(page.firstRange(of: "A 2026-03-01</a>"))
      #expect(first.lowerBound < last.lowerBound)
    }
  }

  @Test func linksLeadToTheReportsWhateverTheirNames() throws {
    try withReports { folder in
      let page = try page(of: folder)
      #expect(page.contains("href=\"./report%200%20%23%3F/report.html\""))
      #expect(!page.contains("<b>B"))
    }
  }

  @Test func nothingIsRunAndNothingIsFetched() throws {
    try withReports { folder in
      let page = try page(of: folder)
      #expect(page.contains("default-src 'none'; style-src 'sha256-"))
      #expect(!page.contains("<script") && !page.contains("https://") && !page.contains(" style=\""))
    }
  }

  @Test func whatHasNoReportIsNamedWithItsReason() throws {
    try withReports { folder in
      let begun = folder.appendingPathComponent("begun")
      try FileManager.default.createDirectory(at: begun, withIntermediateDirectories: true)
      try Data().write(to: begun.appendingPathComponent("observations.sqlite"))
      let broken = folder.appendingPathComponent("broken")
      try FileManager.default.createDirectory(at: broken, withIntermediateDirectories: true)
      try Data("{".utf8).write(to: broken.appendingPathComponent("run.json"))
      let failed = FailedRecording(
        title: "Bad <one>", path: "/srv/bad.mp4", reason: "no video stream", isRetried: false)
      let page = try page(of: folder, failures: [failed])
      for text in ["Bad &lt;one&gt;", "no video stream", "/srv/bad.mp4", "begun", "run `afterclass report`"] {
        #expect(page.contains(text))
      }
    }
  }

  @Test func aCurveIsNormalisedToItsLecturesLength() throws {
    var made = MadeClass()
    (made.people, made.seconds, made.trouble) = (6, 400, 300..<400)
    let lecture = Lecture(
      folder: "a", title: "a", course: "a", started: nil, summary: summarise(samples: made.samples()))
    let curve = lecture.curve(parts: 4).compactMap { $0 }
    #expect(curve.count == 4)
    #expect(curve[3] < curve[0] - 0.05 && curve[3] < curve[2] - 0.05)
  }

  @Test func anEmptyFolderHasAPageThatSaysSo() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("index-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try page(of: folder).contains("no finished report"))
  }
}
