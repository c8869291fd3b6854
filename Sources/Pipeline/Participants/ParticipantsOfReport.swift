public import Engagement
public import Foundation
public import Logging
import Observations
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
  public func list() throws -> [Participant] { try participants(with: try Decisions(in: folder)) }

  /// Adds a decision and renders the report again.
  ///
  /// - Throws: `DecisionError` for a participant or time that the report does not have.
  public func decide(_ decision: ParticipantDecision) throws {
    let known = try list()
    func participant(_ id: Int) throws -> Participant {
      if let found = known.first(where: { $0.id == id }) { return found }
      let ids = known.map { String($0.id) }.joined(separator: ", ")
      throw DecisionError("\(folder.path): there is no participant \(id); there are \(ids)")
    }
    switch decision {
    case .rename(let id, let name):
      _ = try participant(id)
      try check(name, of: id, among: known)
    case .merge(let id, let other):
      let (one, two) = (try participant(id), try participant(other))
      guard id != other else { throw DecisionError("\(folder.path): \(id) cannot be merged with itself") }
      if let (start, end) = timeTogether(one, two) {
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

  /// The longest stretch in which two participants have a tile each; `nil` where it is short enough to be a swap of
  /// tiles seen twice.
  private func timeTogether(_ one: Participant, _ two: Participant) -> (start: Timestamp, end: Timestamp)? {
    func onScreen(_ participant: Participant) -> [PresenceStretch] {
      participant.presences.filter(\.presence.isOnScreen)
    }
    let both = onScreen(one).flatMap { first in
      onScreen(two).map { (start: max(first.start, $0.start), end: min(first.end, $0.end)) }
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

  private func participants(with decisions: Decisions) throws -> [Participant] {
    let file = folder.appendingPathComponent("observations.sqlite")
    guard FileManager.default.fileExists(atPath: file.path) else { throw OutputError.noReport(folder) }
    let folder = try OutputFolder(folder)
    let reporter = Reporter(resolved: resolved, pipelineName: "", log: log)
    return try reporter.summary(
      of: try ObservationStore(reading: folder.observations), words: Words(in: folder), decisions: decisions,
      expressions: false
    ).summary.participants
  }
}
