import Foundation

/// One recording to analyse, with what lies beside it.
public struct Candidate: Hashable, Sendable {
  public var file: FoundFile
  public var name: RecordingName
  /// Transcript, chat and participant list of the same meeting, where they were found.
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

  /// The companions on this recording's clock: of a meeting in several parts they are the first one's.
  var ownCompanions: [FoundFile] { parts == 1 || name.part == 1 ? companions : [] }

  /// Whether a transcript or the like came after a report was finished, in seconds since 1970: a meeting's words
  /// are often ready hours after its video.
  func hasNewCompanion(since finished: Int64) -> Bool {
    ownCompanions.contains { $0.modified / 1_000_000_000 > finished }
  }
}

/// The recordings below some folders, grouped by meeting.
public struct Discovery: Sendable {
  public var candidates: [Candidate]
  public var refusals: [FolderWalk.Refusal]
  /// Recordings that another program has yet to finish: `double_click_to_convert_*.zoom`.
  public var unconverted: [FoundFile]

  /// The containers that recordings come in.
  static let videoEndings: Set<String> = [
    "mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "mts", "flv", "mpg", "mpeg", "wmv",
  ]
  static let companionEndings: Set<String> = ["vtt", "srt", "sbv", "txt", "csv"]

  public init(in folders: [String], output: String) {
    let output = Self.absolute(output)
    let walk = FolderWalk(of: folders.map(Self.absolute)) { folder, names in
      folder == output || names.contains("run.json") || names.contains("observations.sqlite")
    }
    self.init(files: walk.files, refusals: walk.refusals)
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
          meetings[key, default: Meeting()].companions.append(file)
        }
      }
    }
    self.refusals = refusals
    candidates = meetings.values.flatMap(\.candidates).sorted {
      ($0.file.modified, $0.file.path) < ($1.file.modified, $1.file.path)
    }
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
  var companions: [FoundFile] = []

  /// One candidate a part: of the views of a part, the one that shows most faces.
  var candidates: [Candidate] {
    let parts = Dictionary(grouping: videos) { $0.name.part ?? 1 }
    return parts.values.compactMap { views in
      let ranked = views.sorted {
        ($0.name.layout, $1.file.size, $0.file.path) < ($1.name.layout, $0.file.size, $1.file.path)
      }
      return ranked.first.map { best in
        Candidate(
          file: best.file, name: best.name, companions: companions.sorted { $0.path < $1.path },
          otherViews: ranked.dropFirst().map(\.file), parts: parts.count)
      }
    }
  }
}
