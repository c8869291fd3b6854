import Engagement
public import Foundation

/// Transcript, chat and list of participants of a meeting: what lies beside its recording under its name, or
/// what a user names.
public struct CompanionFiles: Sendable {
  public var transcript: URL?
  public var chat: URL?
  public var roster: URL?

  public init(transcript: URL? = nil, chat: URL? = nil, roster: URL? = nil) {
    self.transcript = transcript
    self.chat = chat
    self.roster = roster
  }

  /// The best of each kind among files that belong to one meeting, told by the ends of their names.
  public init(among files: [URL]) {
    func first(_ endings: [String]) -> URL? {
      endings.lazy.compactMap { ending in
        files.first { $0.lastPathComponent.lowercased().hasSuffix(ending) }
      }.first
    }
    self.init(
      transcript: first([".transcript.vtt", ".cc.vtt", ".vtt", ".srt"]),
      chat: first(["newchat.txt", ".chat.txt", "saved_chat.txt", "chat.txt"]),
      roster: first([".participants.csv"]))
  }

  /// Fills in what is not named with files beside `recording` that share its name: `class.transcript.vtt`,
  /// `class.srt`, `class.newChat.txt`, `class.participants.csv` for `class.mp4`; a view's own ending
  /// (`…_gallery_1280x720`) does not matter.
  func completed(beside recording: URL) -> CompanionFiles {
    let folder = recording.deletingLastPathComponent()
    let stem = recording.deletingPathExtension().lastPathComponent
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    let companions = names.filter { name in
      let base = name.prefix { $0 != "." }
      return name != recording.lastPathComponent && !base.isEmpty
        && (stem == base || name.hasPrefix(stem + ".") || stem.hasPrefix(base + "_"))
    }
    let found = CompanionFiles(among: companions.map { folder.appendingPathComponent($0) })
    return CompanionFiles(
      transcript: transcript ?? found.transcript, chat: chat ?? found.chat, roster: roster ?? found.roster)
  }

  /// What the files say about `recording`.
  ///
  /// - Throws: `RecordingError` for a file that cannot be read.
  func words(of recording: URL) throws -> Words {
    let folder = recording.deletingLastPathComponent()
    var words = Words(
      transcript: try transcript.map { Transcript.cues(try Self.bytes($0)) } ?? [],
      chat: try chat.map {
        ChatClock.aligned(
          Chat.cues(try Self.bytes($0)), names: [recording.lastPathComponent, folder.lastPathComponent])
      } ?? [],
      roster: try roster.map { Roster.names(try Self.bytes($0)) } ?? [])
    let empty = [
      (transcript, words.transcript.isEmpty, "WebVTT or SubRip"),
      (chat, words.chat.isEmpty, "a chat of Zoom"),
      (roster, words.roster.isEmpty, "a list of participants"),
    ]
    let sentences = empty.compactMap { file, isEmpty, kind -> String? in
      guard let file, isEmpty else { return nil }
      return "\(file.lastPathComponent): nothing in it could be read as \(kind)."
    }
    words.unread = sentences.isEmpty ? nil : sentences
    return words
  }

  private static func bytes(_ file: URL) throws -> [UInt8] {
    guard let data = try? Data(contentsOf: file) else {
      throw RecordingError("\(file.path): cannot be read; check the path and its permissions")
    }
    guard data.count <= 32 << 20 else {
      throw RecordingError("\(file.path): larger than a transcript or chat can be (32 MiB)")
    }
    return Array(data)
  }
}

/// `words.json` of a report: what was said and written, kept so that a report can be rendered again without the
/// files that it came from.
struct Words: Codable, Equatable {
  var transcript: [Cue] = []
  var chat: [Cue] = []
  var roster: [String] = []
  /// Sentences on files that held nothing; `nil` where there is none.
  var unread: [String]?

  /// What may be kept where nothing is to be told about single participants.
  var withoutPeople: Words {
    var words = Words(transcript: transcript.withoutPeople)
    words.unread = unread
    return words
  }

  var companions: Companions { Companions(transcript: transcript, chat: chat, roster: roster) }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }

  init(transcript: [Cue] = [], chat: [Cue] = [], roster: [String] = []) {
    self.transcript = transcript
    self.chat = chat
    self.roster = roster
  }

  /// Those of a report; none where it has none.
  init(in folder: OutputFolder) {
    let data = try? Data(contentsOf: folder.words)
    self = data.flatMap { try? JSONDecoder().decode(Words.self, from: $0) } ?? Words()
  }
}
