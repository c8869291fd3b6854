/// Everything that can be chosen about a summary. Changing any of it needs no new measuring.
public struct SummarySettings: Hashable, Sendable, Codable {
  /// Length of a window in seconds; windows start at multiples of it.
  public var window: Double = 10
  /// A face whose first expression leads the second by less than this counts as uncertain.
  public var minimumMargin: Double = 0.15
  /// A face whose quality (``FaceQuality/overall``) is below this counts as uncertain.
  public var minimumQuality: Double = 0.15
  /// Class indices are given only where at least this many people are visible, or everybody if fewer.
  public var minimumGroup: Int = 3
  /// What a participant's displayed expressions are compared with before valence and expressivity are taken.
  public var baseline: Baseline = .own
  public var weights: EngagementWeights = EngagementWeights()
  public var attention: AttentionThresholds = AttentionThresholds()
  public var events: EventThresholds = EventThresholds()
  /// "Participant 7" in place of names from labels, rosters and transcripts.
  public var pseudonyms: Bool = true
  /// Seconds from the start of the session, where a chat's clock starts, to the start of the recording.
  public var chatOffset: Double = 0
  /// Leave out every expression: presence and attention only.
  public var observableOnly: Bool = false
  /// Tell nothing about single participants, and class values only over ``smallestGroup`` people or more.
  public var aggregateOnly: Bool = false
  /// The fewest people that a value may be about where single ones must not show through.
  public static let smallestGroup = 5
  var smallestTold: Int { max(minimumGroup, Self.smallestGroup) }
  /// Resamples behind the band around each curve.
  public var bootstrapResamples: Int = 200
  /// Fixed, so that the same observations give the same band.
  public var bootstrapSeed: UInt64 = 1

  public init() {}
}

/// What "usual" means for a participant.
public enum Baseline: String, Hashable, Sendable, Codable, CaseIterable {
  /// Probabilities as they were measured.
  case none
  /// What the participant displays most of the time counts as neutral, so that a stern face is not read
  /// as an angry one. Applied where the participant was seen often enough.
  case own
}

/// Weights of the composite index; they are divided by their sum.
public struct EngagementWeights: Hashable, Sendable, Codable {
  public var attention: Double = 0.6
  public var expressivity: Double = 0.25
  public var valence: Double = 0.15

  public init() {}
}

/// Where a head counts as turned away and an eye as closed.
public struct AttentionThresholds: Hashable, Sendable, Codable {
  /// Degrees of yaw up to which a face fully counts as facing the camera, and from which it does not at all.
  public var yawFull: Double = 20
  public var yawNone: Double = 50
  /// The same for pitch.
  public var pitchFull: Double = 20
  public var pitchNone: Double = 45
  /// Openness of the eyes over the participant's median: closed up to the first, open from the second.
  public var eyesClosed: Double = 0.4
  public var eyesOpen: Double = 0.75

  public init() {}
}

/// What counts as an event on the class curve.
public struct EventThresholds: Hashable, Sendable, Codable {
  /// Shortest event in seconds.
  public var minimumDuration: Double = 30
  /// Distance from the class's median, in robust standard deviations (1.4826 × MAD).
  public var deviations: Double = 1.5
  /// Smallest distance from the median that is worth telling, whatever the spread.
  public var minimumEffect: Double = 0.06
  /// Share of visible people who display confusion-like expressions at once, and the fewest of them.
  public var confusedShare: Double = 0.3
  public var confusedPeople: Int = 2
  /// How far above the participant's usual level the probability of the negative expressions must rise.
  public var confusionEffect: Double = 0.25

  public init() {}
}
