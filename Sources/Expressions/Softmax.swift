import Foundation

/// Probabilities of logits that are divided by a temperature; they sum to one. In double precision throughout:
/// `NetworkClassifier`, whose numbers are stored, takes its differences in float32.
public func softmax(_ logits: [Double], temperature: Double = 1) -> [Double] {
  let largest = logits.max() ?? 0
  let powers = logits.map { exp(($0 - largest) / temperature) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}
