public import Vocabulary

/// What a class displayed, from the observations of one recording. A pure function of them and the settings.
///
/// Encoded it holds the figures alone: what has a row a sample, a face or a person's window stands in the tables.
public struct Summary: Equatable, Sendable, Codable {
  public var settings: SummarySettings
  public var coverage: Coverage
  /// One value a sample, in time order, also where no face was seen. Not encoded: `class.csv` tells it.
  public var samples: [ClassValue] = []
  /// One value a window, in time order; windows without a sample are absent.
  public var windows: [ClassValue]
  /// In order of first appearance.
  public var participants: [Participant]
  public var events: [ClassEvent]
  /// Stretches of one kind of view, covering all samples in order.
  public var views: [ViewStretch]
  /// When the shared screen changed to another slide, in seconds.
  public var slideChanges: [Double]
  /// What was said and written, on the recording's clock. Not encoded; what was said in an event is in it.
  public var cues: [Cue] = []
  /// Chat lines from before the recording began. Not encoded.
  public var earlierChat = 0
  /// Who each face is, sample by sample, in the order of the observations. Not encoded: `faces.csv` tells it.
  public var identities: [[FaceIdentity]] = []
  /// The participant of each tile, in the same way, and how it was seen; `presence.csv` tells it.
  public var tileParticipants: [[Int?]] = []
  public var tilePresences: [[Presence]] = []
  /// Places in the list of decisions whose participants are not where they were seen. Not encoded.
  public var unplacedDecisions: [Int] = []

  enum CodingKeys: String, CodingKey {
    case settings, coverage, windows, participants, events, views, slideChanges
  }
}

/// The participant and track of one face.
public struct FaceIdentity: Hashable, Sendable {
  /// ``Participant/id``; `nil` for a face outside every tile of a gallery.
  public var participant: Int?
  /// Consecutive faces that overlap share a track; counted from one.
  public var track: Int

  public init(participant: Int?, track: Int) {
    self.participant = participant
    self.track = track
  }
}

/// The class at one sample or over one window. Probabilities and shares are 0 to 1.
public struct ClassValue: Equatable, Sendable, Codable {
  /// Grid time of the sample, or the start of the window.
  public var time: Timestamp
  /// Faces visible at the sample; their mean over the samples of the window.
  public var faces: Double
  /// False where the view shows one speaker, a shared screen or no grid: only `faces` is told then.
  public var counted: Bool
  /// Mean probability of the seven expressions, in FER2013's order, over the faces as they were measured.
  public var means: [Double]?
  /// Share of faces whose clear first expression is each of the seven; with `uncertain` they sum to one.
  public var shares: [Double]?
  public var uncertain: Double?
  public var indices: ClassIndices?
  /// 95 % bootstrap interval of the headline index over people; windows only.
  public var band: Band?
  /// Of a window: samples between the one before and this are lost, and with them the time between. Not encoded.
  public var followsLoss = false

  enum CodingKeys: String, CodingKey { case time, faces, counted, means, shares, uncertain, indices, band }

  public init(time: Timestamp, faces: Double, counted: Bool) {
    self.time = time
    self.faces = faces
    self.counted = counted
  }
}

/// Means over the visible people; `nil` where the part was not measured.
public struct ClassIndices: Equatable, Sendable, Codable {
  /// People with a camera on, or in a scene people known to be there: the mean below is taken over them.
  public var people: Double
  /// Face there × facing the camera × eyes open, 0 to 1.
  public var attention: Double?
  /// Happy minus the negative expressions, -1 to 1.
  public var valence: Double?
  /// One minus neutral, 0 to 1.
  public var expressivity: Double?
  /// Of the form of Sharma et al. (2019), 0 to 1; over faces that can be read.
  public var concentration: Double?
  /// The documented composite, 0 to 1.
  public var engagement: Double?
}

public struct Band: Hashable, Sendable, Codable {
  public var low: Double
  public var high: Double
}

