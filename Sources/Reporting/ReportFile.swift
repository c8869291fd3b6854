public import Foundation

/// What is in a report's folder besides the files of ``fileNames``.
public enum ReportFile {
  /// What was measured.
  public static let observations = "observations.sqlite"
  /// What the report was made from and with. Written last: it says whether the report is finished.
  public static let run = "run.json"
  /// What was said and written.
  public static let words = "words.json"
  /// The settings that were used.
  public static let pipeline = "pipeline.yaml"
  /// What a night knows of the report.
  public static let origin = "origin.json"
  /// The folder of portions that are measured apart.
  public static let portions = ".portions"

  /// What ``run`` says of the report: whether all other files are in place, or change.
  public enum State: String, Codable, Sendable { case finished, unfinished }

  /// Whether the report in `folder` says of itself that it is finished.
  public static func isFinished(_ folder: URL) -> Bool {
    struct Record: Decodable { var state: State }
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(run)) else { return false }
    return (try? JSONDecoder().decode(Record.self, from: data))?.state == .finished
  }
}
