/// Tells by their names alone which files of a folder belong to which of its recordings.
public struct CompanionNames {
  /// The containers that recordings come in.
  public static let recordingEndings: Set<String> = [
    "mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "mts", "flv", "mpg", "mpeg", "wmv",
  ]

  private var owners: [String: [String]] = [:]
  private var ownersByView: [String: [String]] = [:]

  /// - Parameter recordings: the names of all recordings of the folder.
  public init(recordings: [String]) {
    for name in recordings {
      let stem = Self.prefixes(of: name).first ?? name
      owners[stem, default: []].append(name)
      if let meeting = Self.withoutView(stem) { ownersByView[meeting, default: []].append(name) }
    }
  }

  /// The recordings that a file belongs to: those of its very name, and only where there is none the views of a
  /// meeting of its name. `class.en.vtt` is first looked for as `class.en`, then as `class`.
  public func recordings(of companion: String) -> [String] {
    var stems = Self.prefixes(of: companion)
    // Zoom puts no dot before it.
    if let stem = stems.first, stem.lowercased().hasSuffix("newchat") {
      stems.append(String(stem.dropLast(7)))
    }
    return stems.lazy.compactMap { owners[$0] ?? ownersByView[$0] }.first ?? []
  }

  public static func isRecording(_ name: String) -> Bool {
    name.contains(".") && recordingEndings.contains(name.split(separator: ".").last?.lowercased() ?? "")
  }

  /// What stands before each dot of a name, the longest first; the name itself where it has none.
  private static func prefixes(of name: String) -> [String] {
    let dots = name.indices.filter { name[$0] == "." && $0 != name.startIndex }
    return dots.isEmpty ? [name] : dots.reversed().map { String(name[..<$0]) }
  }

  /// `GMT…_Recording` of `GMT…_Recording_gallery_1920x1080`; `nil` where a name has no ending of Zoom's views.
  private static func withoutView(_ stem: String) -> String? {
    let words = stem.split(separator: "_", omittingEmptySubsequences: false)
    let views = words.dropFirst().reversed().prefix(while: isOfView).count
    return views == 0 ? nil : words.dropLast(views).joined(separator: "_")
  }

  /// `gallery` or `1920x1080`
  private static func isOfView(_ word: Substring) -> Bool {
    if ["gvo", "gallery", "avo", "as"].contains(word.lowercased()) { return true }
    let sides = word.split(separator: "x", omittingEmptySubsequences: false)
    return sides.count == 2 && sides.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
  }
}
