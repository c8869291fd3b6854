import Vocabulary

/// What is usual for each participant: medians over the whole recording.
struct Usual {
  /// Median probability of each expression; absent where there were fewer than ``needed`` readable faces.
  private(set) var probabilities: [Int: [Double]] = [:]
  private(set) var eyes: [Int: Double] = [:]

  /// Fewest readable faces that a baseline is taken from.
  static let needed = 60

  init(_ readings: [Reading], baseline: Baseline) {
    var byParticipant: [Int: [Int]] = [:]
    for (index, reading) in readings.enumerated() {
      if let participant = reading.participant { byParticipant[participant, default: []].append(index) }
    }
    for (participant, indices) in byParticipant {
      let openness = indices.compactMap { readings[$0].eyes }
      if openness.count >= Self.needed / 3 { eyes[participant] = median(openness) }
      guard baseline == .own else { continue }
      let readable = indices.filter { !readings[$0].unreadable }
        .compactMap { readings[$0].probabilities }
      guard readable.count >= Self.needed else { continue }
      probabilities[participant] = Expression.allCases.map { expression in
        median(readable.map { Double($0[expression]) }) ?? 0
      }
    }
  }
}

/// The indices of one face, after comparing it with its participant's usual one.
struct FaceIndices {
  var attention: Double
  var valence: Double?
  var expressivity: Double?
  /// Of the first expression as measured.
  var concentration: Double?
  /// How far the negative expressions rise above their usual level; negative where they fall.
  var negativeRise: Double?

  init(_ reading: Reading, usual: Usual, settings: SummarySettings) {
    let participant = reading.participant ?? -1
    let open = reading.eyes.map { eyesOpen($0, usual: usual.eyes[participant], settings.attention) }
    attention = (reading.facing ?? 1) * (open ?? 1)
    guard let probabilities = reading.probabilities?.doubles, !reading.unreadable else { return }
    let known = usual.probabilities[participant]
    let shown = relative(probabilities, to: known)
    valence = Engagement.valence(shown)
    expressivity = Engagement.expressivity(shown)
    concentration = reading.probabilities.map { Engagement.concentration($0.top, attention: attention) }
    negativeRise = negative(probabilities) - (known.map(negative) ?? 0)
  }
}
