import Engagement
import Foundation
import Vocabulary

/// One finished report, as the index shows it; read from the report's own folder.
struct Lecture {
  /// Name of the report's folder.
  let folder: String
  let title: String
  let course: String
  /// ISO 8601 in the recording's own clock, where it is known.
  let started: String?
  let summary: Summary

  /// "2026-03-01 10:02".
  var date: String {
    guard let started else { return "" }
    return String(started.prefix(16).map { $0 == "T" ? " " : $0 })
  }

  /// What a level depends on besides the lecture itself.
  struct Scale: Hashable {
    let headline: Headline
    let baseline: Baseline
    let knowsUsualFaces: Bool
    let weights: EngagementWeights
  }

  var scale: Scale {
    Scale(
      headline: summary.headline, baseline: summary.settings.baseline,
      knowsUsualFaces: Trust(summary).isLevelComparable, weights: summary.settings.weights)
  }

  /// From the first window to the end of the last.
  var secondsOfWindows: Double {
    guard let first = summary.windows.first, let last = summary.windows.last else { return 0 }
    return (last.time - first.time).seconds + summary.settings.window
  }

  /// The headline index over the lecture, its length divided into `parts` equal ones; `nil` where no window
  /// with a class value lies.
  func curve(parts: Int) -> [Double?] {
    let windows = summary.windows
    guard let first = windows.first else { return [] }
    let length = secondsOfWindows
    var sums = [(total: Double, count: Int)](repeating: (0, 0), count: parts)
    for (window, value) in zip(windows, summary.curve) {
      guard let value else { continue }
      let share = (window.time.seconds + summary.settings.window / 2 - first.time.seconds) / length
      let part = min(parts - 1, max(0, Int(share * Double(parts))))
      sums[part].total += value
      sums[part].count += 1
    }
    return sums.map { $0.count > 0 ? $0.total / Double($0.count) : nil }
  }
}

/// A folder below the reports, and what can be told of it.
enum ReportState {
  case finished(Lecture)
  /// Measuring was begun and is not done.
  case unfinished(folder: String)
  case unreadable(folder: String, reason: String)
}

/// What a recording's file name says, for reports that were made without a catalogue.
public struct RecordingTitle: Sendable {
  public var title: String
  /// ISO 8601.
  public var started: String?

  public init(title: String, started: String?) {
    self.title = title
    self.started = started
  }
}

extension ReportState {
  private struct Record: Decodable {
    struct Recording: Decodable { var name: String }
    var state: ReportFile.State
    var recording: Recording
  }
  private struct Origin: Decodable {
    var title: String
    var started: String?
    var path: String?
  }

  /// `nil` for a folder that is no report.
  init?(_ folder: URL, naming: (String) -> RecordingTitle) {
    let name = folder.lastPathComponent
    func data(_ file: String) -> Data? { try? Data(contentsOf: folder.appendingPathComponent(file)) }
    guard let run = data(ReportFile.run) else {
      let begun = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent(ReportFile.observations).path)
      guard begun else { return nil }
      self = .unfinished(folder: name)
      return
    }
    do {
      let record = try JSONDecoder().decode(Record.self, from: run)
      guard record.state == .finished else {
        self = .unfinished(folder: name)
        return
      }
      let origin = data(ReportFile.origin).flatMap { try? JSONDecoder().decode(Origin.self, from: $0) }
      let read = naming(record.recording.name)
      let title = origin?.title ?? read.title
      let summary = try JSONDecoder().decode(Summary.self, from: data("summary.json") ?? Data())
      self = .finished(
        Lecture(
          folder: name, title: title, course: courseName(title: title, path: origin?.path),
          started: origin?.started ?? read.started, summary: summary))
    } catch {
      self = .unreadable(
        folder: name,
        reason:
          "run.json or summary.json cannot be read; run `afterclass report` on the folder to write them again"
      )
    }
  }
}
