import Vocabulary

/// Sums over one participant's samples in one window.
struct PersonWindow {
  private var counts: [Presence: Int] = [:]
  private var attention = Sum()
  private var valence = Sum()
  private var expressivity = Sum()
  private var concentration = Sum()
  private var negativeRise = Sum()
  private var tops: [Expression: Int] = [:]

  private struct Sum {
    var total = 0.0
    var count = 0
    var mean: Double? { count > 0 ? total / Double(count) : nil }

    mutating func add(_ value: Double?) {
      guard let value else { return }
      total += value
      count += 1
    }
  }

  mutating func add(_ presence: Presence, _ indices: FaceIndices? = nil, top: Expression? = nil) {
    counts[presence, default: 0] += 1
    switch presence {
    case .face:
      attention.add(indices?.attention)
      valence.add(indices?.valence)
      expressivity.add(indices?.expressivity)
      concentration.add(indices?.concentration)
      negativeRise.add(indices?.negativeRise)
      if let top { tops[top, default: 0] += 1 }
    case .cameraWithoutFace: attention.add(0)
    case .cameraOff, .absent, .unknown: break
    }
  }

  /// What was seen most; the first of face, no face, camera off, absent where two are equal.
  var presence: Presence {
    Presence.allCases.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? .unknown
  }

  var hasFace: Bool { (counts[.face] ?? 0) > 0 }
  var meanAttention: Double? { attention.mean }
  var meanValence: Double? { valence.mean }
  var meanExpressivity: Double? { expressivity.mean }
  var meanConcentration: Double? { concentration.mean }
  var meanNegativeRise: Double? { negativeRise.mean }

  var expression: Expression? {
    Expression.allCases.filter { tops[$0] != nil }.max { (tops[$0] ?? 0) < (tops[$1] ?? 0) }
  }

  func engagement(_ weights: EngagementWeights) -> Double? {
    Engagement.engagement(
      attention: meanAttention, expressivity: meanExpressivity, valence: meanValence, weights: weights)
  }
}

/// The class over one window: the mean over people of their own means, so that each counts once.
///
/// - Parameter least: the fewest people that a mean may be taken over.
func classIndices(_ people: [PersonWindow], least: Int, weights: EngagementWeights) -> ClassIndices {
  func over(_ value: (PersonWindow) -> Double?) -> Double? {
    let values = people.compactMap(value)
    return values.count >= least ? mean(values) : nil
  }
  var indices = ClassIndices(people: Double(people.count))
  indices.attention = over(\.meanAttention)
  indices.valence = over(\.meanValence)
  indices.expressivity = over(\.meanExpressivity)
  indices.concentration = over(\.meanConcentration)
  indices.engagement = engagement(
    attention: indices.attention, expressivity: indices.expressivity, valence: indices.valence,
    weights: weights)
  return indices
}

/// 95 % percentile interval of the headline over people drawn again with replacement (Efron 1979).
func bootstrapBand(
  _ people: [PersonWindow], _ headline: Headline, settings: SummarySettings, salt: UInt64
) -> Band? {
  guard people.count > 1, settings.bootstrapResamples >= 20 else { return nil }
  let parts = people.map { ($0.meanAttention, $0.meanExpressivity, $0.meanValence) }
  var random = SplitMix64(seed: settings.bootstrapSeed &+ salt &* 0x9E37_79B9_7F4A_7C15)
  var values: [Double] = []
  for _ in 0..<settings.bootstrapResamples {
    var sums = (0.0, 0.0, 0.0)
    var counts = (0.0, 0.0, 0.0)
    for _ in parts {
      let (attention, expressivity, valence) = parts[random.index(below: parts.count)]
      if let attention { (sums.0, counts.0) = (sums.0 + attention, counts.0 + 1) }
      if let expressivity { (sums.1, counts.1) = (sums.1 + expressivity, counts.1 + 1) }
      if let valence { (sums.2, counts.2) = (sums.2 + valence, counts.2 + 1) }
    }
    let attention = counts.0 > 0 ? sums.0 / counts.0 : nil
    let composite = engagement(
      attention: attention, expressivity: counts.1 > 0 ? sums.1 / counts.1 : nil,
      valence: counts.2 > 0 ? sums.2 / counts.2 : nil, weights: settings.weights)
    if let value = headline == .engagement ? composite : attention { values.append(value) }
  }
  guard values.count >= 20 else { return nil }
  values.sort()
  let tail = values.count / 40
  return Band(low: values[tail], high: values[values.count - 1 - tail])
}