/// One person, or one camera-off tile, followed through the recording.
public struct Participant: Equatable, Sendable, Codable {
  /// Counted from one in order of first appearance, before any decision; what decisions refer to.
  public var id: Int
  /// "Participant 7", or a name where pseudonyms are off and one is known.
  public var name: String
  /// First and last time anything of this person was on screen, in seconds.
  public var firstSeen: Double
  public var lastSeen: Double
  /// Seconds on screen at all, with the camera on, and with a face found.
  public var presentSeconds: Double
  public var cameraSeconds: Double
  public var faceSeconds: Double
  /// Medians over the samples where a face was found.
  public var attention: Double?
  public var valence: Double?
  public var expressivity: Double?
  public var engagement: Double?
  /// Median probabilities that the baseline was taken from; `nil` where there were too few.
  public var usual: [Double]?
  /// Share of the participant's faces that were uncertain.
  public var uncertain: Double?
  /// One value a window that has samples, aligned with ``Summary/windows``. Not encoded: `participants.csv`
  /// tells it.
  public var windows: [ParticipantWindow] = []
  /// How the participant was seen, sample by sample, in order. Not encoded either.
  public var presences: [PresenceStretch] = []
  /// Two dozen over the time on screen. Not encoded either.
  public var sightings: [Sighting] = []

  enum CodingKeys: String, CodingKey {
    case id, name, firstSeen, lastSeen, presentSeconds, cameraSeconds, faceSeconds, attention, valence
    case expressivity, engagement, usual, uncertain
  }
}

/// One participant over one window.
public struct ParticipantWindow: Equatable, Sendable, Codable {
  public var presence: Presence
  public var engagement: Double?
  public var attention: Double?
  /// The expression displayed clearly and most often; `nil` where none was clear.
  public var expression: Expression?
}

/// Absence of a face, of a camera and of a person are three different things.
public enum Presence: String, Hashable, Sendable, Codable, CaseIterable {
  case face
  case cameraWithoutFace
  case cameraOff
  case absent
  /// The view did not show who was there.
  case unknown

  /// With or without a camera.
  public var isOnScreen: Bool { self != .absent && self != .unknown }
}

/// A stretch over which one participant was seen alike.
public struct PresenceStretch: Equatable, Sendable {
  public var presence: Presence
  /// Seconds.
  public var start: Double
  public var end: Double
}

/// A stretch of the class that stands out.
public struct ClassEvent: Equatable, Sendable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case dip, peak, confusion
  }
  public var kind: Kind
  /// Seconds.
  public var start: Double
  public var end: Double
  /// Dips and peaks: mean of the headline index minus its median. Confusion: mean share of visible people.
  public var size: Double
  /// People who moved by the minimum effect in the event's direction, of those visible in it.
  public var carriedBy: [Int]
  public var visible: Int
  /// The part of the index that moved most.
  public var driver: Driver?
  /// Words said and written then, oldest first.
  public var quotes: [Cue]

  public enum Driver: String, Sendable, Codable { case attention, expressivity, valence }
}

public struct ViewStretch: Equatable, Sendable, Codable {
  public var view: View
  /// Seconds.
  public var start: Double
  public var end: Double
}

/// How much of the class the figures rest on.
public struct Coverage: Equatable, Sendable, Codable {
  /// Seconds from the first sample to the end of the last, lost ones among them, and the sampling interval.
  public var seconds: Double = 0
  public var interval: Double = 0
  public var samples: Int = 0
  /// Samples that could not be read: damaged or skipped.
  public var missingSamples: Int = 0
  /// Seconds left out because the view showed one speaker, a shared screen or no grid.
  public var excludedSeconds: Double = 0
  public var faces: Int = 0
  /// How many people took part, and how many of them showed a face.
  public var participants: Int = 0
  public var participantsSeen: Int = 0
  /// Share of person-seconds on screen with the camera on.
  public var cameraOn: Double?
  /// Share of camera-on person-seconds in which a face was found.
  public var faceFound: Double?
  /// Share of faces without a clear expression.
  public var uncertain: Double?
  /// Share of counted windows in which enough people could be read for a value on the curve.
  public var enoughPeople: Double?
  /// Participants whose own usual expression is known.
  public var baselines: Int = 0
  /// Share of faces whose head pose was measured.
  public var poseKnown: Double?

  /// Seconds that could not be read.
  public var missingSeconds: Double { Double(missingSamples) * interval }
  /// Seconds in which the class was looked at.
  public var countedSeconds: Double { max(0, seconds - excludedSeconds - missingSeconds) }
}
