/// What a recording is called in its report.
public struct Heading: Hashable, Sendable, Codable {
  public var title: String
  /// When the lecture began, as it is to be shown: ISO 8601 in the clock of the recording's machine.
  public var started: String?

  public init(title: String, started: String? = nil) {
    self.title = title
    self.started = started
  }
}
