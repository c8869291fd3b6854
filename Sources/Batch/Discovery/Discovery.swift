import Foundation
import Pipeline
import Reporting

/// One recording to analyse, with what lies beside it.
public struct Candidate: Hashable, Sendable {
  public var file: FoundFile
  public var name: RecordingName
  /// Transcript, chat and participant list on this recording's clock, where they were found.
  public var companions: [FoundFile]
  /// Other views of the same meeting that this one was preferred to.
  public var otherViews: [FoundFile]
  /// How many parts the meeting was recorded in.
  public var parts: Int

  /// For the catalogue and the index: the topic, with its part where there are several.
  public var title: String {
    guard parts > 1, let part = name.part else { return name.topic }
    return "\(name.topic), part \(part) of \(parts)"
  }

  /// Whether a transcript or the like came after a report was finished, in seconds since 1970: a meeting's words
  /// are often ready hours after its video.
  func hasNewCompanion(since finished: Int64) -> Bool {
    companions.contains { $0.modified / 1_000_000_000 > finished }
  }

  /// Size, time and name of each companion, for a report to remember which it was made with. One that this user may not
  /// read is left out: it is news once they may.
  var companionStates: [String] {
    companions.filter { access($0.path, R_OK) == 0 }.map { "\($0.size) \($0.modified) \($0.name)" }
  }
}

/// The recordings below some folders, grouped by meeting.
public struct Discovery: Sendable {
  public var candidates: [Candidate]
  public var refusals: [FolderWalk.Refusal]
  private var folders: [String] = []
  /// Folders that were taken for reports and may be something else.
  public var passedOver: [String] = []
  /// Recordings that another program has yet to finish: `double_click_to_convert_*.zoom`.
  public var unconverted: [FoundFile]

  private static let videoEndings = CompanionNames.recordingEndings
  private static let companionEndings: Set<String> = ["vtt", "srt", "sbv", "txt", "csv"]

  public init(in folders: [String], output: String) {
    let output = Self.absolute(output)
    let roots = folders.map(Self.absolute)
    let walk = FolderWalk(of: roots) { folder, names in
      // Who names a folder wants to have it looked into, whatever it holds.
      !roots.contains(folder)
        && (folder == output || names.contains(ReportFile.run) || names.contains(ReportFile.observations))
    }
    self.init(files: walk.files, refusals: walk.refusals)
    self.folders = roots
    passedOver = walk.passedOver.filter { folder in
      folder.path != output
        && (!folder.names.contains(ReportFile.observations)
          || folder.names.contains(where: CompanionNames.isRecording))
    }.map(\.path)
  }

  /// Groups files that were found; the order of candidates is oldest first, then by path.
  public init(files: [FoundFile], refusals: [FolderWalk.Refusal] = []) {
    var meetings: [Meeting.Key: Meeting] = [:]
    unconverted = []
    for file in files where !file.name.hasPrefix(".") {
      let ending = file.name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if ending == "zoom", file.name.hasPrefix("double_click_to_convert_") {
        unconverted.append(file)
      } else if Self.videoEndings.contains(ending) || Self.companionEndings.contains(ending) {
        let folder = file.folder.split(separator: "/").last.map(String.init) ?? ""
        let name = RecordingName(file: file.name, folder: folder)
        let key = Meeting.Key(folder: file.folder, meeting: name.meeting)
        if Self.videoEndings.contains(ending) {
          meetings[key, default: Meeting()].videos.append((file, name))
        } else {
          meetings[key, default: Meeting()].companions.append((file, name.part ?? 1))
        }
      }
    }
    self.refusals = refusals
    Self.adopt(&meetings)
    candidates = meetings.values.flatMap(\.candidates).sorted {
      ($0.file.modified, $0.file.path) < ($1.file.modified, $1.file.path)
    }
  }

  /// Companions of no meeting's name go to the recordings that `analyze` alone would read them with.
  private static func adopt(_ meetings: inout [Meeting.Key: Meeting]) {
    let orphans = meetings.filter(\.value.videos.isEmpty).flatMap(\.value.companions)
    guard !orphans.isEmpty else { return }
    var owners: [String: [String: (meeting: Meeting.Key, part: Int)]] = [:]
    for (key, meeting) in meetings {
      for video in meeting.videos {
        owners[key.folder, default: [:]][video.file.name] = (key, video.name.part ?? 1)
      }
    }
    let names = owners.mapValues { CompanionNames(recordings: $0.keys.sorted()) }
    for (file, _) in orphans {
      let found = (names[file.folder]?.recordings(of: file.name) ?? []).compactMap {
        owners[file.folder]?[$0]
      }
      for owner in found
      where meetings[owner.meeting]?.companions.contains(where: { $0.file == file }) == false {
        meetings[owner.meeting]?.companions.append((file, owner.part))
      }
    }
  }

  /// Whether a file of this path would have been found if it were there.
  func covers(_ path: String) -> Bool {
    func isBelow(_ folder: String) -> Bool { path.hasPrefix(folder == "/" ? folder : folder + "/") }
    return folders.contains(where: isBelow) && !refusals.contains { $0.path == path || isBelow($0.path) }
  }

  static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else {
      return URL(fileURLWithPath: path).standardizedFileURL.path
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// The files of one meeting in one folder.
private struct Meeting {
  struct Key: Hashable {
    var folder: String
    var meeting: String
  }

  var videos: [(file: FoundFile, name: RecordingName)] = []
  /// With the part of the meeting that each tells of.
  var companions: [(file: FoundFile, part: Int)] = []

  /// One candidate a part: of the views of a part, the one that shows most faces.
  var candidates: [Candidate] {
    let parts = Dictionary(grouping: videos) { $0.name.part ?? 1 }
    return parts.compactMap { part, views in
      let ranked = views.sorted {
        ($0.name.layout, $1.file.size, $0.file.path) < ($1.name.layout, $0.file.size, $1.file.path)
      }
      return ranked.first.map { best in
        Candidate(
          file: best.file, name: best.name,
          companions: companions.filter { $0.part == part }.map(\.file).sorted { $0.path < $1.path },
          otherViews: ranked.dropFirst().map(\.file), parts: parts.count)
      }
    }
  }
}
