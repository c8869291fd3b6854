public import Engagement
public import Imaging
public import Vocabulary

/// What a pipeline file says, with every default filled in.
///
/// What is measured with is kept apart from what is only summarised with: changing the latter needs no video.
public struct Definition: Equatable, Sendable {
  public var setting: Setting = .unspecified
  public var sample = Sampling()
  public var layout = Layout()
  public var detect = Detection()
  /// What is done to a registered face before the steps that the network was trained with.
  public var preprocess: [PreprocessingStep] = []
  public var classify = Classification()
  public var summarise = SummarySettings()
  public var report = Report()

  public init() {}

  /// Which instants are looked at.
  public struct Sampling: Equatable, Sendable {
    public var every = Interval.time(Timestamp(1))
    public var from = Span(.zero)
    public var to: Span?
    /// Share of the samples that may be lost to damage before the recording counts as bad.
    public var maximumLoss = 0.5
  }

  /// How the participants' tiles are found.
  public struct Layout: Equatable, Sendable {
    /// False takes every frame as one scene, for instance a filmed classroom.
    public var tiles = true
    /// Reads the name labels under the tiles; the report shows them where `summarise.pseudonyms` is false.
    public var names = false
  }

  /// Which detector runs and what counts as a face.
  public struct Detection: Equatable, Sendable {
    public var detector = Detector.own
    /// An ONNX file for `yunet`; `nil` elsewhere.
    public var model: String?
    /// Larger frames are searched at this long side, in pixels.
    public var longSide = 1280
    /// Height in pixels of the displayed frame.
    public var minimumHeight = 24
    public var minimumScore: Double?
  }

  public enum Detector: String, Sendable, CaseIterable, SettingText {
    case own, yunet, cascade
  }

  /// Which network reads expressions.
  public struct Classification: Equatable, Sendable {
    /// A bundle's name under `Pipelines/Models`, or a folder; `nil` computes no expression at all.
    public var bundle: String? = "afterclass-fer"
  }

  /// What is written.
  public struct Report: Equatable, Sendable {
    /// Leaves out `faces.csv` and everything else about single participants, and every value of fewer than
    /// `SummarySettings.smallestGroup` people.
    public var aggregateOnly = false
    /// How long a report is kept from the night that finished it; `nil` for ever.
    public var retain: Span?
  }
}

/// The distance of samples: a span of time, or every keyframe as the quick look.
public enum Interval: Hashable, Sendable, SettingText {
  case time(Timestamp)
  case keyframe

  static var expectation: String { "a time from 10ms to 1h such as 1s, or keyframe" }

  init?(settingText: String) {
    if settingText == "keyframe" {
      self = .keyframe
      return
    }
    guard let span = Span(settingText), span.time >= Timestamp(1, over: 100), span.time <= Timestamp(3600)
    else { return nil }
    self = .time(span.time)
  }

  var settingText: String {
    switch self {
    case .time(let time): Span(time).settingText
    case .keyframe: "keyframe"
    }
  }
}
