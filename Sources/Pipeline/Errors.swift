/// What the pipeline's setting does not allow; the message gives the reason and the way out.
public struct PolicyRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// A detector or network that cannot be used; the message names the file and the remedy.
public struct ModelError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// A recording that opened and could still not be analysed.
public struct RecordingError: OutcomeError, Hashable, CustomStringConvertible {
  public let description: String
  public let outcome: Outcome

  public init(_ description: String, _ outcome: Outcome = .badRecording) {
    self.description = description
    self.outcome = outcome
  }
}
