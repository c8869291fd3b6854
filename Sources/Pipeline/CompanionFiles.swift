import Engagement
public import Foundation

/// Transcript, chat and list of participants of a meeting: what lies beside its recording under its name, or
/// what a user names.
public struct CompanionFiles: Sendable {
  public var transcript: URL?
  public var chat: URL?
  public var roster: URL?
  /// Whether a user named these files, who then wants to hear at once of one that says nothing. False of what a night
  /// found, which has looked at all that lies beside.
  public var areChosen = true

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

  /// Fills in what is not named with files beside `recording` that share its name and no other recording's:
  /// `class.transcript.vtt`, `class.srt`, `class.newChat.txt`, `class.participants.csv` for `class.mp4`; the ending of
  /// one of Zoom's views (`…_gallery_1280x720`) does not matter.
  func completed(beside recording: URL) -> CompanionFiles {
    guard areChosen else { return self }
    let folder = recording.deletingLastPathComponent()
    let own = recording.lastPathComponent
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    let recordings = names.filter { $0 == own || CompanionNames.isRecording($0) }
    let known = CompanionNames(recordings: recordings.contains(own) ? recordings : recordings + [own])
    let companions = names.filter { !recordings.contains($0) && known.recordings(of: $0).contains(own) }
    let found = CompanionFiles(among: companions.map { folder.appendingPathComponent($0) })
    return CompanionFiles(
      transcript: transcript ?? found.transcript, chat: chat ?? found.chat, roster: roster ?? found.roster)
  }

  /// What the files say about `recording`, and those beside it of the kinds that are not named.
  ///
  /// - Throws: `RecordingError` for a chosen file that cannot be read or says nothing; of others it is told in `unread`.
  func words(of recording: URL) throws -> Words {
    let all = completed(beside: recording)
    let folder = recording.deletingLastPathComponent()
    var words = Words()
    var unread: [String] = []
    func read<Entry>(
      _ file: URL?, _ chosen: URL?, _ kind: Kind, _ entries: ([UInt8]) -> [Entry]
    ) throws -> [Entry] {
      guard let file else { return [] }
      let isChosen = areChosen && chosen != nil
      let bytes: [UInt8]
      do {
        bytes = try Self.bytes(file)
      } catch let trouble as Unreadable {
        if isChosen { throw RecordingError("\(file.path): \(trouble.reason)") }
        unread.append("\(file.lastPathComponent): \(trouble.reason).")
        return []
      }
      let found = entries(bytes)
      if found.isEmpty {
        if isChosen { throw RecordingError(kind.complaint(of: file, bytes)) }
        unread.append("\(file.lastPathComponent): nothing in it could be read as \(kind.name).")
      }
      return found
    }
    words.transcript = try read(all.transcript, transcript, .transcript, Transcript.cues)
    words.chat = ChatClock.aligned(
      try read(all.chat, chat, .chat, Chat.cues),
      names: [recording.lastPathComponent, folder.lastPathComponent])
    words.roster = try read(all.roster, roster, .roster, Roster.names)
    words.unread = unread.isEmpty ? nil : unread
    return words
  }

  /// What a file has to be, and what to say where it is not.
  private struct Kind {
    var name: String
    /// A line that such a file has.
    var line: String
    var remedy: String

    static let transcript = Kind(
      name: "WebVTT or SubRip", line: "time such as `00:00:02.000 --> 00:00:07.000` with words below",
      remedy: "name a WebVTT or SubRip file as --transcript")
    static let chat = Kind(
      name: "a chat of Zoom", line: "message such as `00:01:19 Name: words`",
      remedy: "name a chat that Zoom saved as --chat")
    static let roster = Kind(
      name: "a list of participants", line: "heading with a column Name, with names below",
      remedy: "name Zoom's list as CSV as --participants")

    func complaint(of file: URL, _ bytes: [UInt8]) -> String {
      let lines = bytes.split(separator: UInt8(ascii: "\n")).count
      let place =
        lines == 0 ? "is empty" : lines == 1 ? "line 1 is no \(line)" : "lines 1 to \(lines): no \(line)"
      return "\(file.path): \(place); \(remedy), or leave the option out"
    }
  }

  private struct Unreadable: Error {
    var reason: String
  }

  private static func bytes(_ file: URL) throws -> [UInt8] {
    let most = CompanionText.largest
    let data: Data
    do {
      data = try FileHandle(forReadingFrom: file).read(upToCount: most + 1) ?? Data()
    } catch {
      throw Unreadable(reason: "cannot be read; check the path and its permissions")
    }
    guard data.count <= most else {
      throw Unreadable(reason: "larger than a transcript or chat can be (\(most >> 20) MiB)")
    }
    return Array(data)
  }
}

/// `words.json` of a report: what was said and written, kept so that a report can be rendered again without the
/// files that it came from. It tells no more of people than the report does.
struct Words: Codable, Equatable {
  var transcript: [Cue] = []
  var chat: [Cue] = []
  var roster: [String] = []
  /// Sentences on files that held nothing; `nil` where there is none.
  var unread: [String]?
  /// What the files said and was not kept; `nil` where all was.
  var withheld: Withheld?
  /// Seconds by which the times were moved; `nil` where they were not.
  var leadIn: Double?

  enum Withheld: String, Codable {
    /// Who they are who spoke, wrote and took part.
    case names
    /// Besides, the chat and which words are one person's.
    case people
  }

  /// On the recording's clock, whose zero is the first picture: transcript and chat count from the beginning of the file.
  func moved(by leadIn: Double) -> Words {
    guard leadIn != 0, self.leadIn == nil else { return self }
    var words = self
    words.leadIn = leadIn
    words.transcript = transcript.map { $0.moved(by: -leadIn) }
    words.chat = chat.map { $0.moved(by: -leadIn) }
    return words
  }

  /// What is kept of them beside a report of `definition`.
  func kept(for definition: Definition) -> Words {
    if definition.report.aggregateOnly { return withoutPeople }
    return definition.summarise.pseudonyms ? withPseudonyms(definition.summarise.chatOffset) : self
  }

  /// What may be kept where nothing is to be told about single participants.
  var withoutPeople: Words {
    var words = Words(transcript: transcript.withoutPeople)
    (words.unread, words.leadIn) = (unread, leadIn)
    words.withheld = words == self ? nil : .people
    return words
  }

  /// Without names, and without a list of who took part: without names nothing of a report depends on it.
  private func withPseudonyms(_ chatOffset: Double) -> Words {
    let voices = voiceNames(of: transcript + chat, chatOffset: chatOffset)
    var words = Words(
      transcript: transcript.map { $0.renamed(voices) }, chat: chat.map { $0.renamed(voices) })
    (words.unread, words.leadIn) = (unread, leadIn)
    words.withheld = withheld ?? (voices.isEmpty && roster.isEmpty ? nil : .names)
    return words
  }

  /// What a report of `definition` would tell and these do not, with the remedy; `nil` where nothing is missing.
  func lack(for definition: Definition) -> String? {
    guard let withheld, !definition.report.aggregateOnly else { return nil }
    let again =
      "`afterclass analyze` the recording with these settings and its files beside it; nothing is measured again"
    switch withheld {
    case .people: return "the chat and who spoke were not kept with a report of the class alone: \(again)"
    case .names where !definition.summarise.pseudonyms:
      return "names from transcript, chat and roster were not kept with pseudonyms: \(again)"
    case .names: return nil
    }
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
