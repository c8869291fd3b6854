/// What the name of a recording says: which meeting, when, which view of it, which part.
///
/// Zoom, Teams and Meet each have their own convention; a name of no known form is its own topic.
public struct RecordingName: Hashable, Sendable {
  /// Which of a meeting's several recorded layouts this file shows, the best for counting faces first.
  public enum Layout: Int, Sendable, Comparable {
    /// Zoom's `gvo`: nothing but the gallery.
    case galleryOnly
    /// Zoom's `gallery`: the shared screen with the gallery beside it.
    case galleryWithScreen
    /// Not said by the name.
    case unstated
    /// Zoom's `as`: the shared screen with the active speaker.
    case speakerWithScreen
    /// Zoom's `avo`: the active speaker alone.
    case speakerOnly

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// For people: what the layout is called in a message.
    public var title: String {
      switch self {
      case .galleryOnly: "gallery view"
      case .galleryWithScreen: "shared screen with gallery view"
      case .unstated: "recording"
      case .speakerWithScreen: "shared screen with active speaker"
      case .speakerOnly: "active speaker"
      }
    }
  }

  /// The meeting's topic, or the plain name where no convention is recognised.
  public var topic: String
  /// ISO 8601, in the clock of the recording's machine; with a `Z` where the name states GMT.
  public var started: String?
  public var layout: Layout
  /// From 1, where a meeting was recorded in several parts.
  public var part: Int?
  /// What the names of all files of one meeting share (within a folder).
  public var meeting: String

  /// Reads a file's name (without its folder) and the name of the folder around it.
  public init(file: String, folder: String) {
    let stem = Self.stem(of: file)
    self =
      Self.zoomCloud(stem) ?? Self.zoomLocal(stem, folder: folder) ?? Self.teams(stem)
      ?? Self.meet(stem) ?? Self(topic: stem, started: Self.date(in: stem), meeting: stem)
  }

  private init(
    topic: String, started: String?, layout: Layout = .unstated, part: Int? = nil, meeting: String
  ) {
    let words = topic.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    self.topic = words.isEmpty ? meeting : words
    self.started = started
    self.layout = layout
    self.part = part
    self.meeting = meeting
  }

  /// The name without its extensions: `a.transcript.vtt` and `a.mp4` are both `a`.
  static func stem(of file: String) -> String {
    var stem = Substring(file)
    for ending in endings where stem.lowercased().hasSuffix(ending) {
      stem = stem.dropLast(ending.count)
      return String(stem)
    }
    if let dot = stem.lastIndex(of: "."), dot != stem.startIndex { stem = stem[..<dot] }
    return String(stem)
  }

  /// Longest first, so that `.transcript.vtt` goes whole.
  private static let endings = [
    ".participants.csv", ".transcript.vtt", ".newchat.txt", ".chat.txt", ".cc.vtt", "newchat.txt",
  ]
}

/// A pattern is built anew at each use, which takes a fifth of a millisecond: a cheap look at the name comes
/// first, so that ten thousand names take a second.
extension RecordingName {
  /// `GMT20260301-100211_Recording_gvo_1280x720`
  private static func zoomCloud(_ stem: String) -> Self? {
    guard stem.prefix(3).uppercased() == "GMT" else { return nil }
    let pattern =
      /GMT(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)_Recording(?:_(\d{1,3}))?((?:_[a-z]+)*)(?:_\d+x\d+)?/
    guard let match = stem.wholeMatch(of: pattern.ignoresCase()) else { return nil }
    let (_, year, month, day, hour, minute, second, part, kind) = match.output
    let layout: Layout
    switch kind.lowercased() {
    case let kind where kind.contains("_gvo"): layout = .galleryOnly
    case let kind where kind.contains("_gallery"): layout = .galleryWithScreen
    case let kind where kind.contains("_avo"): layout = .speakerOnly
    case let kind where kind.contains("_as"): layout = .speakerWithScreen
    default: layout = .unstated
    }
    let meeting = "GMT\(year)\(month)\(day)-\(hour)\(minute)\(second)"
    return Self(
      topic: "Recording of \(year)-\(month)-\(day) \(hour):\(minute) GMT",
      started: "\(year)-\(month)-\(day)T\(hour):\(minute):\(second)Z", layout: layout,
      part: part.flatMap { Int($0) }, meeting: meeting)
  }

  /// `2026-03-01 10.02.11 Topic 123456/video1234.mp4`, or `zoom_0.mp4` and on where it was interrupted.
  private static func zoomLocal(_ stem: String, folder: String) -> Self? {
    let name = stem.lowercased()
    guard folder.first?.isNumber ?? false, localNames.contains(where: name.hasPrefix) else { return nil }
    let folders = /(\d{4})-(\d\d)-(\d\d) (\d\d)\.(\d\d)\.(\d\d) (.*?)(?: \d{5,})?/
    guard let match = folder.wholeMatch(of: folders) else { return nil }
    let (_, year, month, day, hour, minute, second, topic) = match.output
    let part = name.hasPrefix("zoom_") ? Int(name.dropFirst(5).prefix(3)).map { $0 + 1 } : nil
    return Self(
      topic: String(topic), started: "\(year)-\(month)-\(day)T\(hour):\(minute):\(second)",
      layout: stem.lowercased().hasPrefix("gallery") ? .galleryOnly : .unstated, part: part,
      meeting: folder)
  }

  private static let localNames = [
    "video", "audio", "zoom_", "galleryvideo", "playback", "chat", "meeting_saved_",
  ]

  /// `Data structures-20260301_100211-Meeting Recording`
  private static func teams(_ stem: String) -> Self? {
    guard stem.contains("-Meeting ") else { return nil }
    let pattern =
      /(.+?)-(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(?:UTC)?-Meeting (?:Recording|Transcript)(?: (\d{1,3}))?/
    guard let match = stem.wholeMatch(of: pattern) else { return nil }
    let (_, topic, year, month, day, hour, minute, second, part) = match.output
    return Self(
      topic: String(topic), started: "\(year)-\(month)-\(day)T\(hour):\(minute):\(second)",
      part: part.flatMap { Int($0) },
      meeting: "\(topic)-\(year)\(month)\(day)_\(hour)\(minute)\(second)")
  }

  /// `Data structures (2026-03-01 at 10_02 GMT+1)` or `Data structures - 2026_03_01 10_02 CET - Recording`
  private static func meet(_ stem: String) -> Self? {
    guard stem.contains(" at ") || stem.contains("_") else { return nil }
    let bracketed = /(.+?) \((\d{4})-(\d\d)-(\d\d) at (\d\d)[_:](\d\d)(?: [^)]*)?\).*/
    let dashed = /(.+?) [-–] (\d{4})[_\/-](\d\d)[_\/-](\d\d) (\d\d)[_:](\d\d)(?: \S+)? [-–] \S+.*/
    guard let match = stem.wholeMatch(of: bracketed) ?? stem.wholeMatch(of: dashed) else {
      return nil
    }
    let (_, topic, year, month, day, hour, minute) = match.output
    return Self(
      topic: String(topic), started: "\(year)-\(month)-\(day)T\(hour):\(minute):00",
      meeting: "\(topic) \(year)-\(month)-\(day) \(hour):\(minute)")
  }

  private static func date(in stem: String) -> String? {
    guard stem.contains("20"),
      let match = stem.firstMatch(of: /(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])/)
    else { return nil }
    return "\(match.output.1)-\(match.output.2)-\(match.output.3)"
  }
}
