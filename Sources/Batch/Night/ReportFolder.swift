import Foundation
import Reporting

/// The name of a report's folder: readable, unique, and the same however the recording is moved.
enum ReportFolder {
  /// `2026-03-01 1002 Data structures (1a2b3c4d)`
  static func name(title: String, started: String?, digest: String) -> String {
    let when = started.map { $0.prefix(16).replacing("T", with: " ").replacing(":", with: "") + " " } ?? ""
    return when + sanitised(title) + " (\(digest.prefix(8)))"
  }

  /// No separator, no control character, no leading dot or dash; short enough for every file system once
  /// date and digest are added (255 bytes).
  static func sanitised(_ title: String) -> String {
    let clean = title.unicodeScalars.map { scalar in
      scalar == "/" || scalar == "\\" || scalar.properties.generalCategory == .control
        ? " " : Character(scalar)
    }
    var name = String(clean).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    while let first = name.first, first == "." || first == "-" { name.removeFirst() }
    while name.utf8.count > 180 { name.removeLast() }
    return name.isEmpty ? "recording" : name
  }
}

extension ReportFolder {
  /// The recording's length as a finished report states it.
  static func seconds(of folder: URL) -> Double? {
    struct Record: Decodable {
      struct Recording: Decodable { var seconds: Double }
      var recording: Recording
    }
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(ReportFile.run)) else { return nil }
    return try? JSONDecoder().decode(Record.self, from: data).recording.seconds
  }
}
