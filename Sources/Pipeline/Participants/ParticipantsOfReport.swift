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
      guard !name.isEmpty else { throw DecisionError("\(folder.path): a name cannot be empty") }
    case .merge(let id, let other):
      _ = (try participant(id), try participant(other))
      guard id != other else { throw DecisionError("\(folder.path): \(id) cannot be merged with itself") }
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
