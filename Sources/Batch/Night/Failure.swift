/// Why a recording has no report, and when it is worth another try.
public struct Failure: Hashable, Sendable, Codable {
  public enum Kind: String, Sendable, Codable {
    /// The surroundings failed: full disk, file vanished, network mount away. Tried again.
    case transient
    /// The analysis crashed, once: memory or a disk may have been at fault. Tried once more; a second crash is permanent.
    case crash
    /// The recording itself cannot be analysed. Not tried again until it, the pipeline or the program changes.
    case permanent
  }

  public var kind: Kind
  /// One line: file, place, remedy.
  public var reason: String
  /// How often in a row it failed.
  public var attempts: Int
  /// Seconds since 1970 of the last try.
  public var lastTry: Int64

  public init(kind: Kind, reason: String, attempts: Int, lastTry: Int64) {
    self.kind = kind
    self.reason = reason
    self.attempts = attempts
    self.lastTry = lastTry
  }

  /// Doubles from a quarter of an hour to a day.
  public var distance: Int64 {
    let quarter: Int64 = 15 * 60
    return min(86_400, quarter << Int64(min(max(attempts, 1) - 1, 10)))
  }

  /// Whether another try is due. A clock that was set back makes it due rather than never.
  public func isDue(at now: Int64) -> Bool {
    switch kind {
    case .permanent: false
    case .transient, .crash: now < lastTry || now >= lastTry + distance
    }
  }
}
