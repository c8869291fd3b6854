public import Engagement
public import Foundation
public import Logging
import Observations
import Reporting
import Vocabulary

/// Who a report found, and the user's decisions on it.
public struct ParticipantsOfReport {
  public let folder: URL
  private let resolved: ResolvedDefinition
  private let log: Logger

  /// - Parameter resolved: the pipeline that the report is rendered with.
  public init(_ folder: URL, resolved: ResolvedDefinition, log: Logger) {
    self.folder = folder
    self.resolved = resolved
    self.log = log
  }

  /// Participants with all decisions applied, from the observations.
  public func list() throws -> [Participant] { try summary(with: try Decisions(in: folder)).participants }

  /// Adds a decision and renders the report again.
  ///
  /// - Throws: `DecisionError` for a participant or time that the report does not have.
  public func decide(_ action: ParticipantDecision.Action) throws {
    let summary = try summary(with: try Decisions(in: folder))
    let known = summary.participants
    func participant(_ id: Int) throws -> Participant {
      if let found = known.first(where: { $0.id == id }) { return found }
      let ids = known.map { String($0.id) }.joined(separator: ", ")
      throw DecisionError("\(folder.path): there is no participant \(id); there are \(ids)")
    }
    switch action {
    case .rename(let id, let name):
      _ = try participant(id)
      try check(name, of: id, among: known)
    case .merge(let id, let other):
      let (one, two) = (try participant(id), try participant(other))
      guard id != other else { throw DecisionError("\(folder.path): \(id) cannot be merged with itself") }
      if let (start, end) = timeTogether(one, two, in: summary.views) {
        throw DecisionError(
          "\(folder.path): participants \(id) and \(other) are on screen together (\(start.timecode) to \(end.timecode)): "
            + "they are not one person")
      }
    case .split(let id, let second):
      let one = try participant(id)
      guard second > one.firstSeen, second <= one.lastSeen else {
        throw DecisionError(
          "\(folder.path): participant \(id) can be split between \(Int(one.firstSeen)) and \(Int(one.lastSeen)) s"
        )
      }
    }
    let sightings = Dictionary(uniqueKeysWithValues: known.map { ($0.id, $0.sightings) })
    let decision = ParticipantDecision(
      action, sightings: sightings.filter { action.participants.contains($0.key) })
    try render(Decisions(try Decisions(in: folder).list + [decision]))
  }

  private func check(_ name: String, of id: Int, among known: [Participant]) throws {
    guard !name.isEmpty else { throw DecisionError("\(folder.path): a name cannot be empty") }
    guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw DecisionError("\(folder.path): a name is one line of text without control characters")
    }
    if let other = known.first(where: { $0.name == name && $0.id != id }) {
      throw DecisionError(
        "\(folder.path): participant \(other.id) is called \(name) already, and tables tell people by their names; "
          + "merge them, or add something to the name")
    }
  }

  /// The longest stretch in which two participants have a tile each, or a face each in a scene; `nil` where it is short
  /// enough to be a swap of tiles seen twice.
  private func timeTogether(_ one: Participant, _ two: Participant, in views: [ViewStretch]) -> (
    start: Timestamp, end: Timestamp
  )? {
    // Nothing but a face tells that somebody is there in a scene: between two faces presence is taken for granted.
    func seen(_ participant: Participant) -> [(start: Double, end: Double)] {
      participant.presences.flatMap { presence in
        views.filter { presence.presence == .face || presence.presence.isOnScreen && $0.view == .gallery }.map
        {
          (max(presence.start, $0.start), min(presence.end, $0.end))
        }
      }.filter { $0.0 < $0.1 }
    }
    let both = seen(one).flatMap { first in
      seen(two).map { (start: max(first.start, $0.start), end: min(first.end, $0.end)) }
    }
    guard let longest = both.max(by: { $0.end - $0.start < $1.end - $1.start }),
      longest.end - longest.start > Self.longestSwap
    else { return nil }
    return (Timestamp(Int64(longest.start)), Timestamp(Int64(longest.end)))
  }

  /// Seconds.
  private static let longestSwap = 5.0

  /// Forgets all decisions and renders the report again.
  public func reset() throws { try render(Decisions()) }

  private func render(_ decisions: Decisions) throws {
    try decisions.write(to: folder)
    try reportAgain(folder, resolved: resolved, pipelineName: nil, log: log)
  }

  private func summary(with decisions: Decisions) throws -> Summary {
    let file = folder.appendingPathComponent(ReportFile.observations)
    guard FileManager.default.fileExists(atPath: file.path) else { throw OutputError.noReport(folder) }
    let folder = try OutputFolder(folder)
    let reporter = Reporter(resolved: resolved, pipelineName: "", log: log)
    return try reporter.summary(
      of: try ObservationStore(reading: folder.observations), words: Words(in: folder), decisions: decisions,
      expressions: false
    ).summary
  }
}

extension ParticipantDecision.Action {
  fileprivate var participants: Set<Int> {
    switch self {
    case .rename(let id, _), .split(let id, _): [id]
    case .merge(let id, let other): [id, other]
    }
  }
}
