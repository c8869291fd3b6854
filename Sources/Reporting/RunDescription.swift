/// What the report says about the run that it comes from. All of it is shown as text.
public struct RunDescription: Sendable, Equatable {
  /// Name of the recording's file, without folders.
  public var recording: String
  /// Heading of the report, where it is not the recording's name.
  public var title: String?
  /// When the lecture began, ISO 8601, where it is known.
  public var started: String?
  /// How much later than the file's clock the first picture is shown, in seconds: players count from the file's.
  public var leadIn = 0.0
  /// "Afterclass 1.0".
  public var software: String
  /// Name of the pipeline, and its settings as they are to be listed: key and value.
  public var pipeline: String
  public var settings: [Setting]
  /// The models used: name, version and what their model cards say about them.
  public var models: [Model]
  /// What was skipped and why, one sentence each.
  public var skipped: [String]

  public struct Setting: Sendable, Equatable {
    public var key: String
    public var value: String

    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  public struct Model: Sendable, Equatable {
    public var name: String
    public var card: String
    /// How often a network that reads expressions is right, 0 to 1; of several figures the least.
    public var accuracy: Double?

    public init(name: String, card: String, accuracy: Double? = nil) {
      self.name = name
      self.card = card
      self.accuracy = accuracy
    }
  }

  public init(
    recording: String, title: String? = nil, started: String? = nil, software: String = "Afterclass",
    pipeline: String = "",
    settings: [Setting] = [], models: [Model] = [], skipped: [String] = []
  ) {
    self.recording = recording
    self.title = title
    self.started = started
    self.software = software
    self.pipeline = pipeline
    self.settings = settings
    self.models = models
    self.skipped = skipped
  }
}

extension RunDescription {
  /// How often the network that read the expressions is right, 0 to 1; `nil` where nothing is known of it.
  var accuracy: Double? { models.compactMap(\.accuracy).min() }
}
