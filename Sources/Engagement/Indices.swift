import Vocabulary

/// 1 while the head faces the camera, falling to 0 as it turns away: the product over yaw and pitch.
func facingCamera(_ pose: HeadPose, _ thresholds: AttentionThresholds) -> Double {
  fade(abs(pose.yaw), full: thresholds.yawFull, none: thresholds.yawNone)
    * fade(abs(pose.pitch), full: thresholds.pitchFull, none: thresholds.pitchNone)
}

/// 1 with the eyes as open as this participant's usually are, 0 when closed.
func eyesOpen(_ openness: Double, usual: Double?, _ thresholds: AttentionThresholds) -> Double {
  guard let usual, usual > 0 else { return 1 }
  return fade(-openness / usual, full: -thresholds.eyesOpen, none: -thresholds.eyesClosed)
}

/// Happy minus the negative expressions, -1 to 1. Surprise counts neither way.
func valence(_ probabilities: [Double]) -> Double {
  probabilities[Expression.happy.rawValue] - negative(probabilities)
}

/// Probability of anger, disgust, fear and sadness together.
func negative(_ probabilities: [Double]) -> Double {
  [Expression.angry, .disgust, .fear, .sad].reduce(0) { $0 + probabilities[$1.rawValue] }
}

/// One minus neutral, 0 to 1.
func expressivity(_ probabilities: [Double]) -> Double {
  1 - probabilities[Expression.neutral.rawValue]
}

/// What differs from a participant's usual display: each expression keeps what exceeds its usual level and
/// neutral takes the rest, so that the usual face itself reads as neutral.
func relative(_ probabilities: [Double], to usual: [Double]?) -> [Double] {
  guard let usual else { return probabilities }
  let neutral = Expression.neutral.rawValue
  var relative = zip(probabilities, usual).map { max(0, $0 - $1) }
  relative[neutral] = 0
  relative[neutral] = max(0, 1 - relative.reduce(0, +))
  return relative
}

/// A concentration index of the form of Sharma et al. (2019, arXiv:1909.12913), 0 to 1: a weight of the first expression
/// times the attention, over the largest that it can be. Theirs takes a weight of the gaze, 0 to 5, where this
/// takes the attention proxy. The weights are those that several public programs after the paper agree on; its own text
/// was not at hand.
func concentration(_ top: Expression, attention: Double) -> Double {
  let weight =
    switch top {
    case .neutral: 0.9
    case .happy, .surprise: 0.6
    case .sad, .fear: 0.3
    case .angry: 0.25
    case .disgust: 0.2
    }
  return weight * attention / 0.9
}

/// The composite: weighted mean of attention, expressivity and valence (moved to 0 to 1).
public func engagement(
  attention: Double?, expressivity: Double?, valence: Double?, weights: EngagementWeights
) -> Double? {
  guard let attention, let expressivity, let valence else { return nil }
  let total = weights.attention + weights.expressivity + weights.valence
  guard total > 0 else { return nil }
  return
    (weights.attention * attention + weights.expressivity * expressivity
    + weights.valence * (valence + 1) / 2) / total
}

extension ExpressionProbabilities {
  var doubles: [Double] { values.map(Double.init) }
}
