import Engagement
import Foundation
import Reporting
import Vocabulary
import Yams

/// `participants.yaml` of a report: what its user said about who is who. Applied in the order given, each time
/// the report is rendered.
///
///     - rename: 3
///       name: Ana Ruiz
///     - merge: 5
///       into: 3
///     - split: 4
///       at: 00:12:30
///
/// Participants are named by the number that the report gives them without any decision; a split adds the next
/// free number. The same measuring gives the same numbers; where they were seen (`seen`, and `into-seen` of whom somebody
/// is merged into: times, and places as shares of the frame) tells who is meant by a number of another measuring.
struct Decisions: Equatable, Sendable {
  var list: [ParticipantDecision]

  init(_ list: [ParticipantDecision] = []) { self.list = list }

  private static let name = "participants.yaml"

  /// Those of a report; none where it has none.
  ///
  /// - Throws: `DecisionError` with file and entry where the file says something else.
  init(in folder: URL) throws {
    let file = folder.appendingPathComponent(Self.name)
    guard FileManager.default.fileExists(atPath: file.path) else {
      self.init()
      return
    }
    guard let text = try? yamlText(contentsOf: file.path) else {
      throw DecisionError(
        "\(file.path): cannot be read as a list of decisions; mend or remove it", .badOutput)
    }
    let entries: [Entry]
    do {
      entries = try YAMLDecoder().decode([Entry]?.self, from: text) ?? []
    } catch {
      throw DecisionError(
        "\(file.path): is not a list of rename, merge and split; mend it or run `afterclass participants reset`",
        .badOutput)
    }
    self.init(
      try entries.enumerated().map { number, entry in
        guard let decision = entry.decision else {
          throw DecisionError(
            "\(file.path): entry \(number + 1) wants rename and name, merge and into, or split and at (a time)",
            .badOutput)
        }
        return decision
      })
  }

  /// Writes them beside the report, or removes the file where there are none.
  func write(to folder: URL) throws {
    let file = folder.appendingPathComponent(Self.name)
    if list.isEmpty {
      guard unlink(file.path) == 0 || errno == ENOENT else {
        throw OutputError.unwritable(file, reason: lastError())
      }
      return
    }
    try writeAtomically(yaml, to: file.path)
  }

  var yaml: String {
    list.map { decision in
      func seen(_ id: Int, _ key: String = "seen") -> String {
        let sightings = decision.sightings[id] ?? []
        guard !sightings.isEmpty else { return "" }
        return "  \(key): [\(sightings.map(Self.text).joined(separator: ", "))]\n"
      }
      return switch decision.action {
      case .rename(let id, let name): "- rename: \(id)\n  name: \(yamlQuoted(name))\n" + seen(id)
      case .merge(let id, let other):
        "- merge: \(other)\n  into: \(id)\n" + seen(other) + seen(id, "into-seen")
      case .split(let id, let second): "- split: \(id)\n  at: \"\(Self.clock(second))\"\n" + seen(id)
      }
    }.reduce("# Written by `afterclass participants`; applied whenever the report is rendered.\n", +)
  }

  /// What a reader has to know of decisions that changed nothing.
  func sentences(of places: [Int]) -> [String] {
    places.filter(list.indices.contains).map { place in
      let what =
        switch list[place].action {
        case .rename(let id, _): "the name of participant \(id)"
        case .merge(let id, let other): "the merge of participants \(id) and \(other)"
        case .split(let id, _): "the split of participant \(id)"
        }
      return
        "\(what) (entry \(place + 1) of \(Self.name)) is left out: nobody is where that participant was seen "
        + "in the part of the recording that this report is of"
    }
  }

  private static func clock(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let whole = milliseconds / 1000
    return String(
      format: "%02d:%02d:%02d.%03d", whole / 3600, whole / 60 % 60, whole % 60, milliseconds % 1000)
  }

  /// "00:12:30.000 0.250 0.750" with quotes.
  private static func text(_ sighting: Sighting) -> String {
    String(format: "\"%@ %.3f %.3f\"", clock(sighting.second), sighting.place.x, sighting.place.y)
  }

  private static func sighting(_ text: String) -> Sighting? {
    let words = text.split(separator: " ")
    guard words.count == 3, let second = Span(String(words[0])), let x = Float(words[1]),
      let y = Float(words[2]),
      x.isFinite, y.isFinite
    else { return nil }
    return Sighting(second: second.time.seconds, place: SIMD2(x, y))
  }

  private struct Entry: Decodable {
    var rename, merge, into, split: Int?
    var name, at: String?
    var seen, intoSeen: [String]?

    enum CodingKeys: String, CodingKey {
      case rename, merge, into, split, name, at, seen
      case intoSeen = "into-seen"
    }

    var decision: ParticipantDecision? {
      guard let action, let subject = rename ?? merge ?? split else { return nil }
      var sightings: [Int: [Sighting]] = [:]
      for (id, texts) in [(subject, seen), (into, intoSeen)] {
        guard let id, let texts else { continue }
        let read = texts.compactMap(Decisions.sighting)
        guard read.count == texts.count else { return nil }
        sightings[id] = read
      }
      return ParticipantDecision(action, sightings: sightings)
    }

    private var action: ParticipantDecision.Action? {
      if let rename, let name, !name.isEmpty { return .rename(participant: rename, name: name) }
      if let merge, let into { return .merge(participant: into, with: merge) }
      if let split, let at, let span = Span(at) { return .split(participant: split, at: span.time.seconds) }
      return nil
    }
  }
}

/// A decision that does not fit the report; the message is one line with what would.
public struct DecisionError: OutcomeError, Hashable, CustomStringConvertible {
  public let description: String
  /// The command line's fault or that of the report's file, which costs a night that report alone.
  public let outcome: Outcome

  init(_ description: String, _ outcome: Outcome = .usage) {
    self.description = description
    self.outcome = outcome
  }
}
