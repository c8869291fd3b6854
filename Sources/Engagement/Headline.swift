/// What curve, events and page follow. One for a whole report: attention lies far above the composite, so that a change
/// from one to the other would pass for a change of the class.
public enum Headline: Sendable {
  /// The composite, where most windows that have a value have it.
  case engagement
  /// Where expressions could be read in few windows or in none.
  case attention

  init(_ windows: [ClassValue]) {
    let values = windows.compactMap(\.indices)
    let engaged = values.count { $0.engagement != nil }
    self = engaged > 0 && 2 * engaged >= values.count { $0.attention != nil } ? .engagement : .attention
  }

  /// 0 to 1; `nil` where it was not measured.
  public func of(_ value: ClassValue) -> Double? {
    switch self {
    case .engagement: value.indices?.engagement
    case .attention: value.indices?.attention
    }
  }

  /// Of a participant whose face was seen; `nil` where it was not, or could not be read.
  public func of(_ window: ParticipantWindow) -> Double? {
    guard window.presence == .face else { return nil }
    return self == .engagement ? window.engagement : window.attention
  }

  func of(_ person: PersonWindow, _ weights: EngagementWeights) -> Double? {
    self == .engagement ? person.engagement(weights) : person.meanAttention
  }
}

extension Summary {
  /// What curve, events and page follow.
  public var headline: Headline { Headline(windows) }

  /// The class curve: one value a window, `nil` where too few people could be read.
  public var curve: [Double?] { windows.map(headline.of) }
}
