/// A user's correction of who is who. Participants are named by the ids of the summary without decisions; where they were
/// seen tells who is meant after the recording was measured anew, or when another part of it is reported on.
public struct ParticipantDecision: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case rename(participant: Int, name: String)
    /// The second becomes part of the first.
    case merge(participant: Int, with: Int)
    /// From this second on it is somebody else.
    case split(participant: Int, at: Double)
  }

  public var action: Action
  /// Of the participants that the action names; one without is known by the id alone.
  public var sightings: [Int: [Sighting]] = [:]

  public init(_ action: Action, sightings: [Int: [Sighting]] = [:]) {
    self.action = action
    self.sightings = sightings
  }

  public static func rename(participant: Int, name: String) -> ParticipantDecision {
    ParticipantDecision(.rename(participant: participant, name: name))
  }

  public static func merge(participant: Int, with other: Int) -> ParticipantDecision {
    ParticipantDecision(.merge(participant: participant, with: other))
  }

  public static func split(participant: Int, at second: Double) -> ParticipantDecision {
    ParticipantDecision(.split(participant: participant, at: second))
  }
}

/// A moment at which a participant was on screen, and where.
public struct Sighting: Hashable, Sendable {
  /// Seconds on the recording's clock.
  public var second: Double
  /// Centre of the tile, or of the face in a scene, as shares of the frame's width and height from its top left.
  public var place: SIMD2<Float>

  public init(second: Double, place: SIMD2<Float>) {
    self.second = second
    self.place = place
  }
}

extension Sighting {
  /// Further from it in place somebody else may be meant.
  private static let reach: Float = 0.05

  /// Whose presentation it is among samples in time order; `nil` where nobody was there.
  ///
  /// - Parameter patience: how far a sample may lie from the moment, in seconds.
  func participant(in records: [SampleRecord], patience: Double) -> Int? {
    let near = records.min { abs($0.time.seconds - second) < abs($1.time.seconds - second) }
    guard let near, abs(near.time.seconds - second) <= patience else { return nil }
    func distance(_ one: Presentation) -> Float {
      let apart = one.place - place
      return max(abs(apart.x), abs(apart.y))
    }
    let nearest = near.presentations.min { distance($0) < distance($1) }
    return nearest.flatMap { distance($0) <= Self.reach ? $0.participant : nil }
  }
}
