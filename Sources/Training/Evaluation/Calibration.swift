import Expressions
import Foundation
public import enum Vocabulary.Expression

/// Whether a network is right as often as it says: its answers grouped by confidence.
public struct Calibration: Hashable, Sendable {
  public struct Bin: Hashable, Sendable {
    /// Mean of the highest probabilities in the bin.
    public var confidence: Double
    public var accuracy: Double
    public var count: Int
  }

  /// Bins of equal width from 0 to 1; empty ones are left out.
  public let bins: [Bin]
  /// Expected calibration error (Naeini et al. 2015): mean distance of accuracy from confidence.
  public let error: Double

  /// - Parameters:
  ///   - logits: seven a face.
  ///   - temperature: divides the logits before softmax.
  public init(logits: [[Float]], labels: [Expression], temperature: Double = 1) {
    let binCount = 15
    var sums = Array(repeating: (confidence: 0.0, correct: 0, count: 0), count: binCount)
    for (row, label) in zip(logits, labels) {
      let probabilities = Softmax.probabilities(row, temperature: temperature)
      guard let top = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] }) else {
        continue
      }
      let bin = min(binCount - 1, Int(probabilities[top] * Double(binCount)))
      sums[bin].confidence += probabilities[top]
      sums[bin].correct += top == label.rawValue ? 1 : 0
      sums[bin].count += 1
    }
    bins = sums.filter { $0.count > 0 }.map {
      Bin(
        confidence: $0.confidence / Double($0.count), accuracy: Double($0.correct) / Double($0.count),
        count: $0.count)
    }
    let total = Double(max(1, labels.count))
    error = bins.reduce(0) { $0 + Double($1.count) / total * abs($1.accuracy - $1.confidence) }
  }

  /// The temperature with the lowest mean log loss (Guo et al. 2017), by golden section between 0.05 and 20.
  public static func temperature(logits: [[Float]], labels: [Expression]) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (log(0.05), log(20.0))
    func loss(_ logTemperature: Double) -> Double {
      zip(logits, labels).reduce(0) {
        $0 - Softmax.logProbability($1.0, of: $1.1.rawValue, temperature: exp(logTemperature))
      }
    }
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (lossLeft, lossRight) = (loss(left), loss(right))
    for _ in 0..<40 {
      if lossLeft < lossRight {
        (high, right, lossRight) = (right, left, lossLeft)
        left = high - ratio * (high - low)
        lossLeft = loss(left)
      } else {
        (low, left, lossLeft) = (left, right, lossRight)
        right = low + ratio * (high - low)
        lossRight = loss(right)
      }
    }
    return exp((low + high) / 2)
  }
}

/// From logits to probabilities.
enum Softmax {
  static func probabilities(_ logits: [Float], temperature: Double = 1) -> [Double] {
    softmax(logits.map(Double.init), temperature: temperature)
  }

  static func logProbability(_ logits: [Float], of index: Int, temperature: Double) -> Double {
    let top = Double(logits.max() ?? 0)
    let sum = logits.reduce(0.0) { $0 + exp((Double($1) - top) / temperature) }
    return (Double(logits[index]) - top) / temperature - log(sum)
  }
}
