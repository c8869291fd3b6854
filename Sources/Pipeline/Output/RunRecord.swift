import Foundation
public import Media
public import Reporting

/// `run.json`: what a report was made from and with, what it took, and what was skipped and why. A report is
/// finished when this file says so.
public struct RunRecord: Codable, Equatable, Sendable {
  public var software: String
  /// Finished is written last, when all other files are in place; unfinished while they change.
  public var state = ReportFile.State.finished
  public var recording: Source
  public var pipeline: Settings
  public var models: [Model]
  public var samples: Samples
  public var gaps: [Gap]
  /// CPU seconds and counts of each stage, over all slices.
  public var stages: [Account.Stage: Account.Effort]
  public var slices: [Slice]
  /// Tables written besides the usual ones, which rendering again keeps.
  public var formats: [String]?
  /// SHA-256 of every file of the report.
  public var files: [String: String]

  public struct Source: Codable, Equatable, Sendable {
    public var name: String
    public var sha256: String
    public var bytes: Int
    public var seconds: Double
    public var information: RecordingInformation?
    public var heading: Heading?
  }

  public struct Settings: Codable, Equatable, Sendable {
    public var name: String
    public var measuringDigest: String
    public var summarisingDigest: String
  }

  public struct Model: Codable, Equatable, Sendable {
    /// `detector`, `landmarks` or `expressions`.
    public var role: String
    public var name: String
    public var digest: String
    /// What a reader of the report has to know of it: accuracy, data, limits.
    public var card: String
    /// How often a network that reads expressions is right, 0 to 1; of several figures the least.
    public var accuracy: Double?

    public init(role: String, name: String, digest: String, card: String = "", accuracy: Double? = nil) {
      self.role = role
      self.name = name
      self.digest = digest
      self.card = card
      self.accuracy = accuracy
    }

    /// The models among what measured values depend on, one a line (`Analysis.measuringSettings`); without their cards.
    static func listed(in settings: String) -> [Model] {
      settings.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard words.count >= 3,
          let role = ["detector", "landmarks", "expressions"].first(where: { words[0] == "\($0):" })
        else { return nil }
        return Model(
          role: role, name: words[1..<words.count - 1].joined(separator: " "),
          digest: String(words[words.count - 1]))
      }
    }
  }

  public struct Samples: Codable, Equatable, Sendable {
    public var planned: Int
    public var measured: Int
    public var faces: Int
    public var unreadableFaces: Int
  }

  public struct Slice: Codable, Equatable, Sendable {
    public var first: Int64
    public var last: Int64
    public var account: Account
  }
}

extension [RunRecord.Model] {
  /// Whether expressions were measured.
  var readExpressions: Bool { contains { $0.role == "expressions" } }
}

extension RunRecord {
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }

  /// The record in a folder; `nil` where there is none that can be read.
  init?(in folder: OutputFolder) {
    guard let data = try? Data(contentsOf: folder.runRecord),
      let record = try? JSONDecoder().decode(RunRecord.self, from: data)
    else { return nil }
    self = record
  }
}

extension Gap {
  /// "00:12:03 to 00:12:09 (6 samples): reason".
  public var sentence: String {
    let count = indices.count == 1 ? "1 sample" : "\(indices.count) samples"
    return "\(start.timecode) to \(end.timecode) (\(count)): \(reason)"
  }
}
